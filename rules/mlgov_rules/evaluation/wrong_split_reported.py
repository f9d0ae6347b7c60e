"""The number that stands for a model must be measured on the whole test set.

Training results beside test results are fine; so are results of a validation set while no test set is configured. A
number is presented as final when a document states it, when something is decided by its metric, or when nothing but
its data set tells that it was measured on the training data.

## Why
A model has seen its training data, and was chosen on its validation data: both numbers promise more than the model
will keep.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, role: primary}]
evaluation:
  results: [{metric: recall, value: 0.99, split: train}]
~~~

### a results file of the training data
~~~json results.json
{"model_version": "v2", "dataset": "data/train.csv", "accuracy": 0.99}
~~~

### called test, measured on the training set
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: accounts, role: train, location: data/accounts.csv}]}
evaluation:
  results: [{metric: recall, value: 0.99, dataset: accounts, split: test}]
~~~

### the document quotes the validation value
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: accuracy, value: 0.972}]
~~~
~~~json metrics.json
{"val_accuracy": 0.97156, "test_accuracy": 0.9406}
~~~

### a test set is kept, and not used
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
data: {splits: {parts: [{part: train, fraction: 0.8}, {part: test, fraction: 0.2}]}}
evaluation:
  results: [{metric: accuracy, value: 0.972, split: validation}]
~~~

### a part of the test set
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: mmlu, role: test, rows: 14042}]}
evaluation:
  results: [{metric: accuracy, value: 0.71, dataset: mmlu, split: test, n: 100, partial: true}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  results:
  - {metric: accuracy, value: 0.998, split: train}
  - {metric: accuracy, value: 0.972, split: validation}
  - {metric: accuracy, value: 0.941, split: test}
~~~

### nothing is presented as final
~~~json metrics.json
{"train_accuracy": 0.998, "train_f1": 0.99}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, role: primary}]
evaluation:
  results: [{metric: recall, value: 0.84}]
~~~

## Remedy
evaluate on the whole test set and state that number, with its split

## References
S4-41; Mitchell et al. 2019, evaluation data
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, MetricResult, Project, abstain, rule
from mlgov_rules.evaluation._documents import file_of, is_first, label
from mlgov_rules.evaluation._splits import (
    UNUSED_TEST,
    data_split,
    is_decisive,
    is_final,
    is_presented,
    kept_apart,
    only_on,
    peers,
    quoted,
    share,
    split_of,
)


@rule("EVA206", severity="WEE", sources=["S4-41"], implies=["EVA204", "EVA201"])
def wrong_split_reported(project: Project) -> Findings:
    """One finding for what is wrong in the same way in one file."""
    found: dict[tuple[str, str], list[MetricResult]] = {}
    for result in project.results:
        if result.slice or not is_first(result, project):
            continue
        for words in _wrong(result, project):
            found.setdefault((file_of(result), words), []).append(result)
        if split_of(result, project) is None and is_decisive(result, project) and not peers(result, project):
            yield abstain(f"{label(result)}: unknown split")
    for (_, words), results in found.items():
        said = ", ".join(f"{label(r)} = {r.literal('value')}" for r in results[:3])
        more = f" and {len(results) - 3} more" if len(results) > 3 else ""
        basis = results[0].at("split" if results[0].split else "dataset")
        places = [*(r.at("value") for r in results[1:]), basis, *kept_apart(words, project)]
        yield results[0].at("value"), f"{said}{more}: {words}", places


def _wrong(result: MetricResult, project: Project) -> Iterator[str]:
    """What is wrong with the data behind one result."""
    split, used = split_of(result, project), data_split(result, project)
    if split != "train" and used in ("train", "validation") and used != split:
        yield f"reported for split {split}, but {result.dataset} is {used} data"
    elif split in (None, "test") and not result.is_observed and (words := quoted(result, project)):
        yield words
    elif split == "train" and is_presented(result, project) and only_on(("train",), result, project):
        yield "presented as final, but measured on the training data"
    elif split == "validation" and is_final(result, project) and only_on(("train", "validation"), result, project):
        yield UNUSED_TEST
    elif result.partial and all(o.partial or split_of(o, project) != split for o in peers(result, project)):
        yield f"measured on a part of the test set only{share(result, project)}"
