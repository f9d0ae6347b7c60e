"""How traffic moves: the team's plan and the ramps of native files, each with its stages in order of time.

The stages of several files never mix: a project may hold two Argo Rollouts and one Flagger Canary.
"""

import re
from typing import NamedTuple

from mlgov.rulekit import Gate, GateTemplate, Origin, Project, Record, Stage

# kinds whose units are split for comparison, so that traffic may stand still or fall afterwards
SPLIT = ("ab_test", "interleaving")


class Ramp(NamedTuple):
    """One way to full traffic. own: planned in mlgov's format. ordered: its stages follow each other in time."""

    stages: list[Stage]
    own: bool
    ordered: bool


def ramps(project: Project) -> tuple[Ramp, ...]:
    """The ramps of a project, the team's own plan first; those of test environments are nobody's plan."""
    return project.once(_ramps)


def _ramps(project: Project) -> tuple[Ramp, ...]:
    found: dict[tuple[str, ...], list[Stage]] = {}
    for stage in project.rollout.stages:
        if not is_test(stage.environment):
            found.setdefault(_place(stage), []).append(stage)
    made = [Ramp(part, part[0].is_own, _is_ordered(part)) for stages in found.values() for part in _parts(stages)]
    return tuple(sorted(made, key=lambda ramp: not ramp.own))


def planned_ramps(project: Project) -> list[Ramp]:
    """The team's own plan, else the ramps of native files that tell an order."""
    every = ramps(project)
    return [r for r in every if r.own] or [r for r in every if r.ordered]


def _place(stage: Stage) -> tuple[str, ...]:
    """What tells two rollouts apart: file, document, item of a list of objects, environment."""
    if stage.is_own:
        return ("own",)
    origin = stage.at()
    item = re.match(r"/(?:items|Resources)/[^/]+", origin.pointer)
    return (origin.file, str(origin.document), item[0] if item else "", stage.environment)


def _parts(stages: list[Stage]) -> list[list[Stage]]:
    """The stages of one place; in native files a rollout ends where everybody has the model."""
    parts: list[list[Stage]] = [[]]
    for stage in stages:
        parts[-1].append(stage)
        if not stage.is_own and stage.kind in ("full", "blue_green"):
            parts.append([])
    return [part for part in parts if part]


def _is_ordered(stages: list[Stage]) -> bool:
    """True for a plan; native files that end with everybody tell a way, the others (a route, a split) one state."""
    ends = weights(stages[-1])
    return stages[0].is_own or bool(ends) and ends[-1][0] >= 1 - 1e-9


def is_test(environment: str) -> bool:
    """True for an environment that is not production; "" is a file about all of them."""
    return environment not in ("", "production")


def is_other_environment(one: Record, other: Record) -> bool:
    """True if two records are about two environments; those never contradict each other."""
    return bool(one.environment and other.environment and one.environment != other.environment)


def is_live(stage: Stage) -> bool:
    """True if users meet the new model in this stage."""
    if stage.kind is None:
        return any(weight > 0 for weight, _ in weights(stage))
    return stage.kind != "shadow"


def weights(stage: Stage) -> list[tuple[float, Origin]]:
    """The shares of live traffic along one stage, as far as they are stated; a shadow has none."""
    if stage.kind == "shadow":
        return []
    steps = [(float(s.traffic), s.at("traffic")) for s in stage.steps if s.traffic is not None]
    if steps:
        return steps
    if stage.traffic is not None:
        return [(float(stage.traffic), stage.at("traffic"))]
    return [(1.0, stage.at("kind"))] if stage.kind == "full" else []


def name(stage: Stage) -> str:
    """How messages call a stage."""
    return stage.id or stage.kind or stage.subject


def share(value: float) -> str:
    """A share of traffic in per cent."""
    return f"{value * 100:.6g}%"


def gates_of(stage: Stage, project: Project) -> list[Gate]:
    """The gates that can stop a stage: those of a dry run cannot."""
    return [gate for gate in stage.gates if _can_stop(gate, project)]


def _can_stop(gate: Gate, project: Project) -> bool:
    found = template_of(gate, project)
    if gate.dry_run or found and found.gates and all(_never_fails(inner) for inner in found.gates):
        return _is_bounded(gate) and not gate.dry_run
    return bool(gate.template or gate.query or gate.metric)


def _never_fails(gate: Gate) -> bool:
    """True for a dry run, and for a query whose answer is compared with nothing."""
    return bool(gate.dry_run) or bool(gate.query) and not _is_bounded(gate)


def _is_bounded(gate: Gate) -> bool:
    return gate.min is not None or gate.max is not None or gate.condition is not None


def owner_of(gate: Gate, project: Project) -> str:
    """What a gate belongs to: `stage canary`, `template quick`."""
    _, section, position = gate.path[:3]
    if section == "stages":
        return f"stage {name(project.rollout.stages[position])}"
    return f"template {project.rollout.templates[position].name or position}"


def template_of(gate: Gate, project: Project) -> GateTemplate | None:
    """The template that a gate names, where the project defines it."""
    named: list[GateTemplate] = [t for t in project.rollout.templates if t.name and t.name == gate.template]
    return named[0] if named else None


def is_offline(project: Project) -> bool:
    """True for an offline analysis: nothing is served, so nothing is asked about serving."""
    constraints = project.problem.constraints
    return bool(constraints and constraints.platform == "none")
