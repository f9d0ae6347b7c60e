"""A service must have a fallback for when the model is slow, down or unsure, and it must not need the model.

## Why
A fallback that calls the same host fails together with it. Rules, a cache, a default value or a person do not. Batch
predictions are exempt: when a run fails, those of the last one are still there.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {mode: online}
~~~

### it depends on what it replaces
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving:
  endpoints: [{id: churn_api, service: churn-v2}]
  fallback: {kind: previous_model, depends_on: [churn-v2]}
~~~

### a fallback of kind none is none
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {mode: online, fallback: {kind: none}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving:
  endpoints: [{id: churn_api, service: churn-v2}]
  fallback: {kind: rules, depends_on: [desktop_rules]}
~~~

### a nightly report
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {mode: batch}
~~~

### a reason
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {mode: online, fallback: {not_applicable: {reason: the page simply shows no suggestion}}}
~~~

## Remedy
add a `fallback` (rules, cache, default_value, human) that does not depend on the model's own endpoint

## References
S0-54; NIST AI RMF MANAGE 2.4; EU AI Act Article 14
"""

from mlgov.rulekit import Findings, Project, Serving, presence
from mlgov_rules.deployment._ramps import is_offline


@presence("DEP004", "serving", severity="-WE", stage="pre_launch", sources=["S0-54"])
def fallback_missing(serving: Serving, project: Project) -> Findings:
    if is_offline(project) or serving.mode == "batch":
        return
    fallback = serving.fallback
    if fallback is None:
        if serving.lacks("fallback"):
            yield serving.at("fallback"), "serving has no fallback for when the model is slow, down or unsure"
        return
    if fallback.lacks("kind") or fallback.kind == "none":
        yield fallback.at("kind"), "the fallback has no kind: nothing answers when the model is slow, down or unsure"
        return
    own = {name: e for e in serving.endpoints for name in (e.id, e.service) if name}
    for i, needed in enumerate(fallback.depends_on):
        if needed in own:
            message = f"the fallback {fallback.kind} depends on {needed}, the endpoint of the model itself"
            yield fallback.at("depends_on", i), message, [own[needed].at()]
