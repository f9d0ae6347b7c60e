"""The data must be as the repository declares them and as its own suites of expectations ask.

## Why
A contract that nobody runs is a wish.
A column that changed its meaning, a category that nobody knows, a table that has not been filled for a week: the model
answers all the same, and the figures of its card are about other data.

Great Expectations runs what is declared (columns, types, ranges, values, keys, counts, classes, age) and the suites of
the team over all rows; a finding tells how many values are otherwise.
Values of columns about persons are never shown.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
data:
  datasets: [{id: train, role: train, location: train.csv}]
  columns: [{name: age, type: integer, min: 18}]
~~~
~~~csv train.csv
age,income
34,1000
17,2000
~~~

### A suite of the team
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
data:
  datasets: [{id: train, location: train.csv, checks: {source: {file: gx/expectations/train.json}}}]
~~~
~~~json gx/expectations/train.json
{"name": "train", "expectations": [
  {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "plan", "value_set": ["a", "b"]}, "meta": {}}]}
~~~
~~~csv train.csv
plan,income
a,1000
x,2000
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
data:
  datasets: [{id: train, role: train, location: train.csv, rows: 2, class_balance: {0: 0.5, 1: 0.5}}]
  columns: [{name: age, type: integer, min: 18, required: true}]
  labels: {name: bad}
~~~
~~~csv train.csv
age,bad
34,0
18,1
~~~

## Abstains
Of a column without a value nothing can be said; and where a column is not there, that is said once.
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
data:
  datasets: [{id: train, role: train, location: train.csv}]
  columns: [{name: plan, values: [a, b]}]
~~~
~~~csv train.csv
plan,income
,1000
,2000
~~~

## Remedy
repair the data; where the data are right, correct what is declared about them

## References
S4-19, S4-20, S4-23; Breck et al. 2017, Data 1 and Monitoring 2; Great Expectations 1.x
"""

from mlgov.rulekit import Findings, MeasuredExpectation, Project, abstain, rule


@rule("DAT410", severity="WEE", sources=["S4-19", "S4-20", "S4-23"], implies=["DAT401"])
def expectation_failed(expectation: MeasuredExpectation, project: Project) -> Findings:
    if expectation.holds:
        if expectation.values == 0 and expectation.arguments.get("column"):
            yield abstain(f"{expectation.arguments['column']} has no value in {expectation.path}")
        return
    if _is_consequence(expectation, project):
        yield abstain(f"{expectation.path} has no column {expectation.arguments['column']}")
        return
    # the data file is named but is no place: a frame of its lines would show values
    yield expectation.at(), f"{expectation.expected}; in {expectation.path} {_evidence(expectation)}"


def _is_consequence(expectation: MeasuredExpectation, project: Project) -> bool:
    """The column does not exist, and that it should is expected as well."""
    column = expectation.arguments.get("column")
    return expectation.expectation != "expect_column_to_exist" and any(
        e.expectation == "expect_column_to_exist" and not e.holds and e.arguments.get("column") == column
        for e in project.records(MeasuredExpectation)
        if e.path == expectation.path
    )


def _evidence(found: MeasuredExpectation) -> str:
    if found.unexpected >= 0 and found.values > 0:
        such = f", such as {', '.join(found.examples)}" if found.examples else ""
        return (
            f"{found.unexpected} of {found.values} values ({found.unexpected / found.values:.2%}) are otherwise{such}"
        )
    if found.observed.startswith("the column "):
        return found.observed
    return f"it is {found.observed}" if found.observed else "it is otherwise"
