"""A function of `mlgov.statistics` drawn over a count, with the points and lines that a finding speaks about."""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mlgov import statistics
from mlgov.figure import Curve, Line, Point
from mlgov.renderers.html.axis import Axis, around, told
from mlgov.renderers.html.drawing import LEFT, RIGHT, WIDE, box, dot, rule, svg, words

_SAMPLES = 64
_TOP, _BOTTOM, _HIGH = 34, 206, 246
_FAR = 30  # points further apart than this ratio need an axis of equal ratios


class Drawn(NamedTuple):
    """The axes, and the curve between them."""

    x: Axis
    y: Axis
    samples: list[tuple[float, float]]


def draw(figure: Curve) -> str:
    """The figure as SVG; "" where the function is not known or has no value here."""
    curve = _function(figure)
    points = [(point, value) for point in figure.points if (value := curve(point.x)) is not None]
    drawn = _drawn(figure, curve, [value for _, value in points])
    if drawn is None:
        return ""
    x, y, samples = drawn
    parts = [words(LEFT, 16, figure.quantity, "name"), words(x.end, _HIGH - 4, figure.over, "tick", "end")]
    parts += [_forbidden(line, drawn) for line in figure.lines if line.side]
    for tick in y.ticks(4):
        parts.append(rule(x.start, y.at(tick), x.end, y.at(tick), "grid"))
        parts.append(words(x.start - 6, y.at(tick) + 4, told(tick), "tick", "end"))
    parts += [words(x.at(tick), _BOTTOM + 16, told(tick), "tick", "middle") for tick in x.ticks(7)]
    path = "L".join(f"{x.at(a):g} {y.at(b):g}" for a, b in samples)
    parts.append(f'<path class="curve" d="M{path}"/>')
    for line in figure.lines:
        parts += _across(line, drawn)
    for number, (point, value) in enumerate(points):
        parts += _point(point, value, drawn, number)
    return svg(_HIGH, f"{figure.quantity} over {figure.over}", _told(figure, points), parts)


def _function(figure: Curve) -> Callable[[float], float | None]:
    """The curve as a function of x; None where the statistics refuse the arguments."""
    asked = getattr(statistics, figure.function) if figure.function in statistics.__all__ else None

    def value(x: float) -> float | None:
        sizes = {name: max(1, round(x * factor)) for name, factor in figure.varied}
        try:
            found = asked(**dict(figure.given), **sizes) if asked else None
            number = float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
        except (ValueError, TypeError, ArithmeticError, IndexError):
            return None
        return number if math.isfinite(number) else None

    return value


def _drawn(figure: Curve, curve: Callable[[float], float | None], marked: list[float]) -> Drawn | None:
    wanted = [point.x for point in figure.points if point.x > 0] or [1.0]
    low, high = min(wanted), max(wanted)
    is_log = high > _FAR * low
    least, most = (low / 4, high * 4) if is_log else (0.0, max(high * 1.35, 10.0))
    x = Axis(max(1.0, least) if is_log else least, most, LEFT + 58, WIDE - RIGHT - 8, is_log)
    steps = [_between(x, step / _SAMPLES) for step in range(_SAMPLES + 1)]
    samples = [(float(at), value) for at in dict.fromkeys(steps) if at >= 1 and (value := curve(at)) is not None]
    if not samples:
        return None
    held = [line.value for line in figure.lines] + marked
    top = max(held, default=0.0) * 1.6 or max(value for _, value in samples)
    if max(value for _, value in samples) <= 1 and top > 0.5:
        top = 1.0  # a probability
    y = around([0.0, top], _BOTTOM, _TOP)._replace(low=0.0, high=top)
    return Drawn(x, y, [(at, value) for at, value in samples if value <= top] or samples)


def _between(x: Axis, share: float) -> int:
    """A whole number at a share of the way along the axis."""
    return round(x.low * (x.high / x.low) ** share if x.is_log else x.low + share * (x.high - x.low))


def _forbidden(line: Line, drawn: Drawn) -> str:
    x, y, _ = drawn
    at = y.at(line.value)
    top, bottom = (at, _BOTTOM) if line.side == "min" else (_TOP, at)
    return box(x.start, top, x.end - x.start, bottom - top, "bad")


def _across(line: Line, drawn: Drawn) -> Iterator[str]:
    x, y, samples = drawn
    at, (first, last) = y.at(line.value), (y.at(samples[0][1]), y.at(samples[-1][1]))
    yield rule(x.start, at, x.end, at, "limit")
    # its name stands at the end from which the curve is further away
    left, anchor = (x.start + 6, "start") if abs(first - at) > abs(last - at) else (x.end - 4, "end")
    yield words(left, at - 5, f"{line.label} {told(line.value)}", "limit", anchor)


def _point(point: Point, value: float, drawn: Drawn, number: int) -> Iterator[str]:
    x, y, samples = drawn
    left, up = x.at(point.x), y.at(value)
    yield rule(left, up, left, _BOTTOM, "drop")
    yield dot(left, up, "value" if number == 0 else "value other")
    before = left > (x.start + x.end) / 2
    rises = samples[-1][1] >= samples[0][1]
    below = up < _TOP + 20 or (before != rises and up < _BOTTOM - 24)  # on the side to which the curve does not go
    label = f"{point.label}: {told(point.x)} → {told(value)}"
    yield words(left + (-9 if before else 9), up + (18 if below else -9), label, "label", "end" if before else "start")


def _told(figure: Curve, points: list[tuple[Point, float]]) -> str:
    marks = [f"{point.label} {told(point.x)}: {told(value)}" for point, value in points]
    return "; ".join([*marks, *(f"{line.label}: {told(line.value)}" for line in figure.lines)])
