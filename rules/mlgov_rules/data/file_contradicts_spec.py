"""A data file must hold what its specification says: rows, columns, types, missing values, classes and bytes.

## Why
Everything that is argued from the specification (sample sizes, leakage, balance) is argued about other data where the
file differs from it.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: accounts, location: data/accounts.csv, rows: 4}]
~~~
~~~csv data/accounts.csv
id,age,churned
1,31,0
2,45,1
3,28,0
~~~

### a column is missing, and another is of another type
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: accounts, location: data/accounts.csv}]
  columns: [{name: age, type: integer}, {name: region}]
~~~
~~~csv data/accounts.csv
id,age,churned
1,31,0
2,unknown,1
~~~

### a required value is missing
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: accounts, location: data/accounts.jsonl}]
  columns: [{name: age, required: true}]
~~~
~~~json data/accounts.jsonl
{"id": 1, "age": 31}
{"id": 2}
~~~

### more values are missing than stated
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: accounts, location: data/accounts.csv, missing: {age: 10%}}]
~~~
~~~csv data/accounts.csv
id,age
1,31
2,NA
3,
~~~

### the classes are not balanced as stated
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  labels: {name: churned}
  datasets: [{id: accounts, location: data/accounts.csv, class_balance: {"0": 0.50, "1": 0.50}}]
~~~
~~~csv data/accounts.csv
id,churned
1,0
2,0
3,0
4,1
~~~

### another file than the one that was pinned
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: accounts, location: data/accounts.csv, version: md5-5d41402abc4b2a76b9719d911017c592}]
~~~
~~~csv data/accounts.csv
id
1
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  labels: {name: churned}
  datasets:
  - id: accounts
    location: data/accounts.csv
    rows: 4
    class_balance: {"0": 0.75, "1": 0.25}
    missing: {age: 25%}
  columns: [{name: age, type: integer}, {name: id, type: string, required: true}, {name: opened, type: date}]
~~~
~~~csv data/accounts.csv
id,age,opened,churned
1,31,2026-01-05,0
2,45,2026-01-06,1
3,NA,2026-01-07,0
4,28.0,2026-01-08,0
~~~

### an approximate count
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: accounts, location: data/accounts.csv, rows: ~3}]
~~~
~~~csv data/accounts.csv
id
1
2
3
4
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: accounts, location: data/accounts.csv, class_balance: {stayed: 75%, left: 25%}}]
  labels: {name: churned}
~~~
~~~csv data/accounts.csv
id,churned
1,0
2,1
~~~

## Remedy
restore the file that the specification describes, or describe the file that is used

## References
S4-19, S4-20, S4-23; ML Test Score Mon2
"""

from collections.abc import Iterator

from mlgov.rulekit import Column, Dataset, Findings, MeasuredFile, Project, Quantity, abstain, interval, plain, rule
from mlgov_rules.data._measured import dataset_of, many

# what a text file may hold for a declared type, beside the type itself
_ALSO = {"boolean": ("integer",), "timestamp": ("date",), "date": ("timestamp",), "number": ("integer",)}
_SPELLED = ("integer", "number", "boolean", "date", "timestamp")


@rule("DAT401", severity="IWE", sources=["S4-19", "S4-20", "S4-23"])
def file_contradicts_spec(file: MeasuredFile, project: Project) -> Findings:
    dataset = dataset_of(file, project)
    if dataset is None:
        return
    yield from _rows(file, dataset, project)
    yield from _version(file, dataset)
    yield from _missing(file, dataset)
    yield from _classes(file, dataset)
    for column in _columns(dataset, project):
        yield from _column(file, column)


def _rows(file: MeasuredFile, dataset: Dataset, project: Project) -> Findings:
    if dataset.rows is not None and not _holds(dataset.rows, file.rows):
        words = f"{file.path} has {many(file.rows, 'row')}, {dataset.id or 'the data set'} declares {dataset.rows.text}"
        parts = project.data.splits.parts if project.part("data.splits") else []
        same = [p.at("rows") for p in parts if p.rows == dataset.rows and _is_of(p.dataset or p.file, dataset, project)]
        yield dataset.at("rows"), words, [*same]


def _is_of(name: str | None, dataset: Dataset, project: Project) -> bool:
    return project.dataset(name) is dataset


def _version(file: MeasuredFile, dataset: Dataset) -> Findings:
    for kind, digest in file.digests.items():
        if digest.lower() not in str(dataset.version).lower():
            words = f"the {kind} of {file.path} is {digest}, declared is {dataset.version}"
            yield dataset.at("version"), words


def _missing(file: MeasuredFile, dataset: Dataset) -> Findings:
    for name, declared in dataset.missing.items():
        column = file.column(name)
        if column is None:
            yield dataset.at("missing", name), f"{file.path} has no column {name}"
        elif file.rows and not _holds(declared, (file.rows - column.values) / file.rows):
            lack = plain(round((file.rows - column.values) / file.rows, 4))
            words = f"{lack} of {name} is missing in {file.path}, declared is {declared.text}"
            yield dataset.at("missing", name), words


def _classes(file: MeasuredFile, dataset: Dataset) -> Findings:
    if not dataset.class_balance:
        return
    found, total = {_canonical(k): rows for k, rows in file.classes.items()}, sum(file.classes.values())
    if not total or {_canonical(name) for name in dataset.class_balance} - found.keys():
        yield abstain(f"unknown which values of the label in {file.path} the declared classes are")
        return
    for name, declared in dataset.class_balance.items():
        if not _holds(declared, found[_canonical(name)] / total):
            actual = plain(round(found[_canonical(name)] / total, 4))
            words = f"class {name} is {actual} of {file.path}, declared is {declared.text}"
            yield dataset.at("class_balance", name), words
            return  # the shares of the others follow


def _columns(dataset: Dataset, project: Project) -> Iterator[Column]:
    """The columns that are declared of this data set: by name, or of the only data set that lies somewhere."""
    alone = sum(bool(d.location) for d in project.data.datasets) == 1
    for column in project.data.columns:
        if project.dataset(column.dataset) is dataset if column.dataset else alone:
            yield column


def _column(file: MeasuredFile, column: Column) -> Findings:
    if not column.name:
        return
    found = file.column(column.name)
    if found is None:
        yield column.at("name"), f"{file.path} has no column {column.name}"
        return
    if column.required and found.values < file.rows:
        words = f"{column.name} is required, and missing in {many(file.rows - found.values, 'row')} of {file.path}"
        yield column.at("required"), words
    if column.type in _SPELLED and found.values:
        fitting = max(found.fits.get(kind, 0) for kind in (column.type, *_ALSO.get(column.type, ())))
        if fitting < found.values:
            words = f"{many(found.values - fitting, 'value')} of {column.name} in {file.path} {'is' if found.values - fitting == 1 else 'are'} no {column.type}"
            yield column.at("type"), words


def _holds(declared: Quantity, actual: float) -> bool:
    """True if the actual number is what the declared one claims at its printed precision."""
    claimed = interval(declared)
    return claimed is None or claimed[0] <= actual <= claimed[1]


def _canonical(name: str) -> str:
    """`1`, `1.0` and `true` are told apart by nothing but their spelling."""
    text = str(name).strip().lower()
    try:
        return plain(float({"true": "1", "false": "0"}.get(text, text)))
    except ValueError:
        return text
