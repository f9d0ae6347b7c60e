"""Which metric an alert watches, and which series stand for a metric."""

import re

from mlgov.rulekit import Alert, Metric, Project, Record, Signal, metric_name

_SUFFIX = re.compile(r"_(bucket|sum|count|total)$")


def metric_id(name: str | None, project: Project) -> str:
    """The id of a metric, else its normalised name; "" for no name."""
    metric = project.metric(name)
    return (metric.id if metric else None) or (metric_name(name).base if name else "")


def watched(alert: Alert, project: Project) -> set[str]:
    """The metrics that an alert is known to watch: by name, by its signal, by its series."""
    names = [alert.metric] if alert.metric else []
    names += [s.metric for s in project.monitoring.signals if alert.signal and _is_named(s, alert.signal) and s.metric]
    found = {metric_id(name, project) for name in names}
    series = {plain_series(s) for s in alert.series}
    return found | {m.id for m in project.metrics if m.id and series & series_of(m)}


def _is_named(signal: Signal, name: str) -> bool:
    return signal.id == name


def series_of(metric: Metric) -> set[str]:
    """The series of a metric without the suffixes that Prometheus adds."""
    return {plain_series(series) for series in metric.series}


def plain_series(series: str) -> str:
    """A series without `_bucket`, `_sum`, `_count`, `_total`."""
    return _SUFFIX.sub("", series)


def may_watch(alert: Alert, wanted: str, project: Project) -> bool:
    """True if nothing tells what an alert watches, and nothing tells which series the wanted metric has."""
    if watched(alert, project) or not (alert.series or alert.expr):
        return False
    metric = project.metric(wanted)
    return metric is None or not metric.series


def percentile_of(alert: Alert, wanted: str) -> str:
    """`same`, `different` or `unknown`: whether an alert watches the percentile that a metric is about."""
    stated = metric_name(wanted).percentile
    if alert.percentile and stated:
        return "same" if _rank(alert.percentile) == _rank(stated) else "different"
    is_named = bool(alert.metric or alert.signal) and not alert.percentile
    return "same" if is_named or not alert.percentile and not stated else "unknown"


def _rank(percentile: str) -> str:
    """`p95`, `95%` and `0.95` are one percentile."""
    digits = percentile.lower().strip().lstrip("p").removesuffix("%")
    try:
        rank = float(digits)
    except ValueError:
        return digits
    return f"{rank * 100 if rank < 1 else rank:g}"


def is_other_environment(one: Record, other: Record) -> bool:
    """True if two records are about two environments; those never contradict each other."""
    return bool(one.environment and other.environment and one.environment != other.environment)
