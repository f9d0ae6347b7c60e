"""The split into training, validation and test must be written down, with its strategy, seed and sampling.

## Why
A result can be repeated only on the same split, and whether it means anything depends on how the split was made.
A cross-validation with a separate test part needs no validation part.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  datasets: [{id: train_2026}]
~~~

### a random split without its seed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  sampling: {strategy: none}
  splits:
    strategy: random
    parts: [{part: train, fraction: 0.8}, {part: validation, fraction: 0.1}, {part: test, fraction: 0.1}]
~~~

### no test part, and a part of unknown size
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  sampling: {strategy: none}
  splits: {strategy: temporal, parts: [{part: train, fraction: 0.8}, {part: validation}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  sampling: {strategy: one random snapshot per account}
  splits:
    strategy: stratified
    seed: 17
    parts: [{part: train, fraction: 0.8}, {part: validation, rows: 1000}, {part: test, rows: 1000}]
~~~

### cross-validation and a test part
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data:
  sampling: {strategy: none}
  splits: {strategy: cross_validation, folds: 5, parts: [{part: train, rows: 8000}, {part: test, rows: 2000}]}
~~~

## Remedy
state strategy, seed and parts of the split with their fractions or rows, and the sampling strategy; `none` is an answer

## References
S4-40, S4-41; EU AI Act Annex IV 2(d)
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Project, presence


@presence("DAT005", "data", severity="WEE", stage="development", sources=["S4-40", "S4-41"])
def split_spec_missing(project: Project) -> Findings:
    lacking = list(_lacking(project))
    if lacking and not project.is_excused("data.splits"):
        yield project.at("data", "splits"), f"the split of the data lacks {', '.join(lacking)}"


def _lacking(project: Project) -> Iterator[str]:
    splits, sampling = project.data.splits, project.data.sampling
    if splits is None or not splits.has("strategy"):
        yield "strategy"
    parts = splits.parts if splits else []
    folded = splits is not None and (splits.strategy == "cross_validation" or splits.folds)
    for name in ("train", "test") if folded else ("train", "validation", "test"):
        stated = [p for p in parts if p.part == name]
        if not stated:
            yield f"part {name}"
        elif not any(p.has("fraction") or p.has("rows") for p in stated):
            yield f"fraction or rows of {name}"
    if splits is not None and splits.strategy in ("random", "stratified") and not splits.has("seed"):
        yield "seed"
    if (sampling is None or not sampling.has("strategy")) and not project.is_excused("data.sampling"):
        yield "sampling strategy"
