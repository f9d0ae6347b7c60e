"""The selected model must keep within the limits that were set for it.

## Why
A model that is too slow or too large is found out in production, after everything else was built around it.
A time is compared only with a limit on the same percentile; the members of an ensemble together must keep the limits.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  candidates: [{id: gbm, latency: {value: 340ms, percentile: p95}}]
  selection: {selected: gbm}
  constraints: {latency: {max: 0.2s, percentile: p95}}
~~~

### the size of an ensemble
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  candidates: [{id: clicks, size: 15MB}, {id: quality, size: 12MB}]
  ensemble: [{model: clicks}, {model: quality}]
  constraints: {size: {max: 20MB}}
~~~

### the machine that is available
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {constraints: {compute: {memory: 8GB}}}
training:
  candidates: [{id: gbm, memory: 12GB}, {id: logreg, memory: 1GB}]
  selection: {selected: gbm}
~~~

### a faster model reaches the bound, and latency comes first
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {constraints: {priority: latency}}
metrics: [{id: recall, role: primary, unit: fraction, acceptable: {min: 0.6}}]
training:
  candidates:
  - {id: gbm, latency: {value: 45ms}, results: [{metric: recall, value: 0.65, split: test}]}
  - {id: logreg, latency: {value: 12ms}, results: [{metric: recall, value: 0.62, split: test}]}
  selection: {selected: gbm}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  candidates: [{id: gbm, size: 18MiB, train_time: 30m, latency: {value: 200ms, percentile: P95}}, {id: big, size: 2GB}]
  selection: {selected: gbm}
  constraints: {latency: {max: 0.2s, percentile: p95}, size: {max: 20MB}, train_time: {max: 1h}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  candidates: [{id: gbm, latency: {value: 340ms, percentile: p99}}]
  selection: {selected: gbm}
  constraints: {latency: {max: 200ms, percentile: p95}}
~~~

### the time was never measured
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training:
  candidates: [{id: gbm}]
  constraints: {latency: {max: 200ms, percentile: p95}}
~~~

## Remedy
make the model smaller or faster, select another candidate, or change the limit with those who set it

## References
S4-28, S4-31, S4-32, S4-11, S2-19; NIST AI RMF MAP 1.6
"""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Candidate, Findings, Origin, Project, Quantity, Training, abstain, limit_of, rule


class Measured(NamedTuple):
    """One property of the selected model, or of one member of an ensemble."""

    value: Quantity
    percentile: str | None
    place: Origin
    name: str | None


class Allowed(NamedTuple):
    """The largest value of a property that is allowed."""

    what: str
    value: Quantity
    percentile: str | None
    place: Origin


@rule("MOD201", severity="WEE", sources=["S4-28", "S4-31", "S4-32", "S4-11", "S2-19"])
def model_violates_constraint(training: Training, project: Project) -> Findings:
    models = _selected(training)
    for limit in _limits(training, project):
        if not models:
            if training.candidates:
                yield abstain("no candidate is selected")
            return
        measured = [m for c in models if (m := _measured(c, limit.what)) is not None]
        if len(measured) < len(models):
            yield abstain(f"unknown {limit.what.replace('_', ' ')} of the selected model")
        else:
            yield from _judge(limit, measured)
    if models and not training.ensemble:
        yield from _priority(models[0], training, project)


def _selected(training: Training) -> list[Candidate]:
    """The members of an ensemble, else the selected candidate, else the only one."""
    named = {c.id: c for c in training.candidates if c.id}
    members = [named[e.model] for e in training.ensemble if e.model in named]
    if members:
        return members if len(members) == len(training.ensemble) else []
    chosen = training.selection.selected if training.selection else None
    if chosen:
        return [named[chosen]] if chosen in named else []
    return training.candidates if len(training.candidates) == 1 else []


def _limits(training: Training, project: Project) -> Iterator[Allowed]:
    limits = training.constraints
    for what in ("latency", "size", "memory", "train_time"):
        limit = getattr(limits, what) if limits else None
        if limit is not None and limit.max is not None:
            yield Allowed(what, limit.max, getattr(limit, "percentile", None), limit.at("max"))
    compute = project.problem.constraints.compute if project.problem.constraints else None
    if compute is not None and compute.memory is not None:
        yield Allowed("memory", compute.memory, None, compute.at("memory"))


def _measured(candidate: Candidate, what: str) -> Measured | None:
    if what != "latency":
        value = getattr(candidate, what)
        return None if value is None else Measured(value, None, candidate.at(what), candidate.id)
    latency = candidate.latency
    if latency is None or latency.value is None:
        return None
    return Measured(latency.value, latency.percentile, latency.at("value"), candidate.id)


def _judge(limit: Allowed, measured: list[Measured]) -> Findings:
    """Sizes and memory of members add up; their times do at least not fall below the slowest."""
    if limit.percentile and any(_plain(m.percentile) != _plain(limit.percentile) for m in measured):
        yield abstain(f"the limit is on {limit.percentile}, the time is not")
        return
    adds_up = limit.what in ("size", "memory")
    worst = max(measured, key=lambda m: m.value)
    total = sum(float(m.value) for m in measured) if adds_up else float(worst.value)
    if total > limit.value:
        names = " + ".join(str(m.name) for m in measured) if adds_up else worst.name
        shown = " + ".join(m.value.text for m in measured) if adds_up else worst.value.text
        message = f"{limit.what.replace('_', ' ')} of {names} is {shown}, the limit is {limit.value.text}"
        yield worst.place, message, [limit.place, *(m.place for m in measured)]


def _plain(percentile: str | None) -> str:
    return (percentile or "").strip().lower().lstrip("p").removesuffix("th").removesuffix("%")


def _priority(chosen: Candidate, training: Training, project: Project) -> Findings:
    """Where latency comes first, a faster candidate that reaches every bound has to be taken."""
    constraints = project.problem.constraints
    mine = _measured(chosen, "latency")
    if not constraints or constraints.priority != "latency" or mine is None:
        return
    for other in training.candidates:
        theirs = _measured(other, "latency")
        if (
            theirs
            and theirs.value < mine.value
            and theirs.percentile == mine.percentile
            and _is_acceptable(other, project)
        ):
            message = f"latency comes first, but {chosen.id} takes {mine.value.text}, and {other.id} reaches every bound in {theirs.value.text}"
            yield mine.place, message, [theirs.place, constraints.at("priority")]
            return


def _is_acceptable(candidate: Candidate, project: Project) -> bool:
    """True if the candidate was measured on every primary metric and reaches its bound."""
    primary = [(m, m.acceptable) for m in project.primaries("offline") if m.acceptable]
    reached = {
        m.id
        for m, bound in primary
        for r in candidate.results
        if project.metric(r.metric) is m and limit_of(bound, m.unit).allows(project.comparer.value(r))
    }
    return bool(primary) and all(m.id in reached for m, _ in primary)
