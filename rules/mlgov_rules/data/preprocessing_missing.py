"""The data section must say how data are prepared and how missing values are handled.

## Why
Whoever serves the model has to repeat every step, and a silent imputation is where training and serving part.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  datasets: [{id: train_2026}]
~~~

### features of several types
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  features: [{name: tenure, dtype: numeric}, {name: plan, dtype: categorical}]
  preprocessing: {steps: [clip charges], missing: median}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  features: [{name: tenure, dtype: numeric}, {name: plan, dtype: categorical}]
  preprocessing: {steps: [clip charges], missing: median, mixed_types: one-hot for categories}
~~~

### nothing is done, and that is said
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  features: [{name: tenure, dtype: numeric}]
  preprocessing: {steps: [none], missing: none}
~~~

## Remedy
state the steps, what happens to missing values and, where features are of several types, how they are combined

## References
S4-22, S4-23, S4-24; Gebru 2018, Preprocessing
"""

from mlgov.rulekit import Findings, Project, missing_at, presence


@presence("DAT003", "data", severity="IWE", stage="development", sources=["S4-22", "S4-23", "S4-24"])
def preprocessing_missing(project: Project) -> Findings:
    types = {feature.dtype for feature in project.data.features if feature.dtype}
    fields = ["steps", "missing"] + (["mixed_types"] if len(types) > 1 else [])
    yield from missing_at(project, "data.preprocessing", "the preprocessing of the data lacks {}", *fields)
