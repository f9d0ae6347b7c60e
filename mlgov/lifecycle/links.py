"""Which records of a project hang together, and where a link is missing; the trace and the rules ask here alike."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mlgov.lifecycle.goals import stands_for
from mlgov.lifecycle.level import level, same_percentile
from mlgov.lifecycle.metric_name import metric_name
from mlgov.lifecycle.watching import alert_level, alert_percentile, alert_side, asks_for, named_metrics, plain_series

if TYPE_CHECKING:
    from mlgov.lifecycle.metrics import Metric
    from mlgov.lifecycle.monitoring import Alert
    from mlgov.lifecycle.problem import Requirement
    from mlgov.lifecycle.project import Project
    from mlgov.lifecycle.rollout import Trigger


def requirement_lack(requirement: "Requirement") -> str:
    """What keeps a requirement from being verified by a number, a test or a review; "" if nothing does."""
    if requirement.priority == "wont" or requirement.verification in ("test", "review"):
        return ""
    acceptance = requirement.acceptance
    if acceptance is None:
        if requirement.has("acceptance"):  # excused
            return ""
        by_metric = requirement.verification == "metric"
        return (
            "is verified by a metric that it does not name" if by_metric else "has no metric or test that verifies it"
        )
    if not acceptance.metric:
        return "has an acceptance bound without a metric"
    if acceptance.min is None and acceptance.max is None:
        return f"names the metric {acceptance.metric} without a bound"
    return ""


def is_decisive(metric: "Metric", fairness: bool = False) -> bool:
    """True for a metric that decides a launch, so that it has to be seen after it."""
    return metric.role in ("primary", "guardrail") or fairness and metric.kind == "fairness"


def is_unwatched(metric: "Metric", project: "Project", fairness: bool = False) -> bool:
    """True if neither the metric nor what it stands for is watched; of a chain of proxies only the end counts."""
    if not metric.id or not is_decisive(metric, fairness):
        return False
    chain = stands_for(metric, project)
    return not any(is_watched(m, project) for m in chain) and not any(is_decisive(m, fairness) for m in chain[1:])


def is_watched(metric: "Metric", project: "Project") -> bool:
    """True if a signal or an alert shows the metric, one of its series, or a proxy of it."""
    signals, alerts = project.monitoring.signals, project.monitoring.alerts
    ids = [name for s in signals for name in (s.metric, s.proxy_for) if name]
    if metric.id in {project.metric_id(name) for name in ids}:
        return True
    series = {plain_series(name) for name in metric.series}
    if any(s.series and plain_series(s.series) in series for s in signals):
        return True
    if any(m.proxy_for and project.metric(m.proxy_for) is metric and _has_signal(m, project) for m in project.metrics):
        return True
    return any(metric.id in named_metrics(a, project) or asks_for(a, metric) for a in alerts)


def _has_signal(metric: "Metric", project: "Project") -> bool:
    return any(project.metric_id(s.metric) == metric.id for s in project.monitoring.signals if s.metric)


def trigger_side(trigger: "Trigger") -> str:
    """`max` where a trigger fires above its bound, `min` where it fires below."""
    return "min" if trigger.max is None else "max"


def trigger_answers(trigger: "Trigger", alerts: "Iterable[Alert]", project: "Project") -> "Iterator[tuple[Alert, str]]":
    """What each alert is beside a trigger: `early` or `late`; `other` for another metric or side; else `unclear`."""
    return ((alert, _answer(alert, trigger, project)) for alert in alerts)


def _answer(alert: "Alert", trigger: "Trigger", project: "Project") -> str:
    metric, named = project.metric(trigger.metric), named_metrics(alert, project)
    is_named, is_asked = project.metric_id(trigger.metric) in named, metric is not None and asks_for(alert, metric)
    is_about = is_named or is_asked
    if not is_about and (named or _watches_data(alert, project) or metric and metric.series and alert.series):
        return "other"
    fires = alert_level(alert, project.unit(trigger.metric))
    bound = level(getattr(trigger, trigger_side(trigger)), project.unit(trigger.metric))
    if not is_about:
        return "other" if fires and not fires.is_comparable_with(bound) else "unclear"
    name = metric.id if metric else trigger.metric
    same = same_percentile(alert_percentile(alert, name), metric_name(name or "").percentile)
    if fires is None or same is False:
        return "unclear"
    if alert_side(alert) != trigger_side(trigger):
        return "other"
    if not fires.is_comparable_with(bound):
        return "unclear"
    if not fires.is_laxer_than(bound, trigger_side(trigger)):
        return "early"
    return "late" if is_named and same else "unclear"


def _watches_data(alert: "Alert", project: "Project") -> bool:
    """True if the signal of an alert is about inputs, versions or machines, so that it needs no metric."""
    kinds = {s.kind for s in project.monitoring.signals if alert.signal and s.id == alert.signal}
    return bool(kinds) and not kinds & {None, "latency", "requests", "errors", "quality", "fairness", "business"}
