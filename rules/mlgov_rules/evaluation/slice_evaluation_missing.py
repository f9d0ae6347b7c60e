"""There must be results by slice.

Segments of customers, kinds of input, groups of persons: any slice with a result is enough. A product without person
data says so with `evaluation.fairness.no_person_data: {reason}`.

## Why
A mean hides the group for which the model does not work, and that group will find out first.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}]
~~~

### slices that nothing was measured on
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  slices: [{id: new_customers, attribute: tenure, value: under 90 days}]
  results: [{metric: recall, value: 0.84, split: test}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  slices: [{id: new_customers, attribute: tenure, value: under 90 days}]
  results: [{metric: recall, value: 0.71, split: test, slice: new_customers}]
~~~

### nobody is in the data
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: turbines, stage: validation}
evaluation:
  fairness: {no_person_data: {reason: vibration of turbines}}
  results: [{metric: recall, value: 0.84, split: test}]
~~~

## Remedy
add results for the segments that matter, such as countries, devices or groups of persons

## References
S4-45, S3-44; ML Test Score Model 6 and 7; Mitchell et al. 2019, factors; EU AI Act Annex IV 3
"""

from mlgov.rulekit import Findings, Project, presence


@presence("EVA003", "evaluation", severity="IWE", stage="validation", sources=["S4-45", "S3-44"])
def slice_evaluation_missing(project: Project) -> Findings:
    fairness = project.evaluation.fairness
    if fairness and fairness.no_person_data or any(r.slice for r in project.results):
        return
    defined = [s.id for s in project.evaluation.slices if s.id]
    words = f"no result is cut by {' or '.join(defined)}" if defined else "no result by slice"
    yield project.at("evaluation"), words, [s.at() for s in project.evaluation.slices]
