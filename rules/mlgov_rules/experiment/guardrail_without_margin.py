"""A guardrail of an experiment must have a non-inferiority margin that fits under the service's limit.

## Why
"Not significantly worse" is what every small test shows. Only a margin says how much worse is still acceptable, and a
margin that is larger than the room between the present value and the limit allows a release that breaks the limit.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: complaint_rate, unit: fraction}]
experiments: [{id: calls, guardrails: [{metric: complaint_rate}]}]
~~~

### 180 ms now, 200 ms promised, 30 ms allowed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms}]
experiments: [{id: calls, guardrails: [{metric: latency_p95, margin: 30, baseline: 0.18s}]}]
serving: {slos: [{id: fast, metric: latency_p95, percentile: p95, max: 0.2s}]}
~~~

### higher is better
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: success_rate, unit: percent, direction: maximize, acceptable: {min: 99}}]
experiments: [{id: calls, guardrails: [{metric: success_rate, margin: 1, baseline: 99.5%}]}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: complaint_rate, unit: fraction, acceptable: {max: 2%}}, {id: latency_p95, unit: ms}]
experiments:
- id: calls
  guardrails: [{metric: complaint_rate, margin: 0.005, baseline: 0.01}, {metric: latency_p95, margin: 20ms, baseline: 180}]
serving: {slos: [{id: fast, metric: latency_p95, max: 0.2s}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms}]
experiments: [{id: calls, guardrails: [{metric: latency_p95, margin: 30, baseline: 180}]}]
~~~

### a relative margin
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms, acceptable: {max: 200}}]
experiments: [{id: calls, guardrails: [{metric: latency_p95, margin: 30%, baseline: 180}]}]
~~~

## Remedy
give the guardrail a margin below the room between its baseline and the acceptable bound or SLO

## References
S2-31; Schultzberg, Ankargren, Frånberg 2024; Kohavi, Tang, Xu 2020, ch. 21
"""

from typing import NamedTuple

from mlgov.rulekit import (
    Bound,
    Findings,
    Guardrail,
    Level,
    Metric,
    Project,
    abstain,
    level,
    metric_name,
    rule,
    same_percentile,
)


class Room(NamedTuple):
    """What is left between the present value and one side of a bound."""

    size: Level
    bound: Bound
    side: str


@rule("EXP202", severity="IWE", sources=["S2-31"])
def guardrail_without_margin(guardrail: Guardrail, project: Project) -> Findings:
    if project.experiments[guardrail.path[1]].substitute or not guardrail.metric:
        return
    if guardrail.margin is None:
        if guardrail.is_own and guardrail.lacks("margin"):
            yield guardrail.at(), f"guardrail {guardrail.metric} has no non-inferiority margin"
        return
    metric = project.metric(guardrail.metric)
    bounds = _bounds(metric, project) if metric else []
    if metric is None or guardrail.baseline is None or not bounds:
        yield abstain(f"unknown {'metric' if metric is None else 'limit' if not bounds else 'baseline'}")
        return
    margin, now = level(guardrail.margin, metric.unit), level(guardrail.baseline, metric.unit)
    rooms = [
        _room(now, bound, side, metric)
        for bound in bounds
        for side in ("min", "max")
        if getattr(bound, side) is not None
    ]
    if any(room is None or not margin.is_comparable_with(room.size) for room in rooms):
        yield abstain("unknown unit of margin, baseline or limit")
        return
    least = min((room for room in rooms if room), key=lambda room: room.size.value)
    if margin.is_above(least.size):
        left = f"{least.size.value:.6g} {least.size.base}".strip()
        message = (
            f"guardrail {guardrail.metric}: margin {guardrail.literal('margin')} exceeds the room of {left} between "
            f"{guardrail.literal('baseline')} now and the {least.side} of {least.bound.literal(least.side)}"
        )
        yield guardrail.at("margin"), message, [least.bound.at(least.side), guardrail.at("baseline")]


def _bounds(metric: Metric, project: Project) -> list[Bound]:
    """What must not be broken: the acceptable bound, and the SLOs of the same percentile."""
    wanted = metric_name(metric.id or "").percentile
    slos = [s for s in project.serving.slos if project.metric(s.metric) is metric]
    comparable = [s for s in slos if not s.percentile or not wanted or same_percentile(s.percentile, wanted)]
    every: list[Bound | None] = [metric.acceptable, *comparable]
    return [b for b in every if b is not None and (b.min is not None or b.max is not None)]


def _room(now: Level, bound: Bound, side: str, metric: Metric) -> Room | None:
    """What is left on one side of a bound; None where value and bound cannot be compared."""
    limit = level(getattr(bound, side), metric.unit)
    if not now.is_comparable_with(limit):
        return None
    left = limit.value - now.value if side == "max" else now.value - limit.value
    return Room(Level(left, now.base), bound, side)
