"""There must be cases of abuse with a mitigation, and a test under worse conditions.

A batch product (`serving.mode: batch`) is not asked: nobody outside sends it inputs.

## Why
The world sends other inputs than the test set: shifted, damaged, or made by people who want something from the model.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}]
~~~

### a case without a mitigation
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  abuse_cases: [{id: lookup, description: staff read scores of acquaintances}]
  robustness: [{id: prices, kind: shift, result: {metric: recall, value: 0.79}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  abuse_cases: [{id: lookup, description: staff read scores of acquaintances, mitigation: access log}]
  robustness: [{id: prices, kind: shift}]
~~~

### a batch product
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
serving: {mode: batch}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}]
~~~

## Remedy
list how the product could be misused and what is done about it, and test it on shifted or adversarial data

## References
S4-46, S2-22, S3-27; EU AI Act Article 15; NIST AI RMF MEASURE 2.6, 2.7
"""

from mlgov.rulekit import Findings, Project, missing, presence


@presence("EVA004", "evaluation", severity="-WE", stage="validation", sources=["S4-46", "S2-22", "S3-27"])
def abuse_robustness_missing(project: Project) -> Findings:
    if project.serving.mode == "batch":
        return
    yield from missing(project.evaluation, "evaluation lacks {}", "abuse_cases", "robustness")
    for case in project.evaluation.abuse_cases:
        yield from missing(
            case, f"abuse case {case.id or ''} lacks {{}}".replace("  ", " "), "description", "mitigation"
        )
    for test in project.evaluation.robustness:
        yield from missing(test, f"robustness test {test.id or ''} lacks {{}}".replace("  ", " "), "kind")
