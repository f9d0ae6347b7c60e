"""The training data and the test data must not be the same data.

## Why
A result on the rows a model was trained on says how well it remembers, not how well it predicts.
Two data sets are the same if they have one content hash, or are one file at one version that no split divides; one data
set, or one revision of a repository, that a split divides is fine.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: train_2026, role: train, location: data/train.csv, version: md5-5d41402abc4b2a76b9719d911017c592}
  - {id: test_2026, role: test, location: data/test.csv, version: 5D41402ABC4B2A76B9719D911017C592}
~~~

### one file for both
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: train_2026, role: train, location: data.csv, version: abc1234}
  - {id: test_2026, role: test, location: ./data.csv, version: abc1234}
~~~

### the parts of a split lie in one file
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  splits: {strategy: predefined, parts: [{part: train, file: data/all.csv}, {part: test, file: data/all.csv}]}
~~~

### tested on the bytes of the training data
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: train_2026, role: train, version: md5-5d41402abc4b2a76b9719d911017c592}
  - {id: test_2026, role: test}
evaluation:
  results:
  - {metric: recall, value: 0.9, split: test, dataset: test_2026, dataset_version: md5-5d41402abc4b2a76b9719d911017c592}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: train_2026, role: train, location: data.csv, version: md5-5d41402abc4b2a76b9719d911017c592}
  - {id: test_2026, role: test, location: data.csv, version: md5-5d41402abc4b2a76b9719d911017c592}
  splits: {strategy: temporal, parts: [{part: train, to: 2026-01-31}, {part: test, from: 2026-03-01}]}
~~~

### one release holds both
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: imdb_train, role: train, location: stanfordnlp/imdb, version: e6281661ce1c48d982bc483cf8a173c1bbeb5d31}
  - {id: imdb_test, role: test, location: stanfordnlp/imdb, version: e6281661ce1c48d982bc483cf8a173c1bbeb5d31}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  datasets:
  - {id: train_2026, role: train, location: data/train.csv, version: md5-5d41402abc4b2a76b9719d911017c592}
  - {id: test_2026, role: test, location: data/test.csv}
~~~

## Remedy
test on data that training has not seen, and pin both data sets to their own version

## References
S4-41; ML Test Score M6
"""

import re
from collections.abc import Iterator
from itertools import product

from mlgov.rulekit import Dataset, Findings, Project, SplitPart, abstain, rule

# md5 and sha256 are of bytes; 40 digits may be a commit, which holds many files
_HASH = re.compile(r"(?:md5|sha256|sha1)?[-:=]?([0-9a-f]{32}|[0-9a-f]{64})|sha1[-:=]([0-9a-f]{40})", re.IGNORECASE)
_EMPTY = ("d41d8cd98f00b204e9800998ecf8427e", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
_DIVIDING = ("random", "stratified", "grouped", "temporal", "geographic", "cross_validation")


@rule("DAT205", severity="EEE", sources=["S4-41"], implies=["DAT402", "EVA202"])
def train_test_same_data(project: Project) -> Findings:
    divided = bool(project.part("data.splits")) and project.data.splits.strategy in _DIVIDING
    yield from _datasets(project, divided)
    if project.part("data.splits") and not divided:
        yield from _files(project.data.splits.parts)
    yield from _results(project)


def _with_role(project: Project, *roles: str) -> Iterator[Dataset]:
    return (d for d in project.data.datasets if d.role in roles)


def _datasets(project: Project, divided: bool) -> Findings:
    for train, test in product(_with_role(project, "train"), _with_role(project, "test", "golden")):
        if not train.version or not test.version:
            if train.version or test.version:
                yield abstain(f"unknown version of {(train if test.version else test).id or 'a data set'}")
            continue
        place = _place(train)
        if place and place == _place(test):
            same = not divided and _is_file(place) and train.version == test.version
        else:
            same = bool(_digest(train.version)) and _digest(train.version) == _digest(test.version)
        if same:
            words = f"{test.id or 'the test data'} and {train.id or 'the training data'} are the same data: version {test.version}"
            yield test.at("version"), words, [train.at("version")]


def _files(parts: list[SplitPart]) -> Findings:
    trains = [p for p in parts if p.part == "train" and p.file]
    for train, test in product(trains, (p for p in parts if p.part == "test" and p.file)):
        if _plain(train.file) == _plain(test.file) and not (_selects(train) or _selects(test)):
            yield test.at("file"), f"train and test lie in one file, {test.file}", [train.at("file")]


def _results(project: Project) -> Findings:
    """A test result whose data, of another name, have the bytes of the training data."""
    trains = {digest: d for d in _with_role(project, "train") if (digest := _digest(d.version))}
    for result in project.results:
        train = trains.get(_digest(result.dataset_version)) if result.split == "test" else None
        tested = project.dataset(result.dataset)
        if train and tested and tested.id != train.id and not tested.version:
            words = f"the test result on {tested.id} was measured on the version of {train.id}"
            yield result.at("dataset_version"), words, [train.at("version")]


def _selects(part: SplitPart) -> bool:
    return part.fraction is not None or part.from_ is not None or part.to is not None


def _digest(version: str | None) -> str:
    """The content hash that a version is, "" for a release, a commit or a directory of several files."""
    found = _HASH.fullmatch(version.strip()) if version else None
    digest = (found[1] or found[2]).lower() if found else ""
    return "" if digest in _EMPTY else digest


def _place(dataset: Dataset) -> str:
    return _plain(dataset.location)


def _plain(path: str | None) -> str:
    return (path or "").removeprefix("./").rstrip("/")


def _is_file(place: str) -> bool:
    """A file has an ending; a folder or the name of a data set on a hub may hold both parts."""
    return bool(
        re.search(r"\.(csv|tsv|parquet|jsonl?|feather|arrow|orc|xlsx?|txt|npz?|pkl|h5|tfrecord)(\.\w+)?$", place)
    )
