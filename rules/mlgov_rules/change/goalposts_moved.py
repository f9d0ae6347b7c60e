"""A limit must not be loosened in the same change as the results that it judges.

## Why
A bound that moves together with the number it judges always fits. Only a limit that stood before the result was known
is a promise; this is what pre-registration is for.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.90}}]
evaluation: {results: [{metric: recall, value: 0.91, split: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.84}}]
evaluation: {results: [{metric: recall, value: 0.85, split: test}]}
~~~

### the margin of a running experiment
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: complaint_rate, direction: minimize, unit: fraction, definition: complaints per call}]
experiments: [{id: ab, guardrails: [{metric: complaint_rate, margin: 0.005}]}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: complaint_rate, direction: minimize, unit: fraction, definition: complaints per call}]
experiments: [{id: ab, guardrails: [{metric: complaint_rate, margin: 1%}]}]
evaluation: {results: [{metric: complaint_rate, value: 0.018, split: online}]}
~~~

## Passes
### a stricter bound
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.80}}]
evaluation: {results: [{metric: recall, value: 0.91, split: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.84}}]
evaluation: {results: [{metric: recall, value: 0.85, split: test}]}
~~~

### the bound in other words and another file, with new results
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: ms, acceptable: {max: 200}}]
evaluation: {results: [{metric: latency_p95, value: 190}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation: {results: [{value: 0.15s, metric: latency_p95}]}
~~~
~~~yaml after/governance/metrics.yaml
apiVersion: mlgov/v1
metrics:
- acceptable: {max: 0.2}
  unit: s
  id: latency_p95
~~~

### the results did not change
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.90}}]
evaluation: {results: [{metric: recall, value: 0.910, split: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.84}}]
evaluation: {results: [{split: test, value: 91%, metric: recall}]}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency, acceptable: {max: 200}}]
evaluation: {results: [{metric: latency, value: 190}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency, acceptable: {max: 500ms}}]
evaluation: {results: [{metric: latency, value: 300ms}]}
~~~

## Remedy
restore the limit; move it in a change of its own, with a reason and an approver, before the results are known

## References
S3-25, S3-38; Kerr 1998 (HARKing); Kohavi, Tang, Xu 2020, ch. 3
"""

from mlgov.rulekit import Change, Findings, MetricResult, abstain, moves, rule

from ._words import new_results

JUDGING = ("target", "acceptable", "acceptance criterion", "improvement", "mde", "margin")


@rule("CHG501", severity="WEE", sources=["S3-25", "S3-38"], implies=["CHG502"])
def goalposts_moved(change: Change) -> Findings:
    judged: dict[str, MetricResult] = {}
    for result in new_results(change):
        judged.setdefault(change.head.metric_id(result.metric), result)
    for move in moves(change):
        if move.kind not in JUDGING or move.metric not in judged:
            continue
        result = judged[move.metric]
        if move.looser is None:
            yield abstain(f"unknown unit: {move.subject} changed from {move.words}")
        elif move.looser:
            words = (
                f"{move.subject} is looser ({move.words}) in the same change as the result {result.literal('value')}"
            )
            yield move.at, f"{words} that it judges", [move.was, result.at("value")]
