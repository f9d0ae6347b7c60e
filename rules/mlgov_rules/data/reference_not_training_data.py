"""The window that drift is measured against must be distributed like the training data.

## Why
An alarm compares production with the reference. Where the reference is not what the model has learnt from, the alarm is
silent about the drift that hurts, or rings about one that does not.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: train, role: train, location: data/train.csv}
  - {id: reference, role: reference, location: data/reference.csv}
~~~
~~~csv data/train.csv
region
north
north
north
north
north
north
north
north
north
south
north
north
north
north
north
north
north
north
north
south
~~~
~~~csv data/reference.csv
region
south
south
south
south
south
south
south
south
north
south
south
south
south
south
south
south
south
south
north
south
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: train, role: train, location: data/train.csv}
  - {id: reference, role: reference, location: data/reference.csv}
~~~
~~~csv data/train.csv
region
north
south
north
south
~~~
~~~csv data/reference.csv
region
south
north
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: train, role: train, location: data/train.csv}
  - {id: reference, role: reference, location: data/reference.csv}
~~~
~~~csv data/train.csv
region
north
south
north
~~~
~~~csv data/reference.csv
region
~~~

## Remedy
take the reference from the training data, or from the first weeks of production, and say in the documentation which

## References
S4-23; Yurdakul 2018; ML Test Score Mon2
"""

from typing import NamedTuple

from mlgov.rulekit import Findings, MeasuredShift, Project, ShiftedColumn, abstain, rule, statistics
from mlgov_rules.data._measured import dataset_of

SHOWN = 3


class Index(NamedTuple):
    """The stability index of one column, and the value that noise alone exceeds once in 1/alpha such comparisons."""

    psi: float
    floor: float
    column: str


@rule("DAT407", severity="IWE", sources=["S4-23"], stricter={"limit": "lower", "alpha": "higher"})
def reference_not_training_data(
    shift: MeasuredShift, project: Project, *, limit: float = 0.1, alpha: float = 0.01
) -> Findings:
    if not shift.rows or not shift.train_rows:
        yield abstain(f"{shift.path if not shift.rows else shift.train_path} has no rows")
        return
    found = [index for column in shift.columns if (index := _index(column, shift, alpha))]
    moved = sorted((i for i in found if i.psi > max(limit, i.floor)), reverse=True)
    if moved:
        told = ", ".join(f"{i.column} (PSI {i.psi:.3g}, noise {i.floor:.2g})" for i in moved[:SHOWN])
        more = f" and {len(moved) - SHOWN} more" if len(moved) > SHOWN else ""
        dataset = dataset_of(shift, project)
        words = (
            f"{dataset.id if dataset else shift.path} is distributed otherwise than the training data in {told}{more}"
        )
        yield shift.at(), words, [shift.train_origin]


def _index(column: ShiftedColumn, shift: MeasuredShift, alpha: float) -> Index | None:
    """None for a column with a single bin."""
    bins = sum(bool(t or r) for t, r in zip(column.train, column.reference, strict=True))
    if bins < 2:
        return None
    psi = statistics.psi(column.train, column.reference).psi
    floor = statistics.psi_noise_floor(bins, shift.train_rows, shift.rows, alpha / len(shift.columns)).psi_critical
    return Index(psi, floor, column.name)
