"""The parts of a split must be as large, as balanced, and from the same days, as the plan says.

## Why
Sample sizes and error bars are computed from the plan; a test part of half the size shows half as much.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: random
    parts:
    - {part: train, fraction: 80%, file: data/train.csv}
    - {part: test, fraction: 20%, file: data/test.csv}
~~~
~~~csv data/train.csv
x
1
2
~~~
~~~csv data/test.csv
x
3
4
~~~

### another number of rows
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: random
    parts: [{part: train, rows: 2, file: data/train.csv}, {part: test, rows: 2, file: data/test.csv}]
~~~
~~~csv data/train.csv
x
1
2
~~~
~~~csv data/test.csv
x
3
~~~

### rows outside of the declared days
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: temporal
    time_column: day
    parts:
    - {part: train, to: 2026-01-31, file: data/train.csv}
    - {part: test, from: 2026-03-01, file: data/test.csv}
~~~
~~~csv data/train.csv
day,x
2026-01-01,1
2026-02-03,2
~~~
~~~csv data/test.csv
day,x
2026-03-01,3
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: random
    parts:
    - {part: train, fraction: 67%, file: data/train.csv}
    - {part: test, rows: 1, fraction: 33%, file: data/test.csv}
~~~
~~~csv data/train.csv
x
1
2
~~~
~~~csv data/test.csv
x
3
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: random
    parts: [{part: train, fraction: 80%, file: data/train.csv}, {part: test, fraction: 20%}]
~~~
~~~csv data/train.csv
x
1
~~~

## Remedy
divide the data as planned, or correct the plan and what was computed from it

## References
S4-41
"""

import math

from mlgov.rulekit import Findings, MeasuredPart, Project, Quantity, SplitPart, abstain, interval, plain, rule
from mlgov_rules.data._measured import many, part_of

SIGMAS = 4.0
MANY = 1_000  # rows from which on chance (a hash of the key) may have assigned them
COARSEST = 0.01  # a fraction such as 0.8 claims no more than one point on either side


@rule("DAT404", severity="WEE", sources=["S4-41"])
def split_contradicts_plan(measured: MeasuredPart, project: Project) -> Findings:
    part = part_of(measured, project)
    if part is not None:
        yield from _rows(measured, part, project)
        yield from _fraction(measured, part, project)
        yield from _days(measured, part)
    yield from _balance(measured, project)


def _rows(measured: MeasuredPart, part: SplitPart, project: Project) -> Findings:
    dataset = project.dataset(part.dataset) or project.dataset(part.file)
    if part.rows is None or dataset is not None and dataset.rows == part.rows:
        return  # the data set says the same, which is judged there
    claimed = interval(part.rows)
    if claimed and not claimed[0] <= measured.rows <= claimed[1]:
        words = (
            f"{measured.path} has {many(measured.rows, 'row')} of {measured.part}, the split declares {part.rows.text}"
        )
        yield part.at("rows"), words


def _fraction(measured: MeasuredPart, part: SplitPart, project: Project) -> Findings:
    """The shares of all parts hang together, so the first part that is off speaks for the others."""
    if part.fraction is None:
        return
    stated = [p for p in project.data.splits.parts if p.at().file == part.at().file and p.part]
    measurements = project.records(MeasuredPart)
    found = [(each, m) for each in stated for m in measurements if m.origin in (each.at("file"), each.at("dataset"))]
    if len(found) < len(stated) or len({p.part for p in stated}) < len(stated):
        yield abstain("not all parts of the split could be counted as one whole")
        return
    total = sum(m.rows for _, m in found) + int(project.data.splits.discarded_rows or 0)
    off = [each for each, m in found if each.fraction is not None and _is_off(m, each.fraction, total, project)]
    if off and off[0] is part:
        actual = plain(round(measured.rows / max(total, 1), 4))
        words = (
            f"{measured.part} is {actual} of the {many(total, 'row')} of the split, declared is {part.fraction.text}"
        )
        yield part.at("fraction"), words, [other.at("fraction") for other in off[1:]]


def _is_off(measured: MeasuredPart, fraction: Quantity, total: int, project: Project) -> bool:
    return abs(measured.rows / max(total, 1) - fraction) > _slack(fraction, total, project)


def _days(measured: MeasuredPart, part: SplitPart) -> Findings:
    for key, rows, words in (
        ("from", measured.early, "before its first day"),
        ("to", measured.late, "after its last day"),
    ):
        if rows:
            verb = "lies" if rows == 1 else "lie"
            message = f"{many(rows, 'row')} of {measured.part} in {measured.path} {verb} {words}, {part.literal(key)}"
            yield part.at(key), message


def _slack(fraction: Quantity, total: int, project: Project) -> float:
    """How far a fraction may be off: by one row, by its printed precision, or by chance where chance assigns rows."""
    claimed = interval(fraction) or (fraction, fraction)
    is_drawn = project.data.splits.strategy in ("random", "grouped") and total >= MANY
    chance = SIGMAS * math.sqrt(fraction * (1 - fraction) / total) if is_drawn else 0.0
    return max(1 / max(total, 1), min((claimed[1] - claimed[0]) / 2, COARSEST), chance)


def _balance(measured: MeasuredPart, project: Project) -> Findings:
    """A stratified part has the classes of the training part, at least as nearly as one drawn by chance."""
    splits = project.part("data.splits") and project.data.splits
    if not splits or splits.strategy != "stratified" or measured.part == "train":
        return
    if splits.key_ and measured.label not in splits.key_:
        return
    train = next((m for m in project.records(MeasuredPart) if m.part == "train" and m.label == measured.label), None)
    if train is None or not train.classes or not measured.classes:
        yield abstain("unknown classes of the label")
        return
    n1, n2 = sum(train.classes.values()), sum(measured.classes.values())
    for name in sorted({*train.classes, *measured.classes}):
        k1, k2 = train.classes.get(name, 0), measured.classes.get(name, 0)
        overall = (k1 + k2) / (n1 + n2)
        chance = math.sqrt(overall * (1 - overall) * n2 * n1 / (n1 + n2))
        if abs(k2 - overall * n2) > max(1.0, SIGMAS * chance):
            shares = f"{plain(round(k2 / n2, 4))} of {measured.part} and {plain(round(k1 / n1, 4))} of train"
            words = f"the split is declared stratified, but class {name} is {shares}"
            yield splits.at("strategy"), words, [measured.at(), train.at()]
            return
