"""Numbers behind a finding, stated so that an output can draw them: values against limits, and curves."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, NamedTuple

Given = float | int | str


class Row(NamedTuple):
    """One row: a value and the interval around it, as far as they are known."""

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


class Line(NamedTuple):
    """A line that values are held against. side: `min` or `max`, as in a bound; "" allows both sides."""

    label: str
    value: float
    side: str = ""


class Intervals(NamedTuple):
    """Values with their intervals on one axis. quantity: what the axis counts, with its unit."""

    quantity: str
    rows: tuple[Row, ...]
    lines: tuple[Line, ...] = ()


class Point(NamedTuple):
    """A point of a curve by its x."""

    label: str
    x: float


class Curve(NamedTuple):
    """What a function of `mlgov.statistics` says while one thing grows.

    quantity, over: what the axes count. given: arguments that stay; varied: counts that grow, each with the factor by
    which x is multiplied. lines: lines across, which the quantity is held against.
    """

    quantity: str
    over: str
    function: str
    given: tuple[tuple[str, Given], ...]
    varied: tuple[tuple[str, float], ...]
    points: tuple[Point, ...] = ()
    lines: tuple[Line, ...] = ()


Figure = Intervals | Curve


def is_sound(figure: Figure) -> bool:
    """True if every number of a figure is finite and there is something to draw."""
    drawn = figure.rows if isinstance(figure, Intervals) else figure.varied
    return bool(drawn) and all(isfinite(number) for number in _numbers(figure))


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, tuple):
        for part in value:
            yield from _numbers(part)
    elif isinstance(value, (int, float)):
        yield float(value)


def to_data(figure: Figure) -> dict[str, Any]:
    """A figure as plain data, with its `kind`."""
    lines = [line._asdict() for line in figure.lines]
    if isinstance(figure, Intervals):
        rows = [row._asdict() for row in figure.rows]
        return {"kind": "intervals", "quantity": figure.quantity, "rows": rows, "lines": lines}
    return (
        {"kind": "curve"}
        | figure._asdict()
        | {
            "given": dict(figure.given),
            "varied": dict(figure.varied),
            "points": [point._asdict() for point in figure.points],
            "lines": lines,
        }
    )


def from_data(data: Mapping[str, Any]) -> Figure:
    """The figure that `to_data` made; raises `KeyError` or `TypeError` for anything else."""
    lines = tuple(Line(**line) for line in data["lines"])
    if data["kind"] == "intervals":
        return Intervals(data["quantity"], tuple(Row(**row) for row in data["rows"]), lines)
    given, varied = tuple(data["given"].items()), tuple(data["varied"].items())
    points = tuple(Point(**point) for point in data["points"])
    return Curve(data["quantity"], data["over"], data["function"], given, varied, points, lines)
