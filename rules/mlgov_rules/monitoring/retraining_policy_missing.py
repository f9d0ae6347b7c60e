"""It must be said what starts a new training: a trigger, a cadence, or how old a model may get.

## Why
A model that nothing renews is renewed after the first incident. A trigger, a rhythm or an age limit each is a policy.

For a static task say `not_applicable` with the reason.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
feedback: {labels: {source: billing, delay: 30d}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
feedback: {retraining: {cadence: 90d}}
~~~

### a static task
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: digits, stage: pre_launch}
feedback: {retraining: {not_applicable: {reason: the shape of digits does not change}}}
~~~

## Remedy
state `feedback.retraining.triggers`, `cadence` or `staleness_limit`

## References
S2-33, S0-12; ML Test Score M4, Mon 4
"""

from mlgov.rulekit import Findings, Project, missing_at, presence


@presence("MON006", "feedback", severity="-WE", stage="pre_launch", sources=["S2-33", "S0-12"])
def retraining_policy_missing(project: Project) -> Findings:
    message = "nothing says when the model is trained again: no {}"
    yield from missing_at(project, "feedback.retraining", message, any_of=("triggers", "cadence", "staleness_limit"))
