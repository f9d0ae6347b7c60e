"""A document that sets a target must not report that it is missed.

Target and value are compared where one file states both for the same metric and slice, on test data or data of an
unstated split. Of several models or variants one that reaches the target is enough.

## Why
A table with the target beside a smaller value was written by somebody who saw both. Either the model is not ready, or
the target was given up without saying so.

## Fails
~~~markdown MODEL_CARD.md
# Model card: churn

### Results
| Metric | Train | Test | Target |
|---|---|---|---|
| Recall | 0.667 | 0.536 | ≥ 0.60 |
| ROC AUC | 0.872 | 0.853 | ≥ 0.80 |
~~~

### less is better, in percent
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
evaluation:
  acceptance: [{id: mape, metric: mape, max: 15%}]
  results: [{metric: mape, value: 0.276, split: test}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
evaluation:
  slices: [{id: old, attribute: age, value: old}]
  acceptance: [{id: mape, metric: mape, max: 15%}]
  results:
  - {metric: MAPE, value: 0.149, split: test}
  - {metric: MAPE, value: 0.16, split: validation}
  - {metric: MAPE, value: 0.31, split: test, slice: old}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
evaluation:
  acceptance: [{id: mape, metric: mape, max: 15%}]
  results: [{metric: mape, value: 14.1, split: test}]
~~~

## Remedy
improve the model until it reaches the target, or change the target with a reason and an approver

## References
S4-09; EU AI Act Annex IV 2(g)
"""

from mlgov.rulekit import AcceptanceCriterion, Findings, MetricResult, Project, abstain, rule
from mlgov_rules.evaluation._bounds import broken, unclear
from mlgov_rules.evaluation._documents import file_of, is_superseded, label
from mlgov_rules.evaluation._figures import against_bounds
from mlgov_rules.evaluation._splits import split_of


@rule("EVA213", severity="WEE", sources=["S4-09"], implies=["EVA203"])
def own_target_missed(criterion: AcceptanceCriterion, project: Project) -> Findings:
    results = _judged(criterion, project)
    if any(unclear(r, criterion, project) for r in results):
        yield abstain(f"{label(results[0])}: the target may be in another unit")
        return
    missed = [(r, b) for r in results if (b := broken(project.comparer.value(r), criterion, r, project))]
    if not missed or len(missed) < len(results) and len({r.variant for r in results}) > 1:
        return
    (result, bound), file = missed[0], criterion.at().file
    words = f"{file} sets {label(result)} {bound.words} and itself reports {result.literal('value')}"
    places = [bound.origin, *(r.at("value") for r, _ in missed[1:])]
    yield result.at("value"), words, places, against_bounds(result, [criterion], project)


def _judged(criterion: AcceptanceCriterion, project: Project) -> list[MetricResult]:
    """The results of the same file that the criterion is about: on the test split, else of an unstated one."""
    alike, file = project.comparer.named_alike, criterion.at().file
    about = [r for r in project.results if r.slice == criterion.slice and alike(r.metric, criterion.metric)]
    here = [r for r in about if file_of(r) == file and not is_superseded(r, project)]
    for split in ("test", None, "validation"):
        if found := [r for r in here if split_of(r, project) == split]:
            return found
    return []
