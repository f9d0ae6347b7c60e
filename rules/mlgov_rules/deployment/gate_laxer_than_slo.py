"""A stage of the rollout must not let pass what the service's objective or the metric's bound forbids.

## Why
A canary that is fine with 2 % errors, before an objective of 1 %, promotes a version that breaks its promise at full
traffic. Slack that is meant for an early stage is declared as `tolerance`. Bounds are compared in base units and only on
the same side; a gate of a native file counts only where its unit is known.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: fraction}]
serving: {slos: [{id: errors, metric: error_rate, max: 1%}]}
rollout: {stages: [{id: canary, kind: canary, gates: [{metric: error_rate, max: 0.02}]}]}
~~~

### seconds and milliseconds
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms}]
serving: {slos: [{id: fast, metric: latency_p95, percentile: p95, max: 200}]}
rollout: {stages: [{id: canary, kind: canary, gates: [{metric: latency_p95, max: 0.5, unit: s}]}]}
~~~

### the acceptable bound of a metric that should be high
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: precision, unit: fraction, acceptable: {min: 0.55}}]
rollout: {stages: [{id: shadow, kind: shadow, gates: [{metric: precision, min: 50%}]}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: percent, acceptable: {max: 1}}, {id: latency_p95, unit: s}]
serving: {slos: [{id: tail, metric: latency_p95, percentile: p99, max: 200ms}]}
rollout:
  stages:
  - {id: canary, kind: canary, gates: [{metric: error_rate, max: 2, tolerance: 1}, {metric: latency_p95, max: 300ms}]}
  - {id: more, kind: canary, gates: [{metric: error_rate, max: 0.01, unit: fraction}, {metric: error_rate, max: 5, dry_run: true}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: fraction}]
rollout: {stages: [{id: canary, kind: canary, gates: [{metric: error_rate, max: 0.02}]}]}
~~~

## Remedy
tighten the gate to the objective, or declare the slack of an early stage as `tolerance`

## References
S4-49; Google SRE book, ch. 4 and 27
"""

from mlgov.rulekit import (
    Bound,
    Findings,
    Gate,
    Level,
    Metric,
    Project,
    Slo,
    abstain,
    level,
    metric_name,
    rule,
    same_percentile,
)
from mlgov_rules.deployment._ramps import is_other_environment, owner_of


@rule("DEP208", severity="WEE", sources=["S4-49"])
def gate_laxer_than_slo(gate: Gate, project: Project) -> Findings:
    metric = project.metric(gate.metric)
    if metric is None or gate.dry_run or gate.min is None and gate.max is None:
        return
    bounds = [b for b in _bounds(metric, project) if not is_other_environment(b, gate)]
    pairs = [
        (side, b) for side in ("min", "max") for b in bounds if None not in (getattr(gate, side), getattr(b, side))
    ]
    if not pairs:
        yield abstain(f"{metric.id} has neither an objective nor a bound on the side of the gate")
    for side, bound in pairs:
        passes, allowed = _passes(gate, side, metric), level(getattr(bound, side), metric.unit)
        if not passes.is_comparable_with(allowed):
            yield abstain("unknown unit of the gate")
        elif passes.is_laxer_than(allowed, side):
            unit = f" {gate.unit}" if gate.unit and not getattr(gate, side).unit else ""
            what = f"the objective {bound.id}" if isinstance(bound, Slo) else "the acceptable bound"
            message = (
                f"{owner_of(gate, project)} passes with {metric.id} {side} {gate.literal(side)}{unit}, "
                f"{what} is {side} {bound.literal(side)}"
            )
            yield gate.at(side), message, [bound.at(side)]
            return


def _bounds(metric: Metric, project: Project) -> list[Bound]:
    """The objectives of the same percentile, and the acceptable bound."""
    wanted = metric_name(metric.id or "").percentile
    slos = [s for s in project.serving.slos if project.metric(s.metric) is metric]
    same = [s for s in slos if not s.percentile or not wanted or same_percentile(s.percentile, wanted)]
    return [*same, *([metric.acceptable] if metric.acceptable else [])]


def _passes(gate: Gate, side: str, metric: Metric) -> Level:
    """The gate without its declared slack; a bare number of a native file has no unit."""
    unit = gate.unit or (metric.unit if gate.is_own else None)
    found = level(getattr(gate, side), unit)
    slack = level(gate.tolerance, unit).value if gate.tolerance is not None else 0.0
    return found._replace(value=found.value - abs(slack) if side == "max" else found.value + abs(slack))
