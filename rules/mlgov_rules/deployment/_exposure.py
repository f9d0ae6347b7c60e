"""How many requests the canary stages of a ramp see, and which change of a rate a rollback trigger is for."""

from typing import NamedTuple

from mlgov.rulekit import Bound, MetricResult, Origin, Project, Quantity, Stage, TrafficStep, Trigger, interval, level
from mlgov_rules.deployment._ramps import Ramp, share, weights

_PRESENT = ("current_system", "previous_model", None)


class Exposure(NamedTuple):
    """requests: of all canary stages, None where traffic or time are not known. words: how they come about."""

    requests: int | None
    words: str
    origin: Origin


class Shift(NamedTuple):
    """A rate before, and the rate that must be noticed; as if lower were better."""

    metric: str
    before: float
    after: float
    origin: Origin


def exposure_of(ramp: Ramp, project: Project) -> Exposure | None:
    """The requests of the canary stages; None where a ramp has none."""
    stages = [s for s in ramp.stages if s.kind in ("canary", None) and any(0 < w < 1 for w, _ in weights(s))]
    if not stages:
        return None
    scale = project.problem.scale
    daily = _most(scale.daily_units) if scale and scale.daily_units is not None else None
    parts = [_parts(stage) for stage in stages]
    known = [part for found in parts if found for part in found]
    words = " + ".join(f"{share(weight)} x {days * 24:.4g} h" for weight, days in known)
    if daily is None or None in parts:
        return Exposure(None, words, stages[0].at())
    return Exposure(int(sum(weight * days for weight, days in known) * daily), words, stages[0].at())


def _most(number: Quantity) -> float:
    claimed = interval(number) if number.approximate else None
    return claimed[1] if claimed else float(number)


def _parts(stage: Stage) -> list[tuple[float, float]] | None:
    """Shares of traffic with the days that they are held; None where one is not known or a person decides."""
    if stage.pause == "manual":
        return None
    steps = [s for s in stage.steps if s.traffic is not None]
    held: list[TrafficStep | Stage] = [*steps] or [stage]
    if any(part.duration is None for part in held):
        return None
    return [(float(part.traffic or 0), float(part.duration or 0) / 86400) for part in held]


def shift_of(trigger: Trigger, project: Project) -> Shift | str:
    """The rate before and the rate that the trigger must notice, or why they are not known."""
    metric = project.metric(trigger.metric)
    side, bound = _bound(trigger, project)
    before = _measured(trigger, project)
    if metric is None or bound is None or before is None:
        return "unknown metric" if metric is None else "unknown bound" if bound is None else "unknown rate before"
    start, limit = level(before.value or 0, metric.unit), level(getattr(bound, side), metric.unit)
    rates = (start.value, limit.value)
    if trigger.effect is not None:
        effect = abs(level(trigger.effect, metric.unit).value)
        rates = (start.value, start.value + (effect if side == "max" else -effect))
    if not start.is_comparable_with(limit) or not {start.base, limit.base} <= {"fraction", ""}:
        return "the trigger is no rate"
    first, second = rates if side == "max" else (1 - rates[0], 1 - rates[1])
    if not 0 < first < second < 1 or second - first < 1e-9:
        return "the rate before does not lie on the good side of the trigger"
    return Shift(str(metric.id), first, second, before.at("value"))


def _bound(trigger: Trigger, project: Project) -> tuple[str, Bound | None]:
    """The bound of the trigger, else the allowed range of the signal on its metric."""
    ranges = [s.range for s in project.monitoring.signals if s.range and s.metric and s.metric == trigger.metric]
    for bound in (trigger, *ranges):
        if (bound.min is None) != (bound.max is None):
            return ("max" if bound.min is None else "min"), bound
    return "max", None


def _measured(trigger: Trigger, project: Project) -> MetricResult | None:
    """The online value of the present system."""
    wanted = project.metric(trigger.metric)
    for baseline in (b for b in project.baselines if b.kind in _PRESENT):
        for result in baseline.results:
            online = (project.comparer.key(result).split or "online") == "online"
            if (
                wanted
                and project.metric(result.metric) is wanted
                and online
                and result.value is not None
                and not result.slice
            ):
                return result  # type: ignore[no-any-return]
    return None
