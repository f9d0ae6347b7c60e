"""An entity that repeats in the data must not stand on both sides of the split.

## Why
A model recognises the user, patient or machine it has seen and seems to predict what it remembers.
Under a temporal split an entity may repeat if the gap is at least the prediction horizon, or where predicting known
entities is intended (`within_entity: true`).

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: readmission}
data:
  entity: {key: patient_id, rows_per_entity: 3.2}
  splits: {strategy: random}
~~~

### a temporal split without a gap
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: readmission}
framing: {prediction_horizon: 30d}
data:
  entity: {key: patient_id, rows_per_entity: 3.2}
  splits: {strategy: temporal, gap: 7d}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: readmission}
data:
  entity: {key: patient_id, rows_per_entity: 3.2}
  splits: {strategy: grouped, key: patient_id}
~~~

### a temporal split with a gap
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: readmission}
framing: {prediction_horizon: 30d}
data:
  entity: {key: patient_id, rows_per_entity: 3.2}
  splits: {strategy: temporal, parts: [{part: train, to: 2026-01-31}, {part: test, from: 2026-03-02}]}
~~~

### nothing repeats
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  entity: {key: account_id, rows_per_entity: 1}
  splits: {strategy: random}
~~~

### known machines are forecast
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: bearings}
data:
  entity: {key: machine_id, rows_per_entity: 900, within_entity: true}
  splits: {strategy: random}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: readmission}
data:
  entity: {key: patient_id}
  splits: {strategy: random}
~~~

## Remedy
assign whole entities to a part (`strategy: grouped` with the entity's key), or cut by time with a gap

## References
S2-23, S4-41; Kapoor, Narayanan 2023
"""

from mlgov.rulekit import Entity, Findings, Project, Splits, abstain, rule
from mlgov_rules.data._splits import seconds_between, stated_together, train_and_later


@rule("DAT103", severity="IWE", sources=["S2-23", "S4-41"], implies=["DAT402"])
def group_leakage(entity: Entity, project: Project) -> Findings:
    splits = project.data.splits
    if not entity.key_ or not splits or not splits.strategy or entity.within_entity:
        return
    if entity.rows_per_entity is not None and entity.rows_per_entity <= 1.0:
        return
    if entity.rows_per_entity is None:
        if splits.strategy in ("random", "stratified", "temporal"):
            yield abstain(f"unknown whether {entity.key_} repeats")
    elif splits.strategy in ("random", "stratified"):
        yield from _repeats(entity, splits, f"the split is {splits.strategy}, not grouped")
    elif splits.strategy == "temporal":
        yield from _temporal(entity, splits, project)
    elif splits.strategy != "grouped" or splits.key_ and entity.key_ not in splits.key_:
        yield abstain(f"unknown whether a {splits.strategy} split keeps {entity.key_} together")


def _repeats(entity: Entity, splits: Splits, how: str) -> Findings:
    message = f"{entity.key_} repeats ({entity.literal('rows_per_entity')} rows each), but {how}"
    yield splits.at("strategy"), message, [entity.at("key")]


def _temporal(entity: Entity, splits: Splits, project: Project) -> Findings:
    horizon = project.framing.prediction_horizon
    if not horizon:
        yield abstain("unknown prediction horizon")
    elif splits.gap is not None and splits.gap < horizon:
        how = f"the gap of {splits.gap.text} is shorter than the prediction horizon of {horizon.text}"
        yield from _repeats(entity, splits, how)
    elif splits.gap is None and not _dated(splits):
        yield from _repeats(entity, splits, f"the temporal split leaves no gap of {horizon.text}")


def _dated(splits: Splits) -> bool:
    """The dates of the parts tell their gap, which is judged where they stand."""
    pairs = [pair for parts in stated_together(splits) for pair in train_and_later(parts)]
    return any(t.to and x.from_ and seconds_between(t.to, x.from_) for t, x in pairs)
