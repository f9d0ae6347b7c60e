"""The parts of a split must add up to the whole.

## Why
Fractions that sum to 1.1, or counts that leave rows out without saying so, mean that the parts overlap, that rows were
lost, or that the description is not of the split that was made.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: random
    parts: [{part: train, fraction: 0.8}, {part: validation, fraction: 0.1}, {part: test, fraction: 0.2}]
~~~

### percent
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits: {parts: [{part: train, fraction: 70%}, {part: validation, fraction: 10%}, {part: test, fraction: 10%}]}
~~~

### counts
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    total_rows: 100000
    parts: [{part: train, rows: 80000}, {part: validation, rows: 10000}, {part: test, rows: 9000}]
~~~

### counts of one data set
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: accounts, rows: 100000}]
  splits: {parts: [{part: train, dataset: accounts, rows: 80000}, {part: test, dataset: accounts, rows: 30000}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    total_rows: 100000
    discarded_rows: 1000
    parts:
    - {part: train, fraction: 0.8, rows: 80000}
    - {part: validation, fraction: 0.1, rows: 10000}
    - {part: test, fraction: 9%, rows: 9000}
~~~

### thirds, at the printed precision
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits: {parts: [{part: train, fraction: 0.33}, {part: validation, fraction: 0.33}, {part: test, fraction: 0.33}]}
~~~

### folds overlap
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits:
    strategy: cross_validation
    folds: 5
    parts: [{part: train, fraction: 0.8}, {part: validation, fraction: 0.2}, {part: test, fraction: 0.2}]
~~~

### approximate counts
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits: {total_rows: ~24000, parts: [{part: train, rows: 19321}, {part: test, rows: 4830}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits: {parts: [{part: train, fraction: 0.8}, {part: test}]}
~~~

## Remedy
correct the fractions or counts, or state the rows that belong to no part as `discarded_rows`

## References
S4-41
"""

from math import fsum

from mlgov.rulekit import Findings, Origin, Project, Quantity, SplitPart, Splits, abstain, rule
from mlgov_rules.data._splits import half_step, slack, stated_together


@rule("DAT101", severity="EEE", sources=["S4-41"])
def split_fractions_not_one(splits: Splits, project: Project) -> Findings:
    if splits.strategy == "cross_validation" or splits.folds:
        return
    for parts in stated_together(splits):
        yield from _fractions(parts, splits)
        for total, place, whose, counted in _totals(parts, splits, project):
            yield from _counts(counted, splits, total, place, whose)


def _fractions(parts: list[SplitPart], splits: Splits) -> Findings:
    stated = [(p, p.fraction) for p in parts if p.fraction is not None]
    if not stated:
        return
    roles = {p.part for p in parts}
    if len(stated) < len(parts) or "train" not in roles or len(roles) < 2:
        yield abstain("not every part of the split states its fraction")
        return
    total, off = fsum(f for _, f in stated), fsum(half_step(f) for _, f in stated)
    lost = splits.discarded_rows / splits.total_rows if splits.discarded_rows and splits.total_rows else 0.0
    if abs(total - 1) > off and abs(total + lost - 1) > off:
        places = [p.at("fraction") for p, _ in stated]
        words = " + ".join(f.text for _, f in stated)
        yield places[0], f"the fractions of the split sum to {total:.4g}: {words}", places[1:]


Total = tuple[Quantity, Origin, str, list[SplitPart]]


def _totals(parts: list[SplitPart], splits: Splits, project: Project) -> list[Total]:
    """What the rows of parts have to add up to: the stated total, or the rows of the one data set they share."""
    found: list[Total] = []
    if splits.total_rows is not None and splits.at("total_rows").file == parts[0].at().file:
        found.append((splits.total_rows, splits.at("total_rows"), "total_rows", parts))
    for dataset in project.data.datasets:
        shared = [p for p in parts if p.dataset and p.dataset == dataset.id]
        if dataset.rows is not None and not dataset.role and len({p.part for p in shared}) > 1 and not found:
            found.append((dataset.rows, dataset.at("rows"), f"data set {dataset.id}", shared))
    return found


def _counts(parts: list[SplitPart], splits: Splits, total: Quantity, place: Origin, whose: str) -> Findings:
    rows = [p.rows for p in parts if p.rows is not None]
    if len(rows) < len(parts):
        if rows:
            yield abstain("not every part of the split states its rows")
        return
    found = fsum(rows)
    off = fsum(slack(r) for r in (*rows, total))
    lost = splits.discarded_rows or 0.0
    if abs(found - total) > off and abs(found + lost - total) > off:
        also = f" and {lost:.0f} are discarded" if lost else ""
        message = f"the parts hold {found:.0f} rows together{also}, but {whose} says {total.text}"
        yield parts[0].at("rows"), message, [place, *(p.at("rows") for p in parts[1:])]
