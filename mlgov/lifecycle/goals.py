"""The chain from the business goal over objectives to offline and online metrics, and where it breaks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mlgov.finding import Origin

if TYPE_CHECKING:
    from mlgov.lifecycle.metrics import Metric
    from mlgov.lifecycle.project import Project
    from mlgov.lifecycle.record import Record


class GoalBreak(NamedTuple):
    """One missing link. holder: the record that lacks it; metric: its id where it is a metric, else ""."""

    holder: "Record"
    metric: str
    origin: Origin
    words: str
    others: list[Origin]


def stands_for(metric: "Metric", project: "Project") -> "list[Metric]":
    """The metric, and those it is a proxy for, one after the other."""
    chain: list[Metric] = []
    here: Metric | None = metric
    while here and not any(here is known for known in chain):
        chain.append(here)
        here = project.metric(here.proxy_for)
    return chain


def goal_metrics(project: "Project") -> set[str]:
    """The metrics of the objectives, by id."""
    return {project.metric_id(o.metric) for o in project.problem.objectives if o.metric}


def offline_primaries(project: "Project") -> "list[Metric]":
    """The primary metrics that are measured on data, not on users."""
    primary = _primaries(project)
    return [m for m in primary if m.scope == "offline" or m.scope is None and m.known and m.known.outputs]


def is_unanchored(project: "Project") -> bool:
    """True if nothing says to what an offline primary could be tied: no objective and no online metric."""
    return bool(offline_primaries(project)) and not goal_metrics(project) and not _online(project)


def goal_breaks(project: "Project") -> Iterator[GoalBreak]:
    """Every missing link from the goal to the metrics that decide, where both of its ends are declared."""
    yield from _unserved(project)
    goals, online, primary = goal_metrics(project), _online(project), _primaries(project)
    if is_unanchored(project):
        return
    ends = {str(m.id): [str(link.id) for link in stands_for(m, project) if link.id] for m in primary}
    loose = [m for m in offline_primaries(project) if not set(ends[str(m.id)]) & (goals | online)]
    for metric in loose:
        name = str(metric.id)
        yield GoalBreak(
            metric, name, metric.at(), _words(name, ends[name], goals, online), _ends(project, goals, online)
        )
    reached = {name for chain in ends.values() for name in chain}
    if goals and primary and not loose and all(o.metric for o in project.problem.objectives) and not reached & goals:
        words = f"the objectives: no primary metric is or stands for {', '.join(sorted(goals))}"
        yield GoalBreak(primary[0], str(primary[0].id), primary[0].at(), words, _ends(project, goals, set()))


def _primaries(project: "Project") -> "list[Metric]":
    return [m for m in project.metrics if m.role == "primary" and m.id]


def _online(project: "Project") -> set[str]:
    return {str(m.id) for m in project.metrics if m.scope == "online" and m.id}


def _words(name: str, chain: list[str], goals: set[str], online: set[str]) -> str:
    wanted = ", ".join(sorted(goals or online))
    link = f"{chain[-1]} has no proxy_for" if len(chain) > 1 else "it has no proxy_for"
    return f"{name}: {link}, so nothing ties it to {wanted}"


def _ends(project: "Project", goals: set[str], online: set[str]) -> list[Origin]:
    objectives = [
        o.at("metric") for o in project.problem.objectives if o.metric and project.metric_id(o.metric) in goals
    ]
    return objectives or [m.at() for m in project.metrics if m.id in online]


def _unserved(project: "Project") -> Iterator[GoalBreak]:
    objectives = [o for o in project.problem.objectives if o.id]
    framing = project.framing
    if not objectives or not framing.is_own:
        return
    if framing.lacks("serves"):
        words = "the framing: it says of no objective that it serves it"
        yield GoalBreak(framing, "", framing.at(), words, [o.at() for o in objectives])
        return
    worked_for = {task.objective for task in project.plan.tasks if task.objective}
    idle = [o for o in objectives if worked_for and o.id not in worked_for | set(framing.serves)]
    if idle:
        names = ", ".join(str(o.id) for o in idle)
        yield GoalBreak(idle[0], "", idle[0].at(), f"objective {names}: no task and no framing serves it", [])
