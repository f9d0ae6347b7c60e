"""A baseline must not be replaced by a weaker one.

## Why
A model improves on paper when what it is compared with gets worse.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: gbm, kind: simple_model, results: [{metric: roc_auc, value: 0.85, dataset: test, split: test}]}
data: {datasets: [{id: test, role: test, version: v1}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: dummy, kind: majority_class, results: [{metric: roc_auc, value: 0.5, dataset: test, split: test}]}
data: {datasets: [{id: test, role: test, version: v1}]}
~~~

### minimise; the strongest of two goes away
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: demand}
metrics: [{id: mae, direction: minimize}]
baselines:
- {id: naive, kind: heuristic, results: [{metric: mae, value: 12, split: test}]}
- {id: gbm, kind: simple_model, results: [{metric: mae, value: 7, split: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: demand}
metrics: [{id: mae, direction: minimize}]
baselines:
- {id: naive, kind: heuristic, results: [{metric: mae, value: 12, split: test}]}
~~~

## Passes
### renamed, in percent, and a stronger one beside it
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: gbm, kind: simple_model, results: [{metric: roc_auc, value: 0.85, split: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: churn_1_3, kind: previous_model, results: [{metric: roc_auc, value: 0.87, split: test}]}
- {id: boosting, kind: simple_model, results: [{metric: roc_auc, split: test, value: 85%}]}
~~~

### measured anew on another test set
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: gbm, kind: simple_model, results: [{metric: roc_auc, value: 0.85, dataset: test, split: test}]}
data: {datasets: [{id: test, role: test, version: v1}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: gbm_2, kind: simple_model, results: [{metric: roc_auc, value: 0.82, dataset: test, split: test}]}
data: {datasets: [{id: test, role: test, version: v2}]}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: gbm, kind: simple_model, results: [{metric: own_score, value: 0.85, split: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: dummy, kind: majority_class, results: [{metric: own_score, value: 0.5, split: test}]}
~~~

## Remedy
keep the stronger baseline beside the new one; or say in process.changes why it is no fair comparison any more

## References
S3-32; ML Test Score Model 5
"""

from collections.abc import Iterator
from typing import Any

from mlgov.rulekit import Baseline, Change, Findings, MetricResult, Project, abstain, metric_name, rule

from ._words import approval

# what is measured, and what it is called, by what it is about
Best = dict[tuple[Any, ...], tuple[float, MetricResult, Baseline]]


@rule("CHG511", severity="WEE", sources=["S3-32"])
def baseline_weakened(change: Change) -> Findings:
    gone = {id(b) for b in change.gone(Baseline)}
    left = _best(change.head)
    for about, (old, result, baseline) in _best(change.base).items():
        if id(baseline) not in gone or about not in left or approval(change, baseline.subject):
            continue
        new, other, weaker = left[about]
        better = _better(change.head, other)
        if better is None:
            if old != new:
                yield abstain(f"unknown direction of {result.metric}")
        elif new < old if better == "maximize" else new > old:
            values = f"{result.literal('value')} to {other.literal('value')}"
            words = f"baseline {baseline.id} is replaced by the weaker {weaker.id} ({result.metric} {values})"
            yield other.at("value"), words, [result.at("value")]


def _best(project: Project) -> Best:
    """The strongest baseline of each metric, data set and slice."""
    found: Best = {}
    for about, value, result, baseline in _measured(project):
        if about not in found or (value > found[about][0]) == (_better(project, result) != "minimize"):
            found[about] = (value, result, baseline)
    return found


def _measured(project: Project) -> Iterator[tuple[tuple[Any, ...], float, MetricResult, Baseline]]:
    for baseline in project.records(Baseline):
        for result in baseline.results:
            if result.metric and result.value is not None:
                key = project.comparer.key(result)
                about = (
                    key.metric,
                    key.average,
                    key.k,
                    key.threshold,
                    key.dataset,
                    key.split,
                    key.slice,
                    key.dataset_version,
                )
                yield about, project.comparer.value(result), result, baseline


def _better(project: Project, result: MetricResult) -> str | None:
    metric, known = project.metric(result.metric), metric_name(result.metric or "").known
    return metric.better if metric else known.direction if known else None
