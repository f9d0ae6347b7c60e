"""A slice below the acceptable bound must stand among the known limitations.

A limitation discloses a slice by `slice`, or by a statement that holds the words of its id or value. A slice with a
release criterion of its own is judged by that instead (EVA203).

## Why
A model that does not work for a group may still be useful, as long as those who use it for that group know.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.80}}]
evaluation:
  slices: [{id: over_65, attribute: age, value: over 65}]
  limitations: [{id: new, statement: not valid for accounts younger than 30 days}]
  results: [{metric: recall, value: 60%, split: test, slice: over_65}]
~~~

### less is better
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: parcels}
metrics: [{id: mae, unit: h, acceptable: {max: 6}}]
evaluation:
  slices: [{id: islands, attribute: region, value: islands}]
  results: [{metric: mae, value: 9.5, split: test, slice: islands}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.80}}]
evaluation:
  slices: [{id: over_65, attribute: age, value: over 65}, {id: under_18, attribute: age, value: under 18}]
  limitations:
  - {id: old, statement: misses four in ten customers over 65}
  - {id: young, statement: few examples, slice: under_18}
  results:
  - {metric: recall, value: 0.60, split: test, slice: over_65}
  - {metric: recall, value: 0.70, split: test, slice: under_18}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.80}}]
evaluation:
  slices: [{id: over_65, attribute: age, value: over 65}]
  results: [{metric: recall, value: 0.60, split: train, slice: over_65}]
~~~

## Remedy
name the slice under `evaluation.limitations`, and improve the model for it

## References
S3-44, S0-50; Mitchell et al. 2019, caveats; EU AI Act Annex IV 3
"""

from mlgov.rulekit import Bound, Findings, MetricResult, Project, abstain, rule
from mlgov_rules.evaluation._bounds import broken, criteria, unclear
from mlgov_rules.evaluation._documents import is_first, is_superseded, label
from mlgov_rules.evaluation._slices import words
from mlgov_rules.evaluation._splits import split_of


@rule("EVA211", severity="IWE", sources=["S3-44", "S0-50"])
def failing_slice_undisclosed(result: MetricResult, project: Project) -> Findings:
    bound = _bound(result, project)
    if bound is None or result.owner != "evaluation" or not is_first(result, project) or is_superseded(result, project):
        return
    missed = broken(project.comparer.value(result), bound, result, project)
    if missed is None or _is_disclosed(result, project):
        return
    if split_of(result, project) in ("train", "validation", "cross_validation") or unclear(result, bound, project):
        yield abstain(f"{label(result)}: the bound is judged on the test split, in the unit of the metric")
        return
    said = f"{label(result)} = {result.literal('value')} does not reach the {missed.words}"
    yield (
        result.at("value"),
        f"{said}, and no limitation names the slice",
        [missed.origin, project.at("evaluation", "limitations")],
    )


def _bound(result: MetricResult, project: Project) -> Bound | None:
    metric = project.metric(result.metric)
    if not result.slice or any(c.min is not None or c.max is not None for c in criteria(result, project)):
        return None
    return metric.acceptable if metric else None


def _is_disclosed(result: MetricResult, project: Project) -> bool:
    defined = next((s for s in project.evaluation.slices if s.id == result.slice), None)
    names = [words(result.slice), words(defined.value) if defined else set()]
    for limitation in project.evaluation.limitations:
        said = words(limitation.statement)
        if limitation.slice == result.slice or any(name and name <= said for name in names):
            return True
    return False
