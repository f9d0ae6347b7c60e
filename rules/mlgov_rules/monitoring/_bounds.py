"""The bounds that metrics have to hold in production, and whether an alert fires before one of them is broken."""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import (
    Alert,
    Bound,
    Level,
    Origin,
    Project,
    alert_level,
    alert_percentile,
    alert_side,
    asks_for,
    level,
    named_metrics,
    same_percentile,
)
from mlgov_rules.monitoring._kinds import counts_here


class Held(NamedTuple):
    """One side of a bound. words: whose bound it is; signal: id of the signal whose range it is."""

    metric: str
    side: str
    level: Level
    percentile: str | None
    words: str
    text: str
    place: Origin
    signal: str | None = None


def held(project: Project) -> Iterator[Held]:
    """Service levels, acceptable bounds and ranges of signals, one for each side."""
    for slo in project.serving.slos:
        if slo.metric and counts_here(slo.environment):
            words = f"service level {slo.id or slo.metric}"
            yield from _sides(slo, slo.metric, slo.percentile, words, slo.at(), project)
    for metric in project.metrics:
        if metric.id and metric.acceptable:
            words = f"the acceptable bound of {metric.id}"
            yield from _sides(metric.acceptable, metric.id, None, words, metric.at("acceptable"), project)
    for signal in project.monitoring.signals:
        if signal.range and counts_here(signal.environment):
            words, place = f"the range of signal {signal.id}", signal.at("range")
            yield from _sides(signal.range, signal.metric, None, words, place, project, signal.id)


def _sides(
    bound: Bound,
    name: str | None,
    percentile: str | None,
    words: str,
    place: Origin,
    project: Project,
    signal: str | None = None,
) -> Iterator[Held]:
    metric = project.metric(name)
    unit = metric.unit if metric else None
    key = project.metric_id(name) or f"signal {signal}"
    for side in ("min", "max"):
        number = getattr(bound, side)
        if number is not None:
            bare = f" {unit}" if unit and unit != "fraction" and not number.unit else ""
            of = percentile or (metric.percentile if metric else None)
            yield Held(key, side, level(number, unit), of, words, f"{bound.literal(side)}{bare}", place, signal)


def verdict(alert: Alert, bound: Held, project: Project) -> str:
    """`covers`, `laxer`, `other` (on the metric, not on this bound), `unknown …`, or "" (about something else)."""
    if not (how := _relation(alert, bound, project)) or not counts_here(alert.environment):
        return ""
    unit = project.unit(bound.metric)
    fires = alert_level(alert, unit)
    if fires is None:
        return f"unknown level of alert {alert.name}"
    if alert_side(alert) != bound.side:
        return "other"
    if how == "series" and not (fires.base and fires.base == bound.level.base):
        return f"unknown measure of alert {alert.name}"
    same = same_percentile(alert_percentile(alert, bound.metric), bound.percentile)
    if same is not True:
        return "other" if same is False else f"unknown percentile of alert {alert.name}"
    if not fires.is_comparable_with(bound.level):
        return f"unknown unit of alert {alert.name}"
    return "laxer" if fires.is_laxer_than(bound.level, bound.side) else "covers"


def _relation(alert: Alert, bound: Held, project: Project) -> str:
    """How an alert is known to be about the metric of a bound: by `name`, by `series`, or "" not at all."""
    if bound.metric in named_metrics(alert, project) or bound.signal and alert.signal == bound.signal:
        return "name"
    metric = project.metric(bound.metric)
    return "series" if metric and not alert.metric and asks_for(alert, metric) else ""
