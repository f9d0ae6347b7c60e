"""One graph of a project: from requirement over metric, evidence and guard to monitor, rollback and owner.

A gap is a link that is asked for and missing; it carries the code of the rule that reports it, and the stage from
which it does. What hangs together is decided in `links`, where the rules ask as well.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from mlgov.background import KINDS
from mlgov.finding import Origin
from mlgov.lifecycle.gaps import Gap, gaps_of
from mlgov.lifecycle.goals import goal_metrics, stands_for
from mlgov.lifecycle.metrics import Metric
from mlgov.lifecycle.monitoring import Alert, Signal
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record
from mlgov.lifecycle.watching import asks_for, named_metrics, plain_series


class Node(NamedTuple):
    """One thing of the graph. key: unique in its project; kind: one of KINDS."""

    key: str
    kind: str
    label: str
    origin: Origin


class Thread(NamedTuple):
    """One metric (or a requirement without one) with what hangs on it; cells: nodes by kind, in order of KINDS."""

    name: str
    cells: dict[str, tuple[Node, ...]]
    gaps: tuple[Gap, ...]


class Trace(NamedTuple):
    """The graph of one project. edges: pairs of keys."""

    project: str
    stage: str
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    threads: tuple[Thread, ...]
    gaps: tuple[Gap, ...]


def trace(project: Project) -> Trace:
    """The graph of a project."""
    gaps = list(gaps_of(project))
    threads = [_thread(m, project, gaps) for m in project.metrics if m.id]
    threads = [t for t in threads if t.gaps or any(nodes for kind, nodes in t.cells.items() if kind != "metric")]
    placed = {gap for thread in threads for gap in thread.gaps}
    threads += [_loose(gap) for gap in gaps if gap not in placed]
    nodes = _merged(node for t in threads for kind in KINDS for node in t.cells[kind])
    edges = dict.fromkeys(edge for t in threads for edge in _edges(t.cells))
    return Trace(project.id, project.stage, nodes, tuple(edges), tuple(threads), tuple(gaps))


def _merged(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """One node for each key; of labels that differ, such as those of a baseline, how all of them begin, else all."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        found.setdefault(node.key, []).append(node)
    return tuple(some[0]._replace(label=_shared([n.label for n in some])) for some in found.values())


def _shared(labels: list[str]) -> str:
    words = zip(*(label.split(" ") for label in labels), strict=False)
    start = takewhile(lambda some: len(set(some)) == 1, words)
    return " ".join(some[0] for some in start) or ", ".join(dict.fromkeys(labels))


def _loose(gap: Gap) -> Thread:
    """A gap that belongs to no metric: a requirement without one, a trigger on an unknown one."""
    node = Node(gap.subject, gap.holder, gap.name, gap.origin)
    return Thread(gap.name, {kind: (node,) if kind == gap.holder else () for kind in KINDS}, (gap,))


def _thread(metric: Metric, project: Project, gaps: list[Gap]) -> Thread:
    cells = {
        "requirement": tuple(_wanted(metric, project)),
        "metric": (_node("metric", metric, str(metric.id)),),
        "result": tuple(_results(metric, project)),
        "baseline": tuple(_baselines(metric, project)),
        "guard": tuple(_guards(metric, project)),
        "monitor": tuple(_monitors(metric, project)),
        "rollback": tuple(_triggers(metric, project)),
    }
    cells["owner"] = tuple(_owners(metric, bool(cells["rollback"]), project))
    return Thread(str(metric.id), cells, tuple(g for g in gaps if g.metric == metric.id))


def _node(kind: str, record: Record, label: str) -> Node:
    return Node(record.subject, kind, label, record.at())


def _is(metric: Metric, name: str | None, project: Project) -> bool:
    return bool(name) and project.metric(name) is metric


def _wanted(metric: Metric, project: Project) -> Iterator[Node]:
    """Requirements and objectives on the metric, or on what it stands for."""
    problem = project.problem
    for requirement in problem.requirements:
        if requirement.acceptance and _is(metric, requirement.acceptance.metric, project):
            yield _node("requirement", requirement, str(requirement.id or requirement.statement))
    chain = {m.id for m in stands_for(metric, project)} & goal_metrics(project)
    for objective in problem.objectives:
        if objective.metric and project.metric_id(objective.metric) in chain:
            yield _node("requirement", objective, str(objective.id or objective.statement))


def _results(metric: Metric, project: Project) -> Iterator[Node]:
    for result in project.results:
        if _is(metric, result.metric, project) and not result.slice:
            where = result.split or result.dataset
            yield Node(result.subject, "result", result.literal("value") + (f" {where}" if where else ""), result.at())


def _baselines(metric: Metric, project: Project) -> Iterator[Node]:
    for baseline in project.baselines:
        found = next((r for r in baseline.results if _is(metric, r.metric, project) and r.value is not None), None)
        if found is not None:
            yield _node("baseline", baseline, f"{baseline.id or baseline.kind} {found.literal('value')}")


def _guards(metric: Metric, project: Project) -> Iterator[Node]:
    """Experiments that decide on it or guard it, and stages with a gate on it."""
    for experiment in project.experiments:
        names = [*experiment.primary_metrics, *(g.metric for g in experiment.guardrails)]
        if any(_is(metric, name, project) for name in names):
            yield _node("guard", experiment, str(experiment.id))
    for stage in project.rollout.stages:
        if any(_is(metric, gate.metric, project) for gate in stage.gates):
            yield _node("guard", stage, str(stage.id or stage.kind))


def _monitors(metric: Metric, project: Project) -> Iterator[Node]:
    monitoring, series = project.monitoring, {plain_series(name) for name in metric.series}
    for signal in monitoring.signals:
        if _shows(signal, metric, series, project):
            yield _node("monitor", signal, str(signal.id or signal.kind))
    yield from (_node("monitor", alert, str(alert.name)) for alert in _alerts(metric, project))


def _shows(signal: Signal, metric: Metric, series: set[str], project: Project) -> bool:
    named = any(_is(metric, name, project) for name in (signal.metric, signal.proxy_for))
    return named or bool(signal.series) and plain_series(str(signal.series)) in series


def _alerts(metric: Metric, project: Project) -> Iterator[Alert]:
    alerts: Iterable[Alert] = project.monitoring.alerts
    return (a for a in alerts if metric.id in named_metrics(a, project) or asks_for(a, metric))


def _triggers(metric: Metric, project: Project) -> Iterator[Node]:
    rollback = project.rollout.rollback
    for trigger in rollback.triggers if rollback else []:
        if _is(metric, trigger.metric, project):
            side = "max" if trigger.min is None else "min"
            yield _node("rollback", trigger, f"{side} {trigger.literal(side)}")


def _owners(metric: Metric, has_trigger: bool, project: Project) -> Iterator[Node]:
    rollback = project.rollout.rollback
    stated = [(a.owner, a.at("owner")) for a in _alerts(metric, project) if a.owner]
    if has_trigger and rollback and rollback.owner:
        stated.append((rollback.owner, rollback.at("owner")))
    for owner, origin in dict(stated).items():
        yield Node(f"owner[{owner}]", "owner", owner, origin)


def _edges(cells: dict[str, tuple[Node, ...]]) -> Iterator[tuple[str, str]]:
    """Each filled cell leads to the next filled one."""
    filled = [cells[kind] for kind in KINDS if cells[kind]]
    for left, right in pairwise(filled):
        yield from ((a.key, b.key) for a in left for b in right)
