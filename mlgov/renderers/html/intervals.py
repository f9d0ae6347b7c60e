"""Values with their intervals on one axis, and the lines that they are held against."""

from collections.abc import Iterator

from mlgov.figure import Intervals, Line, Row
from mlgov.renderers.html.axis import Axis, around, told
from mlgov.renderers.html.drawing import LEFT, RIGHT, WIDE, box, dot, fitted, rule, svg, words

_NAMES, _NUMBERS, _ROW = 176, 150, 34  # room for names at the left, for numbers at the right; height of a row


def draw(figure: Intervals) -> str:
    """The figure as SVG; "" where no row has a number."""
    known = [n for row in figure.rows for n in row[1:] if n is not None]
    if not known:
        return ""
    axis = around([*known, *(line.value for line in figure.lines)], LEFT + _NAMES, WIDE - RIGHT - _NUMBERS)
    top = 34 + 15 * max(0, len(figure.lines) - 1)
    bottom = top + _ROW * len(figure.rows)
    parts = [words(LEFT, 16, figure.quantity, "name")]
    parts += [_forbidden(line, axis, top, bottom) for line in figure.lines if line.side]
    for tick in axis.ticks():
        parts.append(rule(axis.at(tick), top, axis.at(tick), bottom, "grid"))
        parts.append(words(axis.at(tick), bottom + 16, told(tick), "tick", "middle"))
    for number, line in enumerate(figure.lines):
        parts += _across(line, axis, top - 5 - 15 * number, bottom)
    for number, row in enumerate(figure.rows):
        parts += _row(row, axis, top + _ROW * (number + 0.5))
    return svg(bottom + 24, figure.quantity, _told(figure), parts)


def _forbidden(line: Line, axis: Axis, top: float, bottom: float) -> str:
    """The side of a bound on which no value should lie."""
    at = axis.at(line.value)
    start, end = (axis.start, at) if line.side == "min" else (at, axis.end)
    return box(start, top, end - start, bottom - top, "bad")


def _across(line: Line, axis: Axis, above: float, bottom: float) -> Iterator[str]:
    x = axis.at(line.value)
    yield rule(x, above + 3, x, bottom, "limit")
    middle = (axis.start + axis.end) / 2
    label = f"{line.label} = {told(line.value)}" if told(line.value) not in line.label else line.label
    yield words(x + (4 if x < middle else -4), above, label, "limit", "start" if x < middle else "end")


def _row(row: Row, axis: Axis, y: float) -> Iterator[str]:
    yield words(LEFT, y + 4, fitted(row.label, _NAMES - 10), "label")
    if row.low is not None and row.high is not None:
        low, high = axis.at(row.low), axis.at(row.high)
        yield rule(low, y, high, y, "whisker")
        yield rule(low, y - 5, low, y + 5, "whisker")
        yield rule(high, y - 5, high, y + 5, "whisker")
    elif (end := row.low if row.low is not None else row.high) is not None:
        yield rule(axis.at(end), y - 5, axis.at(end), y + 5, "whisker")
    if row.value is not None:
        yield dot(axis.at(row.value), y, "value")
    yield words(WIDE - RIGHT, y + 4, _numbers(row), "label number", "end")


def _numbers(row: Row) -> str:
    value = "" if row.value is None else told(row.value)
    if row.low is None and row.high is None:
        return value
    ends = " – ".join(told(end) for end in (row.low, row.high) if end is not None)
    return f"{value} ({ends})" if value else ends


def _told(figure: Intervals) -> str:
    rows = [f"{row.label}: {_numbers(row)}" for row in figure.rows]
    return "; ".join([*rows, *(f"{line.label}: {told(line.value)}" for line in figure.lines)])
