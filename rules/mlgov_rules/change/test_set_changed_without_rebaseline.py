"""A new test set must be met by the baselines as well.

## Why
A model that is measured on new data beside a baseline that was measured on old ones is compared with nothing.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test, role: test, version: md5-aaa}]}
baselines: [{id: old, kind: current_system, results: [{metric: recall, value: 0.8, dataset: test, dataset_version: md5-aaa}]}]
evaluation: {results: [{metric: recall, value: 0.85, dataset: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test, role: test, version: md5-bbb}]}
baselines: [{id: old, kind: current_system, results: [{metric: recall, value: 0.8, dataset: test, dataset_version: md5-aaa}]}]
evaluation: {results: [{metric: recall, value: 0.88, dataset: test}]}
~~~

### the model was measured anew, the baseline has the old number
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test, role: test, version: md5-aaa}]}
baselines: [{id: old, kind: current_system, results: [{metric: recall, value: 0.8, dataset: test}]}]
evaluation: {results: [{metric: recall, value: 0.85, dataset: test}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test, role: test, version: md5-bbb}]}
baselines: [{id: old, kind: current_system, results: [{metric: recall, value: 80%, dataset: test}]}]
evaluation: {results: [{metric: recall, value: 0.91, dataset: test}]}
~~~

## Passes
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test, role: test, version: md5-aaa}]}
baselines: [{id: old, kind: current_system, results: [{metric: recall, value: 0.8, dataset: test, dataset_version: md5-aaa}]}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{version: bbb, id: test, role: test}]}
baselines: [{id: old, kind: current_system, results: [{dataset_version: md5-bbb, metric: recall, value: 0.79, dataset: test}]}]
~~~

### the same version in other words
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test, role: test, version: md5-aaa}]}
baselines: [{id: old, kind: current_system, results: [{metric: recall, value: 0.8, dataset: test}]}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test, role: test, version: aaa}]}
baselines: [{id: old, kind: current_system, results: [{metric: recall, value: 0.8, dataset: test}]}]
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test, role: test, version: md5-aaa}]}
baselines: [{id: old, kind: current_system, results: [{metric: recall, value: 0.8, dataset: test}]}]
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test, role: test, version: md5-bbb}]}
baselines: [{id: old, kind: current_system, results: [{metric: recall, value: 0.8, dataset: test}]}]
~~~

## Remedy
measure the baselines on the new test set, and state its version with their results

## References
S3-32, S1-38; ML Test Score Model 5
"""

from mlgov.rulekit import Baseline, Change, Dataset, Findings, MetricResult, abstain, rule, same_version

from ._words import new_results


@rule("CHG504", severity="WEE", sources=["S3-32", "S1-38"], implies=["EVA202"])
def test_set_changed_without_rebaseline(change: Change) -> Findings:
    for old, new in change.kept(Dataset):
        if new.role not in ("test", "golden") or not old.version or not new.version:
            continue
        if not same_version(old.version, new.version):
            yield from _left_behind(change, old, new)


def _left_behind(change: Change, old: Dataset, new: Dataset) -> Findings:
    """Results of baselines that still speak of the old version of a data set."""
    words = f"test set {new.id} changed from version {old.literal('version')} to {new.literal('version')}"
    fresh = (r for r in new_results(change) if change.head.dataset(r.dataset) is new)
    measured = next(fresh, None)
    for baseline in change.head.records(Baseline):
        for result in baseline.results:
            if result.value is None or change.head.dataset(result.dataset) is not new:
                continue
            if not result.dataset_version and measured and _is_old(change, result, baseline):
                message = f"{words} and the model was measured anew; baseline {baseline.id} still has {result.literal('value')}"
                yield result.at("value"), message, [new.at("version"), old.at("version"), measured.at("value")]
            elif not result.dataset_version:
                yield abstain(f"unknown dataset_version of the results of baseline {baseline.id}")
            elif same_version(result.dataset_version, old.version):
                message = f"{words}; baseline {baseline.id} is still measured on {result.literal('dataset_version')}"
                yield result.at("value"), message, [result.at("dataset_version"), new.at("version"), old.at("version")]


def _is_old(change: Change, result: MetricResult, baseline: Baseline) -> bool:
    """True if the number was there before; a trivial baseline may well score the same on other data."""
    known = {id(b): a for a, b in change.kept(MetricResult)}
    twin = known.get(id(result))
    if twin is None or baseline.kind in (None, "random", "majority_class", "constant", "published"):
        return False
    return abs(change.base.comparer.value(twin) - change.head.comparer.value(result)) < 1e-12
