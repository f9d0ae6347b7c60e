"""A changed model must come with new results.

## Why
Results that were measured before the last change of parameters, data or inputs are those of another model.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {hyperparameters: {lr: 0.1, depth: 6}}
evaluation: {results: [{metric: recall, value: 0.85}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {hyperparameters: {lr: 0.01, depth: 6}}
evaluation: {results: [{metric: recall, value: 0.85}]}
~~~

### the training data
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: train, role: train, version: md5-aaa}]}
evaluation: {results: [{metric: recall, value: 0.85}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: train, role: train, version: md5-bbb}]}
evaluation: {results: [{metric: recall, value: 0.85}]}
~~~

## Passes
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {hyperparameters: {lr: 0.1, depth: 6}}
evaluation: {results: [{metric: recall, value: 0.85}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {hyperparameters: {lr: 0.01, depth: 6}}
evaluation: {results: [{metric: recall, value: 0.87}]}
~~~

### the same values in other words; what was never stated before
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {hyperparameters: {lr: 0.10, depth: 6}, loss: {weights: {a: 0.5, b: 0.5}}}
evaluation: {results: [{metric: recall, value: 0.85}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {loss: {weights: {b: 50%, a: 50%}}, hyperparameters: {depth: 6.0, lr: 1e-1, seed: 3}}
evaluation: {results: [{metric: recall, value: 0.85}]}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {hyperparameters: {lr: 0.1}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {hyperparameters: {lr: 0.01}}
~~~

## Remedy
evaluate the changed model, and commit its results in the same change

## References
S3-30, S1-07; ML Test Score Infra 4
"""

from collections.abc import Iterator
from typing import Any

from mlgov.rulekit import (
    Change,
    Dataset,
    Findings,
    Loss,
    Origin,
    Record,
    SignatureInput,
    Training,
    abstain,
    literal,
    rule,
    same_version,
)

from ._words import new_results, own_results

Cause = tuple[str, Origin, Origin]


@rule("CHG506", severity="WEE", sources=["S3-30", "S1-07"])
def model_changed_without_evaluation(change: Change) -> Findings:
    causes = [] if change.added or change.removed else [*_parameters(change), *_data(change), *_inputs(change)]
    if not causes:
        return
    results = own_results(change.head)
    if not results:
        yield abstain("no results are declared that could be old")
    elif next(new_results(change), None) is None:
        first, *_ = causes
        words, at, was = first
        more = f", and {len(causes) - 1} more" if len(causes) > 1 else ""
        yield at, f"{words}{more}; no result of the model changed with it", [was, results[0].at("value")]


def _parameters(change: Change) -> Iterator[Cause]:
    for old, new in zip(change.base.records(Training)[:1], change.head.records(Training)[:1], strict=False):
        yield from _values("hyperparameter", old, new, "hyperparameters")
        if old.lineage and new.lineage and _differ(old.lineage.model_hash, new.lineage.model_hash):
            words = f"the model's digest changed from {old.lineage.model_hash} to {new.lineage.model_hash}"
            yield words, new.lineage.at("model_hash"), old.lineage.at("model_hash")
    for before, after in change.kept(Loss):
        yield from _values("loss weight", before, after, "weights")


def _values(noun: str, old: Record, new: Record, field: str) -> Iterator[Cause]:
    """The values that both sides state and that differ; a value that is stated for the first time is no change."""
    before, after = getattr(old, field) or {}, getattr(new, field) or {}
    for name in (n for n in after if n in before and _differ(before[n], after[n])):
        words = f"{noun} {name} changed from {literal(before[name])} to {literal(after[name])}"
        yield words, new.at(field, name), old.at(field, name)


def _differ(a: Any, b: Any) -> bool:
    try:
        return a is not None and b is not None and float(a) != float(b)
    except (TypeError, ValueError):
        return bool(a != b)


def _data(change: Change) -> Iterator[Cause]:
    for old, new in change.kept(Dataset):
        used = new.role in ("train", "validation", "test", "golden")
        if used and old.version and new.version and not same_version(old.version, new.version):
            words = f"data set {new.id} changed from version {old.version} to {new.version}"
            yield words, new.at("version"), old.at("version")


def _inputs(change: Change) -> Iterator[Cause]:
    before, after = change.base.records(SignatureInput), change.head.records(SignatureInput)
    known = {i.name for i in before}
    if before and after:
        for item in after:
            if item.name not in known:
                yield f"the model takes a new input {item.name}", item.at(), before[0].at()
