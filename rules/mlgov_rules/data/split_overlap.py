"""What stands in the training part must not stand in a later part: no entity, or where none is declared no row.

## Why
A model is tested on what it remembers, and the result says nothing about new data.
Rows are compared where no entity key is declared. Where rows repeat inside the training part as well, equal rows may be
different units: the rule then speaks only if more is shared than repeating by itself explains.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  entity: {key: user}
  splits:
    strategy: grouped
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
user,visits
ada,3
ben,5
~~~
~~~csv data/test.csv
user,visits
ben,6
cyd,2
~~~

### rows, where no entity is declared, whatever number a row has
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: train, role: train, location: data/train.csv}
  - {id: test, role: test, location: data/test.csv}
~~~
~~~csv data/train.csv
id,length,width
1,3.14,2.7
2,5.25,1.1
~~~
~~~csv data/test.csv
id,length,width
1,5.25,1.1
2,9.5,3.3
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  entity: {key: user}
  splits:
    strategy: grouped
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
user,visits
ada,3
ben,5
~~~
~~~csv data/test.csv
user,visits
cyd,3
~~~

### known machines are forecast
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: bearings}
data:
  entity: {key: machine, within_entity: true}
  splits:
    strategy: temporal
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
machine,day,load
a,2026-01-01,0.3
~~~
~~~csv data/test.csv
machine,day,load
a,2026-02-01,0.4
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: survey}
data:
  splits:
    strategy: random
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
answer,region
yes,north
yes,north
no,south
no,south
~~~
~~~csv data/test.csv
answer,region
yes,north
no,south
~~~

### a temporal split may know its entities, if the gap is long enough
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  entity: {key: user}
  splits:
    strategy: temporal
    parts: [{part: train, file: data/train.csv}, {part: test, file: data/test.csv}]
~~~
~~~csv data/train.csv
user,visits
ada,3
~~~
~~~csv data/test.csv
user,visits
ada,4
~~~

## Remedy
remove what both parts hold from one of them, assign whole entities to a part, and measure again

## References
S4-41; Kapoor, Narayanan 2023
"""

from mlgov.rulekit import Entity, Findings, MeasuredOverlap, Origin, Project, abstain, rule
from mlgov_rules.data._measured import many, share
from mlgov_rules.data._repeats import copies


@rule("DAT402", severity="WEE", sources=["S4-41"], implies=["DAT403"])
def split_overlap(overlap: MeasuredOverlap, project: Project) -> Findings:
    entity = project.data.entity
    if overlap.key and entity and not (entity.rows_per_entity is not None and entity.rows_per_entity <= 1.0):
        yield from _entities(overlap, entity, project)
    elif overlap.key and overlap.keys:
        yield from _told(overlap, f"{many(overlap.keys, 'value')} of {overlap.key}", overlap.keyed, project)
    elif not overlap.key:
        yield from _rows(overlap, project)


def _entities(overlap: MeasuredOverlap, entity: Entity, project: Project) -> Findings:
    splits = project.data.splits
    if not overlap.keys or entity.within_entity:
        return
    horizon = project.framing.prediction_horizon
    if splits and splits.strategy == "temporal":
        if horizon is None or overlap.gap is None:
            yield abstain(f"unknown {'prediction horizon' if horizon is None else 'gap'}, so {overlap.key} may repeat")
            return
        if overlap.gap >= horizon:
            return
    yield from _told(overlap, f"{many(overlap.keys, 'value')} of {overlap.key}", overlap.keyed, project)


def _rows(overlap: MeasuredOverlap, project: Project) -> Findings:
    count = copies(overlap.exact, overlap)
    if count:
        yield from _told(overlap, many(count, "row"), count, project)
    elif overlap.exact.rows:
        repeated = overlap.earlier_rows - overlap.exact.distinct
        words = f"{many(overlap.exact.rows, 'row')} of {overlap.later_path} also in {overlap.earlier_path}"
        yield abstain(f"{words}, where {many(repeated, 'row')} repeat by themselves: equal rows may be different units")


def _told(overlap: MeasuredOverlap, what: str, rows: int, project: Project) -> Findings:
    words = f"{what} stand{'s' if what.startswith('1 ') else ''} in both {overlap.earlier} and {overlap.later}: "
    words += f"{share(rows, overlap.later_rows)} of the rows of {overlap.later_path}"
    yield overlap.at(), words, [overlap.earlier_origin, *_claims(overlap, project)]


def _claims(overlap: MeasuredOverlap, project: Project) -> list[Origin]:
    """What else is declared about the same: the key, the strategy, the versions of the data."""
    found = [project.data.entity.at("key")] if overlap.key else []
    if project.part("data.splits") and project.data.splits.strategy:
        found.append(project.data.splits.at("strategy"))
    measured = (overlap.origin, overlap.earlier_origin)
    return found + [d.at("version") for d in project.data.datasets if d.version and d.at("location") in measured]
