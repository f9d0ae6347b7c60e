"""A product that acts by itself must have limits, a human override and a safe state.

## Why
Nobody checks the single decision of an autonomous product, so limits around the model, a person who can stop it and a
state into which it falls when unsure are all that stands between an error and its harm. Asked as soon as the manifest
describes the serving, or from pre_launch on.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: mower}
product: {type: autonomous}
serving: {target: edge, override: stop button on the machine}
~~~

### one type among several, before launch
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: mower, stage: pre_launch}
product: {type: [software-2.0, autonomous]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: mower}
product: {type: autonomous}
serving:
  guardrails: [{id: speed_cap, description: never faster than 1 m per second}]
  override: stop button on the machine
  safe_state: blades stop, the machine stands still
~~~

### a person acts
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
product: {type: human-in-the-loop}
serving: {target: cloud}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: mower, stage: development}
product: {type: autonomous}
~~~

## Remedy
add `serving.guardrails`, `serving.override` and `serving.safe_state`

## References
S2-31, S3-24, S3-27; EU AI Act Article 14; NIST AI RMF MANAGE 2.4
"""

from mlgov.rulekit import Findings, Project, abstain, rule

PARTS = {"guardrails": "guardrails around the model", "override": "a human override", "safe_state": "a safe state"}


@rule("DEP210", severity="EEE", sources=["S2-31", "S3-24", "S3-27"])
def autonomous_without_guardrail(project: Project) -> Findings:
    if "autonomous" not in project.product.type:
        return
    if not project.book.is_own(("serving",)) and not project.reached("pre_launch"):
        yield abstain("serving is not described yet")
        return
    lacking = [] if project.is_excused("serving") else project.serving.lacks(*PARTS)
    if lacking:
        words = ", ".join(PARTS[part] for part in lacking)
        yield (
            project.at("product", "type"),
            f"the product is autonomous, but serving lacks {words}",
            [project.at("serving")],
        )
