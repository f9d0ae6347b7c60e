"""Measured values as they are drawn: each with the interval that is known of it, against what it is held to."""

from mlgov.rulekit import Bound, Intervals, Line, MetricResult, Project, Row, limit_of
from mlgov_rules.evaluation._counts import interval_of
from mlgov_rules.evaluation._documents import label


def row_of(result: MetricResult, project: Project, name: str = "") -> Row:
    """A result in base units with its interval: the stated one, else the one that its counts allow."""
    low, high = interval_of(result, project) or (None, None)
    return Row(name or label(result), project.comparer.value(result), low, high)


def lines_of(bound: Bound, unit: str | None, name: str = "") -> tuple[Line, ...]:
    """The sides of a bound in base units."""
    limit = limit_of(bound, unit)
    sides = (("min", limit.low), ("max", limit.high))
    return tuple(Line(f"{name} {side} {bound.literal(side)}".strip(), at, side) for side, at in sides if at is not None)


def against_bounds(result: MetricResult, bounds: list[Bound], project: Project) -> Intervals:
    """A result beside the bounds that it is held to."""
    unit = project.unit(result.metric)
    lines = tuple(dict.fromkeys(line for bound in bounds for line in lines_of(bound, unit)))
    return Intervals(label(result), (row_of(result, project),), lines)


def side_by_side(result: MetricResult, theirs: MetricResult, name: str, project: Project) -> Intervals:
    """A result and that of a baseline; each interval is of that result alone."""
    rows = (row_of(result, project, "this model"), row_of(theirs, project, name))
    return Intervals(f"{label(result)}, 95% interval of each alone", rows)
