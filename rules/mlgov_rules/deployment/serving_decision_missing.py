"""The serving section must decide where and how the model answers, and whether it is made smaller, with reasons.

## Why
Cloud or device, online or batch, full size or quantised: these choices fix latency, privacy, cost and what can be
monitored. Made by nobody, they are made by the first prototype. "Not compressed" is a decision as well, with its reason.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
~~~

### no reason, no mode
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {target: cloud, compression: {method: none, reason: 45 ms are enough}}
~~~

### not compressed, without a reason
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {target: cloud, rationale: the data live there, mode: online, compression: {method: none}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {target: on_device, rationale: typed text stays private, mode: online, compression: {method: quantization, variant: int8}}
~~~

### an offline analysis is not served
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
problem: {constraints: {platform: none}}
~~~

## Remedy
state `target`, `rationale`, `mode` and `compression` (method `none` with a `reason` is an answer)

## References
S4-47, S4-48, S4-50, S4-07; EU AI Act Annex IV 1(d-e)
"""

from mlgov.rulekit import Findings, Project, Serving, missing, presence
from mlgov_rules.deployment._ramps import is_offline


@presence(
    "DEP001", "serving", severity="-WE", stage="pre_launch", lead=True, sources=["S4-47", "S4-48", "S4-50", "S4-07"]
)
def serving_decision_missing(serving: Serving, project: Project) -> Findings:
    if is_offline(project):
        return
    yield from missing(serving, "serving lacks {}", "target", "rationale", "mode", "compression")
    compression = serving.compression
    if compression and compression.lacks("method"):
        yield compression.at(), "the decision about compression lacks its method"
    elif compression and compression.method == "none" and compression.lacks("reason"):
        yield compression.at("method"), "compression method none has no reason"
