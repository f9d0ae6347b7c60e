"""The links of a project that are asked for and missing, each with the rule that reports it."""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.finding import Origin
from mlgov.lifecycle.goals import goal_breaks, offline_primaries
from mlgov.lifecycle.links import is_unwatched, requirement_lack, trigger_answers, trigger_side
from mlgov.lifecycle.metrics import Metric
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.rollout import Trigger


class Gap(NamedTuple):
    """One missing link.

    code: the rule that reports it. stage: from which on. metric: whose thread it breaks, "" for none.
    holder: kind of the node that lacks something; missing: kind of what it lacks; name and subject: that node.
    """

    code: str
    stage: str
    metric: str
    holder: str
    missing: str
    name: str
    subject: str
    words: str
    origin: Origin


def gaps_of(project: Project) -> Iterator[Gap]:
    """Every missing link, from the requirements to the owners."""
    yield from _requirements(project)
    yield from _goals(project)
    for metric in (m for m in project.metrics if m.id):
        yield from _of_metric(metric, project)
    yield from _alerts(project)
    yield from _rollback(project)


def _requirements(project: Project) -> Iterator[Gap]:
    for requirement in project.problem.requirements:
        name, subject, at = str(requirement.id or requirement.statement), requirement.subject, requirement.at()
        lack = requirement_lack(requirement) if requirement.is_own and project.metrics else ""
        if lack:
            yield Gap("REQ202", "development", "", "requirement", "metric", name, subject, f"{name} {lack}", at)
            continue
        wanted = requirement.acceptance.metric if requirement.acceptance else None
        if wanted and project.metrics and requirement.is_own and project.metric(wanted) is None:
            words = f"{name} names metric {wanted}, which is not defined"
            yield Gap("FRM201", "any", "", "requirement", "metric", name, subject, words, at)


def _goals(project: Project) -> Iterator[Gap]:
    for found in goal_breaks(project):
        kinds = ("metric", "requirement") if found.metric else ("requirement", "metric")
        name = found.metric or str(getattr(found.holder, "id", None) or "framing")
        words = f"the chain from goal to metric breaks at {found.words}"
        yield Gap("FRM206", "development", found.metric, *kinds, name, found.holder.subject, words, found.origin)


def _of_metric(metric: Metric, project: Project) -> Iterator[Gap]:
    def gap(code: str, stage: str, missing: str, words: str) -> Gap:
        name = str(metric.id)
        return Gap(code, stage, name, "metric", missing, name, metric.subject, f"{name} {words}", metric.at())

    has_result = any(project.metric(r.metric) is metric for r in project.results)
    is_offline = any(metric is m for m in offline_primaries(project))
    if is_offline and not has_result and not project.is_excused("evaluation"):
        yield gap("EVA201" if project.results else "EVA001", "validation", "result", "has no offline result")
    is_primary = any(metric is m for m in project.primaries("offline") or project.primaries("online"))
    has_baseline = any(project.metric(r.metric) is metric for b in project.baselines for r in b.results)
    if is_primary and not has_baseline and not project.is_excused("baselines"):
        yield gap("EVA002", "validation", "baseline", "has no baseline to beat")
    constraints, monitoring = project.problem.constraints, project.monitoring
    is_served = not (constraints and constraints.platform == "none") and not project.is_excused("monitoring")
    if is_served and is_unwatched(metric, project):
        code = "MON202" if monitoring.signals or monitoring.alerts else "MON001"
        yield gap(code, "pre_launch", "monitor", "has no monitor in production")


def _alerts(project: Project) -> Iterator[Gap]:
    """Alerts of mlgov's own format that call nobody."""
    for alert in project.monitoring.alerts:
        if alert.is_own and alert.lacks("owner"):
            name = str(alert.name)
            metric = project.metric(alert.metric)
            thread = str(metric.id) if metric else ""
            words = f"alert {name} has no owner"
            yield Gap("MON005", "pre_launch", thread, "monitor", "owner", name, alert.subject, words, alert.at())


def _rollback(project: Project) -> Iterator[Gap]:
    rollback = project.rollout.rollback
    if rollback is None:
        return
    for trigger in rollback.triggers:
        if words := _blind(trigger, project):
            metric = project.metric(trigger.metric)
            name = str(trigger.metric)
            thread = str(metric.id) if metric else ""
            yield Gap("DEP203", "pre_launch", thread, "rollback", "monitor", name, trigger.subject, words, trigger.at())
    if rollback.lacks("owner"):
        words = "the rollback has no owner"
        yield Gap("DEP003", "pre_launch", "", "rollback", "owner", "rollback", rollback.subject, words, rollback.at())


def _blind(trigger: Trigger, project: Project) -> str:
    """Why no alert comes before a trigger; "" if one does, may do, or a person decides."""
    alerts = [a for a in project.monitoring.alerts if not _is_elsewhere(a.environment, trigger.environment)]
    if trigger.manual or not trigger.metric or trigger.min is None and trigger.max is None or not alerts:
        return ""
    answers = {answer for _, answer in trigger_answers(trigger, alerts, project)}
    if answers & {"early", "unclear"}:
        return ""
    side = trigger_side(trigger)
    late = "fires at that level or earlier" if "late" in answers else f"watches {trigger.metric}"
    return f"rollback trigger {trigger.metric} {side} {trigger.literal(side)}: no alert {late}"


def _is_elsewhere(one: str, other: str) -> bool:
    return bool(one and other and one != other)
