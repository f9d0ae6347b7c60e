"""A gate of the rollout must guard a metric or a signal that the project defines.

## Why
A gate on a name that nothing measures never closes: the stage passes whatever the model does. Gates of native files
bring their own query, so only those in mlgov's format are looked up.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate}]
rollout:
  stages: [{id: canary, kind: canary, gates: [{metric: error_budget, max: 1%}]}]
~~~

### a gate of a template
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95}]
rollout:
  templates: [{name: quick, gates: [{metric: latency_p99, max: 200ms}]}]
~~~

### a misspelt name
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate}]
rollout:
  stages: [{id: canary, kind: canary, gates: [{metric: eror_rate, max: 1%}]}]
~~~

## Fixed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate}]
rollout:
  stages: [{id: canary, kind: canary, gates: [{metric: error_rate, max: 1%}]}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: error_rate, aliases: [errors_per_request]}]
monitoring: {signals: [{id: input_drift, kind: data_drift}]}
rollout:
  stages:
  - {id: canary, kind: canary, gates: [{metric: errors_per_request, max: 1%}, {metric: input_drift, max: 0.2}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages: [{id: canary, kind: canary, gates: [{metric: error_budget, max: 1%}]}]
~~~

## Remedy
define the metric in `metrics` (or the signal in `monitoring.signals`), or correct the name in the gate

## References
S2-31, S4-49; Kohavi, Tang, Xu 2020, ch. 21
"""

from mlgov.rulekit import Findings, Gate, Project, abstain, hint, meant, rule
from mlgov_rules.deployment._ramps import owner_of


@rule("DEP202", severity="EEE", sources=["S2-31", "S4-49"], implies=["FRM201", "INT006"])
def rollout_guardrail_undefined(gate: Gate, project: Project) -> Findings:
    if not gate.metric or not gate.is_own or project.metric(gate.metric):
        return
    known = [*project.ids("metrics"), *project.ids("monitoring.signals")]
    if not any(metric.is_own for metric in project.metrics):
        yield abstain("the project defines no metrics of its own")
    elif gate.metric not in known:
        words = (
            f"{owner_of(gate, project)} guards {gate.metric}, which is neither a defined metric nor a monitored signal"
        )
        message = words + hint(gate.metric, known)
        yield gate.at("metric"), message, [], meant(gate.metric, known, gate.at("metric"))
