"""A test set must not be asked so often that the best answer is luck.

The count is how many commits touched the file of the result, and the optimism of the best of k results is at most
sqrt(2 ln k) standard errors: a heuristic from above, not a measurement.

## Why
Every look at a test set chooses among models a little. After many looks the best result is better than the model.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, unit: fraction}]
evaluation: {results: [{metric: accuracy, value: 0.90, split: test, n: 500, dataset_version: v1}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, unit: fraction}]
evaluation: {results: [{metric: accuracy, value: 0.92, split: test, n: 500, dataset_version: v1}]}
~~~

## Passes
### on validation data, and on a new test set
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, unit: fraction}]
evaluation:
  results:
  - {metric: accuracy, value: 0.90, split: test, n: 500, dataset_version: v1}
  - {metric: accuracy, value: 0.91, split: validation, n: 500}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, unit: fraction}]
evaluation:
  results:
  - {metric: accuracy, value: 0.92, split: test, n: 500, dataset_version: v2}
  - {metric: accuracy, value: 0.93, split: validation, n: 500}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation: {results: [{metric: accuracy, value: 0.90, split: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation: {results: [{metric: accuracy, value: 0.92, split: test}]}
~~~

## Options
* `evaluations` (default 20): from how many looks on it is said

## Remedy
choose on validation data, and rotate the test set

## References
S4-41; Dwork et al. 2015 (reusable holdout); Recht et al. 2019
"""

import math

from mlgov.rulekit import Change, Findings, MetricResult, abstain, rule, same_version

from ._words import FETCH, new_results


@rule("CHG517", severity="-IW", sources=["S4-41"], stricter={"evaluations": "lower"})
def test_set_overuse(change: Change, *, evaluations: int = 20) -> Findings:
    for result in new_results(change):
        if change.head.comparer.key(result).split != "test" or result.slice or _is_new_set(change, result):
            continue
        looks = change.commits(result.at("value").file)
        if not looks:
            yield abstain(f"how often the test set was used is not known: {FETCH}")
        elif looks >= evaluations and result.n is None:
            yield abstain(f"unknown n of {result.metric}")
        elif looks >= evaluations and (luck := _luck(change.head.comparer.value(result), looks, float(result.n or 0))):
            words = f"{looks} evaluations on one test set of {result.literal('n')}: the best {result.metric} may be luck of up to"
            yield result.at("value"), f"{words} {luck:.3f} (sqrt(2 ln {looks}) standard errors)"


def _is_new_set(change: Change, result: MetricResult) -> bool:
    """True if the data set has another version than before: the count begins again."""
    new = change.head.comparer.key(result)
    before = [change.base.comparer.key(r) for r in change.base.results]
    old = next(
        (
            k
            for k in before
            if (k.metric, k.dataset, k.split, k.slice) == (new.metric, new.dataset, new.split, new.slice)
        ),
        None,
    )
    if old is None:
        return True
    return not (old.dataset_version == new.dataset_version or same_version(old.dataset_version, new.dataset_version))


def _luck(value: float, looks: int, n: float) -> float:
    """The upper bound for a proportion; 0 for other numbers."""
    if not (0 < value < 1 and n > 0 and looks > 1):
        return 0.0
    return math.sqrt(2 * math.log(looks)) * math.sqrt(value * (1 - value) / n)
