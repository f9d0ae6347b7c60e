"""Where a native rollout differs from the plan in its times and in its gates."""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Gate, Level, Origin, Project, Stage, level
from mlgov_rules.deployment._ramps import Ramp, is_test, name, share, template_of


def length_drifts(plan: Ramp, natives: list[Ramp], project: Project) -> Findings:
    """Stages of both sides that share their traffic or their kind, and not their length."""
    for planned, native, what in _pairs(plan, natives, project):
        first, second = planned[0], native[0]
        if abs(first - second) > 0.01 * max(first, second):
            message = f"{what} lasts {_time(second)} in the manifest, {_time(first)} in the plan"
            yield native[1], message, [planned[1]]


Length = tuple[float, Origin]


def _pairs(plan: Ramp, natives: list[Ramp], project: Project) -> Iterator[tuple[Length, Length, str]]:
    if len(natives) == 1:
        lengths = _by_traffic(natives[0])
        for weight, planned in _by_traffic(plan).items():
            if weight in lengths and weight < 1:
                yield planned, lengths[weight], f"the stage of {share(weight)}"
    tests = [s for s in project.rollout.stages if not s.is_own and s.kind == "ab_test" and _is_flagger(s, project)]
    splits = [s for s in plan.stages if s.kind == "ab_test" and s.duration is not None]
    if len(tests) == len(splits) == 1 and tests[0].duration is not None and splits[0].duration is not None:
        native = (float(tests[0].duration), tests[0].at("duration"))
        yield (float(splits[0].duration), splits[0].at("duration")), native, f"the A/B test {name(tests[0])}"


def _by_traffic(ramp: Ramp) -> dict[float, Length]:
    """How long a share of traffic is held, where that is said and no person decides; a share held twice is unclear."""
    found: dict[float, list[Length]] = {}
    for stage in ramp.stages:
        for weight, length in _held(stage):
            found.setdefault(round(weight, 6), []).append(length)
    return {weight: lengths[0] for weight, lengths in found.items() if len(lengths) == 1}


def _held(stage: Stage) -> Iterator[tuple[float, Length]]:
    if stage.kind in ("shadow", "full", "ab_test", "interleaving") or stage.pause == "manual":
        return
    for step in stage.steps:
        if step.traffic is not None and step.duration is not None:
            yield float(step.traffic), (float(step.duration), step.at("duration"))
    if not stage.steps and stage.traffic is not None and stage.duration is not None:
        yield float(stage.traffic), (float(stage.duration), stage.at("duration"))


def _is_flagger(stage: Stage, project: Project) -> bool:
    """True for the A/B test of a Flagger canary; the experiments of Argo Rollouts are analyses."""
    tools = [c.text for c in project.claims("rollout.tool") if c.origin.file == stage.at().file]
    return tools == ["flagger"] and not is_test(stage.environment)


def _time(seconds: float) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= size:
            return f"{seconds / size:.4g}{unit}"
    return f"{seconds:.4g}s"


def gate_drifts(plan: Ramp, native: Ramp, project: Project) -> Findings:
    """Native gates whose bound on a metric is none of those that the plan has for it."""
    for gate, label in _native_gates(native, project):
        metric = project.metric(label)
        if metric is None:
            continue
        for side in ("min", "max"):
            mine = [g for s in plan.stages for g in s.gates if project.metric(g.metric) is metric and _has(g, side)]
            if not mine or not _has(gate, side):
                continue
            bounds = [level(getattr(g, side), g.unit, metric.unit) for g in mine]
            actual = level(getattr(gate, side), gate.unit)
            if all(actual.is_comparable_with(b) and _differ(actual, b) for b in bounds):
                message = f"the manifest lets {metric.id} pass at {side} {gate.literal(side)}, the plan at {mine[0].literal(side)}"
                yield gate.at(side), message, [g.at(side) for g in mine]


def _differ(a: Level, b: Level) -> bool:
    return a.is_above(b) or b.is_above(a)


def _has(gate: Gate, side: str) -> bool:
    return getattr(gate, side) is not None and not gate.dry_run


def _native_gates(native: Ramp, project: Project) -> Iterator[tuple[Gate, str]]:
    """The gates of the stages and of their templates, each once, with the name of what they measure."""
    seen: set[int] = set()
    for gate in (g for stage in native.stages for g in stage.gates):
        found = template_of(gate, project)
        for inner in [gate, *(found.gates if found else [])]:
            if inner.metric and id(inner) not in seen:
                seen.add(id(inner))
                yield inner, inner.metric
