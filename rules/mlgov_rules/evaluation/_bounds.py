"""The bounds that a result is judged by: of its metric, and of release criteria."""

from typing import NamedTuple

from mlgov.rulekit import AcceptanceCriterion, Bound, MetricResult, Origin, Project, Quantity, in_base, limit_of
from mlgov_rules.evaluation._baselines import counterpart, direction
from mlgov_rules.evaluation._counts import known_metric
from mlgov_rules.evaluation._documents import file_of, same_model


class Broken(NamedTuple):
    """A bound that a value does not reach: `min 0.90`, and where it stands; bound: None of an improvement."""

    words: str
    origin: Origin
    bound: Bound | None = None


Judged = Broken | str | None  # the bound that is broken, or why that cannot be said


def criteria(result: MetricResult, project: Project) -> list[AcceptanceCriterion]:
    """The release criteria about the metric and slice of a result."""
    alike = project.comparer.named_alike
    every: list[AcceptanceCriterion] = project.evaluation.acceptance
    about = [c for c in every if alike(c.metric, result.metric) and c.slice == result.slice]
    return [c for c in about if c.is_own or same_model(c.at().file, file_of(result), project)]


def unclear(result: MetricResult, bound: Bound, project: Project) -> bool:
    """True if value and bound may be in different units: a percent beside a fraction, `200ms` beside a bare 180."""
    metric, known, value = project.metric(result.metric), known_metric(result, project), result.value
    unit = metric.unit if metric else None
    for end in (bound.min, bound.max):
        if end is None or value is None or _same_scale(value, end, bool(known and known.high == 1), unit):
            continue
        if not unit or known and known.high == 1:
            return True
    return False


def _same_scale(value: Quantity, end: Quantity, share: bool, unit: str | None) -> bool:
    if share:
        return _like_percents(value, unit) == _like_percents(end, unit)
    if value.unit == end.unit:
        return True
    return {value.unit, end.unit} == {"", "fraction"} and max(abs(value), abs(end)) <= 1.5


def _like_percents(number: Quantity, unit: str | None) -> bool:
    """True if a bare number looks like one of 0 to 100; a number with its own unit is as clear as the metric's unit."""
    return unit in ("percent", "%") if number.unit else abs(number) > 1.5


def broken(value: float, bound: Bound, result: MetricResult, project: Project) -> Broken | None:
    """The side of a bound that a value in base units does not reach."""
    metric = project.metric(result.metric)
    limit = limit_of(bound, metric.unit if metric else None)
    if limit.allows(value):
        return None
    side = "max" if limit.low is None or limit._replace(high=None).allows(value) else "min"
    return Broken(f"{side} {bound.literal(side)}", bound.at(side), bound)


def against(criterion: AcceptanceCriterion, result: MetricResult, project: Project) -> Judged:
    """A criterion that asks for an improvement over a baseline."""
    baseline = next((b for b in project.baselines if criterion.against and b.id == criterion.against), None)
    if baseline is None:
        return None
    theirs, sign = counterpart(result, baseline, project), direction(result, project)
    if isinstance(theirs, str) or sign is None:
        return f"no comparable result of {baseline.id} ({theirs})" if isinstance(theirs, str) else "unknown direction"
    gain = (project.comparer.value(result) - project.comparer.value(theirs)) * sign
    metric, wanted = project.metric(result.metric), criterion.min_improvement
    least = 0.0 if wanted is None else in_base(wanted, metric.unit if metric else None)
    if gain >= least - 1e-9 * max(1.0, abs(least)):
        return None
    words = (
        f"improvement of {criterion.literal('min_improvement') or 0} over {theirs.literal('value')} of {baseline.id}"
    )
    return Broken(words, criterion.at("min_improvement" if wanted is not None else "against"))
