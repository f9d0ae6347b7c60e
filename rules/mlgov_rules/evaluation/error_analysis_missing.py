"""Somebody must have looked at the errors, and must be able to explain a prediction.

## Why
Those who use a model will ask why it said what it said, and where it goes wrong. Without an answer they cannot tell a
bad day from a broken model.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}]
  explainability: {local: SHAP values per score}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}]
  error_analysis: https://example.org/churn/errors
  explainability: {local: SHAP values per score, global: {not_applicable: {reason: a single rule}}}
~~~

## Remedy
link the error analysis, and say how single predictions and the model as a whole are explained

## References
S1-30, S1-31, S1-32, S3-42, S3-43, S0-06; Rules of ML #26; NIST AI RMF MEASURE 2.9
"""

from mlgov.rulekit import Explainability, Findings, Project, presence


@presence(
    "EVA005",
    "evaluation",
    severity="-IE",
    stage="validation",
    sources=["S1-30", "S1-31", "S1-32", "S3-42", "S3-43", "S0-06"],
)
def error_analysis_missing(project: Project) -> Findings:
    lacking = [field.replace("_", " ") for field in project.evaluation.lacks("error_analysis")]
    if not project.is_excused("evaluation.explainability"):
        lacking += _unexplained(project.evaluation.explainability)
    if lacking:
        yield project.at("evaluation"), f"no {', no '.join(lacking)}"


def _unexplained(explained: Explainability | None) -> list[str]:
    fields = explained.lacks("local", "global_") if explained else ["local", "global_"]
    return [f"{field.rstrip('_')} explanation" for field in fields]
