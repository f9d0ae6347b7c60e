"""A limit must be loosened only with a reason and an approver.

## Why
A loosened alert, gate or bound is the quietest way to make a check pass. The entry in `process.changes` tells the next
reader that somebody decided it, and why; an entry of an earlier change does not count again.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms, acceptable: {max: 200}}]
monitoring: {alerts: [{name: Slow, metric: latency_p95, op: gt, threshold: 200ms}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms, acceptable: {max: 200}}]
monitoring: {alerts: [{name: Slow, metric: latency_p95, op: gt, threshold: 500ms}]}
~~~

### a gate and a limit of fairness that are gone
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: fraction, direction: minimize, acceptable: {max: 1%}}]
evaluation: {fairness: {limits: [{measure: demographic_parity_difference, attribute: age, max: 0.1}]}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: fraction, direction: minimize}]
~~~

## Passes
### with a reason and an approver
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: fraction, direction: minimize, acceptable: {max: 0.01}}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: fraction, direction: minimize, acceptable: {max: 0.02}}]
process: {changes: [{path: "metrics[error_rate].acceptable", reason: the new gateway retries, approved_by: eva}]}
~~~

### tightened, reordered and in other units
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms, acceptable: {max: 200}}, {id: error_rate, unit: percent, acceptable: {max: 2}}]
evaluation:
  fairness:
    limits:
    - {measure: demographic_parity_difference, attribute: age, max: 0.1}
    - {measure: demographic_parity_difference, attribute: sex, max: 0.2}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, unit: fraction, acceptable: {max: 0.01}}, {acceptable: {max: 0.2s}, id: latency_p95, unit: s}]
evaluation:
  fairness:
    limits:
    - {attribute: sex, measure: demographic_parity_difference, max: 20%}
    - {attribute: age, measure: demographic_parity_difference, max: 0.1}
~~~

### the metric has another name
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: rec, type: recall, acceptable: {min: 0.9}}]
evaluation: {acceptance: [{id: ship, metric: rec, min: 0.9}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall_all, type: recall, acceptable: {min: 90%}}]
evaluation: {acceptance: [{id: ship, metric: recall_all, min: 0.9}]}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {alerts: [{name: Slow, op: gt, threshold: 200}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {alerts: [{name: Slow, op: gt, threshold: 500ms}]}
~~~

## Remedy
restore the limit, or add an entry to process.changes with its path, the reason and an approver

## References
S4-57; NIST AI RMF MANAGE 4.2
"""

from collections.abc import Iterator

from mlgov.rulekit import (
    AcceptanceCriterion,
    Change,
    FairnessLimit,
    Findings,
    Metric,
    Origin,
    Record,
    Slo,
    abstain,
    moves,
    rule,
)

from ._words import approval


@rule("CHG502", severity="IWE", sources=["S4-57"])
def threshold_loosened(change: Change) -> Findings:
    if change.removed:
        return
    for move in moves(change):
        if approval(change, move.subject):
            continue
        if move.looser is None:
            yield abstain(f"unknown unit or operator: {move.subject} changed from {move.words}")
        elif move.looser:
            words = f"{move.subject} is loosened ({move.words}) without an approved reason in process.changes"
            yield move.at, words, [move.was]
    for subject, bound, was in _gone(change):
        if not approval(change, subject):
            words = f"{subject} is gone ({bound} removed) without an approved reason in process.changes"
            yield change.head.at(), words, [was]


def _gone(change: Change) -> Iterator[tuple[str, str, Origin]]:
    """The limits that went away with their whole record; guardrails are the business of CHG503."""
    for metric in change.gone(Metric):
        if metric.acceptable and metric.role != "guardrail":
            yield f"{metric.subject}.acceptable", _bound(metric, "acceptable"), metric.at("acceptable")
    for kind in (AcceptanceCriterion, FairnessLimit, Slo):
        for record in change.gone(kind):
            if bound := _bound(record):
                yield record.subject, bound, record.at()


def _bound(record: Record, *steps: str) -> str:
    said = [f"{side} {record.literal(*steps, side)}" for side in ("min", "max") if record.literal(*steps, side)]
    return ", ".join(said)
