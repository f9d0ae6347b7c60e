"""The rows of a data set must be the same wherever they are counted.

## Why
A card that speaks of 50,000 examples and a result on 48,212 are about different data, or one of them is out of date;
either way the result cannot be repeated. Counts are compared at their printed precision, so `~50000` is a rounded word.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: test_2026, role: test, rows: 50000}]
evaluation:
  results: [{metric: recall, value: 0.9, split: test, dataset: test_2026, n: 48212}]
~~~

### the part of the split differs
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: train_2026, role: train, rows: 180000}]
  splits: {parts: [{part: train, dataset: train_2026, rows: 18000}]}
~~~

### the file that is named as its source differs
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: train_2026, role: train, rows: {value: 180000, source: {file: stats.json, pointer: /rows}}}]
~~~

~~~json stats.json
{"rows": 178512}
~~~

### less than was found necessary
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {feasibility: {data_needed: 200000}}
data:
  splits: {total_rows: 48000}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {feasibility: {data_needed: 200000}}
data:
  datasets: [{id: train_2026, role: train, rows: 180_000}, {id: test_2026, role: test, rows: ~60000}]
  splits: {total_rows: 240000, parts: [{part: train, dataset: train_2026, rows: 180000}]}
evaluation:
  results:
  - {metric: recall, value: 0.9, split: test, dataset: test_2026, n: 59871}
  - {metric: recall, value: 0.8, split: test, dataset: test_2026, slice: young, n: 1200}
  slices: [{id: young, attribute: age, value: under 35}]
~~~

### a result on a part of the data set
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: accounts, rows: 100000}]
evaluation:
  results: [{metric: recall, value: 0.9, split: test, dataset: accounts, n: 20000}]
~~~

### two versions of the data
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: test_2026, role: test, rows: 50000, version: "2"}]
evaluation:
  results: [{metric: recall, value: 0.9, split: test, dataset: test_2026, dataset_version: "1", n: 48212}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets: [{id: test_2026, role: test, rows: 50000}]
evaluation:
  results: [{metric: recall, value: 0.9, split: test, dataset: test_2026}]
~~~

### several rows are one entity, so the result may count entities
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  entity: {key: account_id, rows_per_entity: 4}
  datasets: [{id: test_2026, role: test, rows: 50000}]
evaluation:
  results: [{metric: recall, value: 0.9, split: test, dataset: test_2026, n: 12500}]
~~~

## Remedy
correct the count that is out of date, or mark a rounded one with `~`

## References
S4-05, S4-19, S2-14; Mitchell 2019; EU AI Act Annex IV 2(d)
"""

from mlgov.rulekit import Findings, Project, abstain, agree, interval, rule
from mlgov_rules.data._counts import Count, described, of_datasets, of_parts, of_results, role_of


@rule("DAT208", severity="WEE", sources=["S4-05", "S4-19", "S2-14"], implies=["INT012"])
def dataset_count_mismatch(project: Project) -> Findings:
    for name, datasets in described(project):
        role = role_of(datasets)
        counts = [*of_datasets(datasets, project), *of_parts(name, role, project)]
        measured = [(r, c) for r, c in of_results(name, role, project) if r.positives is None or c.rows != r.positives]
        entities = project.data.entity.rows_per_entity if project.data.entity else None
        if measured and entities is not None and entities != 1:
            yield abstain(f"results may count one entity for {entities.text} rows")
        else:
            counts += (c for _, c in measured)
        if len(counts) == 1:
            yield abstain(f"the rows of {name} are counted only once")
        yield from _mismatch(name, counts)
    yield from _too_few(project)


def _mismatch(name: str, counts: list[Count]) -> Findings:
    for count in counts[1:]:
        other = next(
            (c for c in counts if c.place != count.place and c.speaks_of(count) and not _agree(c, count)), None
        )
        if other is not None and counts.index(other) < counts.index(count):
            words = f"{name}: {count.rows.text} rows by {count.whose}, {other.rows.text} by {other.whose}"
            if count.place.file != other.place.file:
                words = f"{name}: {count.rows.text} rows in {count.place.file}, {other.rows.text} in {other.place.file}"
            yield count.place, words, [other.place]
            return


def _agree(a: Count, b: Count) -> bool:
    return agree(a.rows, b.rows)


def _too_few(project: Project) -> Findings:
    needed = project.part("problem.feasibility") and project.problem.feasibility.data_needed
    total = project.part("data.splits") and project.data.splits.total_rows
    if not needed or not total:
        return
    least, most = interval(needed), interval(total)
    if least and most and most[1] < least[0]:
        place = project.data.splits.at("total_rows")
        message = f"the split holds {total.text} rows, {needed.text} were found necessary"
        yield place, message, [project.problem.feasibility.at("data_needed")]
