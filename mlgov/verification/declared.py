"""The suite that a project declares for each data set: what its columns, counts, classes and age amount to."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil, floor

from mlgov.lifecycle.data import Column, Dataset
from mlgov.lifecycle.printed import interval
from mlgov.lifecycle.project import Project
from mlgov.verification.declared_columns import of_column, of_features, typed
from mlgov.verification.expectation import Expectation, Suite, columns_of
from mlgov.verification.persons import about_persons

_SAMPLES = ("train", "validation", "test", "calibration", "reference", "golden")


def declared_suites(project: Project) -> Iterator[Suite]:
    """A suite for each data set of which anything is expected."""
    is_private = about_persons(project)
    for dataset in project.data.datasets:
        found = [e._replace(private=is_private(*columns_of(e.kwargs))) for e in _expected(project, dataset)]
        if dataset.id and found:
            name = f"{project.id}.{dataset.id}" if project.id else dataset.id
            yield Suite(name, dataset.id, dataset.at(), tuple(_once(found)))


def _once(found: list[Expectation]) -> Iterator[Expectation]:
    """The same thing may be declared twice (a key that is unique); the first place speaks for both."""
    seen: set[str] = set()
    for expectation in found:
        key = f"{expectation.kind} {sorted(expectation.kwargs.items())}"
        if key not in seen:
            seen.add(key)
            yield expectation


def _expected(project: Project, dataset: Dataset) -> Iterator[Expectation]:
    columns = columns_for(project, dataset)
    for column in columns:
        yield from of_column(column)
    if not columns and dataset.role in _SAMPLES:
        yield from of_features(project.data.features)
    yield from _volume(dataset)
    yield from _key(dataset)
    yield from _missing(dataset)
    yield from _classes(project, dataset, columns)
    yield from _age(project, dataset)


def columns_for(project: Project, dataset: Dataset) -> list[Column]:
    """The declared columns of a data set: those that name it, and those that name none where it is the one that is meant.

    Meant is the data set with the contract, else the only one, else every sample that a model learns from or is judged by.
    """
    every: list[Dataset] = project.data.datasets
    under_contract = [d for d in every if d.contract]
    if len(every) == 1 or len(under_contract) == 1:
        is_meant = dataset is (every if len(every) == 1 else under_contract)[0]
    else:
        is_meant = dataset.role in _SAMPLES
    checked = {d.checks.source.file for d in every if d.checks and d.checks.source}
    contracts = {d.contract.source.file for d in every if d.contract and d.contract.source}
    of_suites = {path.lstrip("/") for path in checked - contracts if path}
    named = [c for c in project.data.columns if project.dataset(c.dataset) is dataset or not c.dataset and is_meant]
    # a team's own suite is run as it is; that it mentions a column declares nothing more
    return [c for c in named if c.at("name").file not in of_suites]


def _volume(dataset: Dataset) -> Iterator[Expectation]:
    if dataset.rows is not None:
        where, low_high = dataset.at("rows"), interval(dataset.literal("rows"))
        if not dataset.rows.approximate and float(dataset.rows).is_integer() and dataset.literal("rows").isdigit():
            yield Expectation("expect_table_row_count_to_equal", {"value": int(dataset.rows)}, where)
        elif low_high:
            bounds = {"min_value": ceil(low_high[0]), "max_value": floor(low_high[1])}
            yield Expectation("expect_table_row_count_to_be_between", bounds, where)
    if dataset.volume:
        ends = {"min_value": dataset.volume.min, "max_value": dataset.volume.max}
        if bounds := {key: int(end) for key, end in ends.items() if end is not None}:
            yield Expectation("expect_table_row_count_to_be_between", bounds, dataset.at("volume"))


def _key(dataset: Dataset) -> Iterator[Expectation]:
    """The columns of a key are never missing and together unique."""
    where = dataset.at("key")
    for name in dataset.key_:
        yield Expectation("expect_column_values_to_not_be_null", {"column": name}, where)
    if len(dataset.key_) == 1:
        yield Expectation("expect_column_values_to_be_unique", {"column": dataset.key_[0]}, where)
    elif dataset.key_:
        yield Expectation("expect_compound_columns_to_be_unique", {"column_list": list(dataset.key_)}, where)


def _claimed(share: str) -> tuple[float, float] | None:
    """The shares that a printed text can stand for; a bare `0` or `1` means none and all."""
    return (float(share), float(share)) if share in ("0", "1") else interval(share)


def _missing(dataset: Dataset) -> Iterator[Expectation]:
    """No more is missing than the declared share can stand for at its printed precision."""
    for name in dataset.missing:
        most = _claimed(dataset.literal("missing", name))
        if most and most[1] < 1:
            said = {"column": name, "mostly": round(1 - most[1], 12)}
            yield Expectation("expect_column_values_to_not_be_null", said, dataset.at("missing", name))


def _classes(project: Project, dataset: Dataset, columns: list[Column]) -> Iterator[Expectation]:
    """Each class has at least its declared share, at the printed precision; as shares add up to 1, at most as well."""
    label = getattr(project.part("data.labels"), "name", None)
    kind = next((c.type for c in columns if c.name == label), None)
    classes = list(dataset.class_balance) if label else []
    for text, value in zip(classes, typed(classes, kind), strict=True):
        share = _claimed(dataset.literal("class_balance", text))
        if share and share[0] > 0:
            said = {"column": label, "value_set": [value], "mostly": round(min(share[0], 1.0), 12)}
            where = dataset.at("class_balance", text)
            yield Expectation("expect_column_values_to_be_in_set", said, where)


def _age(project: Project, dataset: Dataset) -> Iterator[Expectation]:
    """The newest row is no older than declared at the beginning of the run's day."""
    fresh = dataset.freshness
    if fresh and fresh.column and fresh.max_age is not None and project.today:
        try:
            oldest = datetime.fromisoformat(project.today) - timedelta(seconds=float(fresh.max_age))
        except (OverflowError, ValueError):
            return
        said = {"column": fresh.column, "min_value": oldest.isoformat()}
        yield Expectation("expect_column_max_to_be_between", said, dataset.at("freshness"))
