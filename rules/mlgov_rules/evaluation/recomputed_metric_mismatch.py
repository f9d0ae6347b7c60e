"""A stated metric must be the one that the predictions give.

With `--data` each result whose `source` is a file of predictions, and each one about the data that
`evaluation.predictions` holds, is computed again by scikit-learn: with the declared averaging, rank, threshold and slice.
It must agree at its printed precision, rounded or cut off, with one of the usual definitions of the metric. Other counts
of items than stated are reported as well.

## Why
Documents can agree with each other and still be wrong: only the predictions tell what the model does.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
evaluation:
  predictions: {file: predictions.csv, target: churned, prediction: said}
  results: [{metric: accuracy, value: 0.95, split: test}]
~~~
~~~csv predictions.csv
churned,said
1,1
1,0
0,0
0,0
~~~

### the source of a result, and a slice of it
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
evaluation:
  slices: [{id: old, attribute: age, value: old}]
  results: [{metric: mae, value: 1.0, slice: old, source: {file: predictions.csv}}]
~~~
~~~csv predictions.csv
y_true,y_pred,age
10,10,new
10,12,old
20,24,old
~~~

### another number of items
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  predictions: {file: predictions.csv, positive_class: gone}
  results: [{metric: recall, value: 0.5, n: 400, split: test}]
~~~
~~~csv predictions.csv
label,prediction
gone,gone
gone,stays
stays,stays
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
evaluation:
  predictions: {file: predictions.csv, target: churned, prediction: said}
  results: [{metric: accuracy, value: 0.67, split: test, n: 3}, {metric: churn calls, value: 12}]
~~~
~~~csv predictions.csv
churned,said
1,1
1,0
0,0
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
evaluation:
  predictions: {file: predictions.csv, target: churned, prediction: said}
  results: [{metric: roc_auc, value: 0.95, split: test}]
~~~
~~~csv predictions.csv
churned,said
1,1
0,0
~~~

## Remedy
state the recomputed number everywhere, or name the predictions that the stated one comes from

## References
S1-34; EU AI Act Annex IV 2(g)
"""

from mlgov.rulekit import Findings, MeasuredMetric, MetricResult, Project, abstain, rule
from mlgov_rules.evaluation._documents import label

_NOISE = 1e-9


@rule("EVA401", severity="-WE", sources=["S1-34"])
def recomputed_metric_mismatch(measured: MeasuredMetric, project: Project) -> Findings:
    stated = _statement(measured, project)
    if stated is None:
        return
    if measured.lack:
        yield abstain(f"{label(stated)} cannot be computed from {measured.path}: {measured.lack}")
        return
    if not any(_agrees(stated, value, project) for value in measured.values):
        if any(_agrees(stated, value * by, project) for value in measured.values for by in (0.01, 100)):
            yield abstain(f"{label(stated)}: unknown unit, it is a hundred times the recomputed one or a hundredth")
            return
        message = (
            f"{label(stated)} = {stated.literal('value')}, recomputed from {measured.path} it is {_words(measured)}"
        )
        yield stated.at("value"), message, [measured.at()]
    elif stated.n is not None and not stated.n.approximate and int(stated.n) != measured.n:
        message = f"{label(stated)} is said to be of {stated.literal('n')} items, {measured.path} has {measured.n}"
        yield stated.at("n"), message, [measured.at()]


def _statement(measured: MeasuredMetric, project: Project) -> MetricResult | None:
    """The result that was recomputed."""
    stated = [*project.statements, *(r for baseline in project.baselines for r in baseline.results)]
    return next((r for r in stated if r.path == measured.about), None)


def _agrees(stated: MetricResult, value: float, project: Project) -> bool:
    """True if the printed number may be the value, rounded or cut off."""
    claimed = project.comparer.printed(stated)
    if claimed is None:
        return True
    half = abs(claimed[1] - claimed[0]) / 2 + _NOISE * max(1.0, abs(value))
    return claimed[0] - half <= value <= claimed[1] + half


def _words(measured: MeasuredMetric) -> str:
    """The number with its interval."""
    value = f"{measured.values[0]:.6g}"
    known = measured.low is not None and measured.high is not None
    limits = f", 95% interval {measured.low:.4g} to {measured.high:.4g} by {measured.method}" if known else ""
    return f"{value} (n = {measured.n}{limits})"
