"""A supervised task must say what its label is and where it comes from.

## Why
The label is what the model learns: without its definition and its time window nobody can tell what a score means.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
framing: {learning_type: supervised}
data:
  datasets: [{id: train_2026}]
~~~

### the definition is missing
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
framing: {learning_type: supervised}
data:
  labels: {name: churned_30d, source: automatic, definition: TODO}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
framing: {learning_type: supervised}
data:
  labels: {name: churned_30d, source: automatic, definition: contract cancelled within 30 days after the snapshot}
~~~

### nothing is labelled
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: segments, stage: development}
framing: {learning_type: self-supervised}
data:
  datasets: [{id: train_2026}]
~~~

## Remedy
state `name`, `definition` and `source` of the label

## References
S4-33, S4-37, S4-17; Gebru 2018
"""

from mlgov.rulekit import Findings, Project, missing_at, presence

_LABELLED = ("supervised", "semi-supervised")


@presence("DAT002", "data", severity="WEE", stage="development", sources=["S4-33", "S4-37", "S4-17"])
def label_source_missing(project: Project) -> Findings:
    if project.framing.learning_type in _LABELLED:
        message = f"the task is {project.framing.learning_type}, but the label lacks {{}}"
        yield from missing_at(project, "data.labels", message, "name", "definition", "source")
