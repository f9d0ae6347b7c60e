"""No input alone may tell the label of every training row: such a column is a copy of the label, or is known only after it.

## Why
A column that was filled in after the outcome predicts it perfectly in the data and is empty in production.
Only whole determination counts, never correlation: each value of the column goes with one label, or a cut of it parts the
labels. Columns that noise may have laid that way are left alone.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  labels: {name: churned}
  datasets: [{id: accounts, role: train, location: data/accounts.csv}]
~~~
~~~csv data/accounts.csv
visits,closing_form,churned
3,none,0
5,sent,1
4,none,0
3,none,0
6,sent,1
5,none,0
4,sent,1
3,none,0
4,sent,1
5,none,0
6,sent,1
3,none,0
5,sent,1
6,none,0
3,sent,1
4,none,0
6,sent,1
5,none,0
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  labels: {name: churned}
  datasets: [{id: accounts, role: train, location: data/accounts.csv}]
training: {signature: {inputs: [{name: visits}]}}
~~~
~~~csv data/accounts.csv
visits,closing_form,churned
3,none,0
5,sent,1
4,none,0
3,none,0
3,sent,1
5,none,0
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  labels: {name: churned}
  datasets: [{id: accounts, role: train, location: data/accounts.csv}]
~~~
~~~csv data/accounts.csv
visits,churned
3,0
5,1
4,0
~~~

## Remedy
leave the column out of the inputs, or take its value from before the prediction

## References
S4-37; Kapoor, Narayanan 2023
"""

from mlgov.rulekit import Findings, MeasuredGiveaway, Origin, Project, abstain, rule
from mlgov_rules.data._measured import many

COVERED = 0.9  # share of the rows in which the column has a value
_HOW = {
    "copy": "each of its {values} values goes with one value of {label}",
    "cut": "its ranges part the values of {label}",
    "equal": "it equals {label}",
}


@rule("DAT406", severity="WEE", sources=["S4-37"], stricter={"chance": "higher"})
def label_given_away(found: MeasuredGiveaway, project: Project, *, chance: float = 1e-3) -> Findings:
    if found.rows < COVERED * found.all_rows:
        return
    if found.chance > chance:
        yield abstain(f"{many(found.rows, 'row')} are too few to tell {found.column} from a lucky column")
        return
    how = _HOW[found.how].format(values=found.values, label=found.label)
    words = f"{found.column} alone tells {found.label} in all {many(found.rows, 'row')} of {found.path}: {how}"
    inputs = _inputs(found, project)
    yield (inputs or [found.at()])[0], words, [*inputs[1:], found.at()]


def _inputs(found: MeasuredGiveaway, project: Project) -> list[Origin]:
    """Where the column is declared as an input."""
    signature = project.training.signature
    stated = [*(signature.inputs if signature else []), *project.data.features]
    return [each.at("name") for each in stated if each.name == found.column]
