"""What is enforced must be at least as strict as the requirement says.

## Why
A requirement that the release criteria, the acceptable bounds or the service levels undercut is broken by a model that passes
every check.

Stricter is no mismatch. Compared are bounds on one metric, percentile and slice, in one unit; a release criterion is held
against the acceptable bound of its metric in the same way. What counts in staging only does not count.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {requirements: [{id: r1, acceptance: {metric: recall, min: 0.90}}]}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.85}}]
~~~

### a service level in another unit
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {requirements: [{id: r2, acceptance: {metric: latency_p95, max: 200ms, percentile: p95}}]}
metrics: [{id: latency_p95, unit: s, acceptable: {max: 0.2}}]
serving: {slos: [{id: slo, metric: latency_p95, max: 0.5, percentile: "0.95"}]}
~~~

### the release criterion of a parameter file
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {requirements: [{id: r1, acceptance: {metric: roc_auc, min: 85%}}]}
metrics: [{id: roc_auc, unit: fraction}]
~~~
~~~yaml params.yaml
evaluate:
  min_roc_auc: 0.80
~~~

### a release criterion below the acceptable bound
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: percent, acceptable: {min: 60}}]
evaluation: {acceptance: [{id: release, metric: recall, min: 55%}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem:
  requirements:
  - {id: r1, acceptance: {metric: recall, min: 60%}}
  - {id: r2, acceptance: {metric: latency_p95, max: 0.2}}
  - {id: r3, acceptance: {metric: recall, min: 0.50, slice: young}}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.6}}, {id: latency_p95, unit: s}]
serving: {slos: [{id: slo, metric: latency_p95, max: 150ms}, {id: tail, metric: latency_p95, percentile: p99, max: 1s}]}
evaluation:
  slices: [{id: young}]
  acceptance: [{id: a1, metric: recall, min: 0.65}, {id: a2, metric: recall, min: 0.52, slice: young}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {requirements: [{id: r1, acceptance: {metric: recall, min: 90}}]}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.85}}]
~~~

### an unknown percentile
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {requirements: [{id: r1, acceptance: {metric: latency, max: 200ms, percentile: p95}}]}
metrics: [{id: latency, unit: s, acceptable: {max: 0.3}}]
~~~

## Remedy
raise what is enforced to the requirement; or change the requirement, with the consent of its stakeholders

## References
S4-09; NIST AI RMF MEASURE 2.1
"""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Bound, Findings, Origin, Project, abstain, level, rule, same_percentile


class Stated(NamedTuple):
    """One bound on one metric. words: who states it."""

    words: str
    bound: Bound
    metric: str
    percentile: str | None
    slice: str | None
    place: Origin


@rule("REQ203", severity="WEE", sources=["S4-09"])
def requirement_threshold_mismatch(project: Project) -> Findings:
    acceptable, criteria, objectives = (list(f(project)) for f in (_acceptable, _criteria, _objectives))
    spoken = set()
    for wanted in _requirements(project):
        weaker, reasons = _weaker([*acceptable, *criteria, *objectives], wanted, project)
        spoken |= {found.place for found, _ in weaker}
        yield from (abstain(reason) for reason in reasons)
        yield from _finding(wanted, weaker, "says", project)
    for wanted in acceptable:
        weaker, _ = _weaker([c for c in criteria if c.place not in spoken], wanted, project)
        yield from _finding(wanted, weaker, "is", project)


def _requirements(project: Project) -> Iterator[Stated]:
    for requirement in project.problem.requirements:
        a = requirement.acceptance
        if a and a.metric:
            percentile = a.percentile or _percentile(a.metric, project)
            words = f"requirement {requirement.id or a.metric}"
            yield Stated(words, a, a.metric, percentile, a.slice, requirement.at("acceptance"))


def _acceptable(project: Project) -> Iterator[Stated]:
    for m in project.metrics:
        if m.id and m.acceptable:
            yield Stated("the acceptable bound", m.acceptable, m.id, m.percentile, None, m.at("acceptable"))


def _criteria(project: Project) -> Iterator[Stated]:
    for c in project.evaluation.acceptance:
        if c.metric:
            words = f"release criterion {c.id}" if c.id else "the release criterion"
            yield Stated(words, c, c.metric, _percentile(c.metric, project), c.slice, c.at())


def _objectives(project: Project) -> Iterator[Stated]:
    for slo in project.serving.slos:
        if slo.metric and slo.environment in ("", "production"):
            percentile = slo.percentile or _percentile(slo.metric, project)
            yield Stated(f"service level {slo.id or ''}".strip(), slo, slo.metric, percentile, None, slo.at())


def _percentile(name: str, project: Project) -> str | None:
    metric = project.metric(name)
    return metric.percentile if metric else None


def _weaker(stated: list[Stated], wanted: Stated, project: Project) -> tuple[list[tuple[Stated, str]], list[str]]:
    """Those that let something through that `wanted` forbids, with the side; and why others cannot be compared."""
    weaker, reasons = [], []
    metric, unit = project.metric_id(wanted.metric), project.unit(wanted.metric)
    for found in stated:
        if project.metric_id(found.metric) != metric or found.slice != wanted.slice:
            continue
        for side in ("min", "max"):
            mine, theirs = getattr(wanted.bound, side), getattr(found.bound, side)
            if (
                mine is None
                or theirs is None
                or (same := same_percentile(found.percentile, wanted.percentile)) is False
            ):
                continue
            a, b = level(theirs, unit), level(mine, unit)
            if same is None or not a.is_comparable_with(b):
                reasons.append(
                    f"unknown {'percentile' if same is None else 'unit'} of {wanted.metric} in {wanted.words}"
                )
            elif a.is_laxer_than(b, side):
                weaker.append((found, side))
    return weaker, list(dict.fromkeys(reasons))


def _finding(wanted: Stated, weaker: list[tuple[Stated, str]], verb: str, project: Project) -> Findings:
    if not weaker:
        return
    side = weaker[0][1]
    others = ", ".join(f"{found.words} enforces {s} {_literal(found, s, project)}" for found, s in weaker)
    verb = f"{verb} {wanted.metric} {side}" if verb == "says" else f"of {wanted.metric} is {side}"
    message = f"{wanted.words} {verb} {_literal(wanted, side, project)}, but {others} (weaker)"
    yield weaker[0][0].place, message, [wanted.place, *(found.place for found, _ in weaker[1:])]


def _literal(stated: Stated, side: str, project: Project) -> str:
    text, unit = stated.bound.literal(side), project.unit(stated.metric)
    bare = not getattr(getattr(stated.bound, side), "unit", "")
    return f"{text} {unit}" if bare and unit and unit != "fraction" else text
