"""Everything the files of a project say about how many rows a data set has."""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Dataset, MetricResult, Origin, Project, Quantity, SplitPart, same_version

# words that name a part of a split, not one data set
_GENERIC = {"train", "training", "validation", "valid", "val", "dev", "test", "testing", "holdout"}


class Count(NamedTuple):
    """A number of rows, where it stands, who says so, and of which version of the data."""

    rows: Quantity
    place: Origin
    whose: str
    version: str | None = None

    def speaks_of(self, other: "Count") -> bool:
        """True unless the two say that they are about two versions of the data."""
        return not self.version or not other.version or same_version(self.version, other.version)


def described(project: Project) -> Iterator[tuple[str, list[Dataset]]]:
    """The data sets by name, each with all the records that speak about it."""
    groups: dict[str, list[Dataset]] = {}
    for dataset in project.data.datasets:
        name = _same_as(dataset, project) or dataset.id
        if name:
            groups.setdefault(name, []).append(dataset)
    yield from groups.items()


def _same_as(dataset: Dataset, project: Project) -> str | None:
    """The id of the first data set that has this name, or that alone has the role this record is named after."""
    known = project.dataset(dataset.id) or project.dataset(dataset.location)
    if known is not None and known.id != dataset.id:
        return known.id
    if (dataset.id or "").lower() in _GENERIC or not dataset.id:
        alike = {d.id for d in project.data.datasets if d.role and d.role == dataset.role and d.is_own}
        return alike.pop() if len(alike) == 1 else None
    return known.id if known else None


def of_datasets(datasets: list[Dataset], project: Project) -> Iterator[Count]:
    """Rows as the data set states them, and as the file says that its `source` names."""
    for dataset in datasets:
        if dataset.rows is None:
            continue
        yield Count(dataset.rows, dataset.at("rows"), "the data set", dataset.version)
        for claim in project.book.claims.get((*dataset.path, "rows"), ()):
            if (rows := _quantity(claim.value)) is not None:
                yield Count(rows, claim.origin, "its source", dataset.version)


def _quantity(value: object) -> Quantity | None:
    try:
        return Quantity(float(value), str(value)) if isinstance(value, (int, float, str)) else None
    except ValueError:
        return None


def of_parts(name: str, role: str, project: Project) -> Iterator[Count]:
    """Rows of the one part of the split that is the whole data set."""
    splits = project.part("data.splits") and project.data.splits
    if not splits or splits.discarded_rows or splits.strategy == "cross_validation":
        return
    parts: list[SplitPart] = [
        p for p in splits.parts if p.dataset and (d := project.dataset(p.dataset)) and d.id == name
    ]
    if {p.part for p in parts} == {role}:
        yield from (Count(p.rows, p.at("rows"), f"the {role} part") for p in parts if p.rows is not None)


def of_results(name: str, role: str, project: Project) -> Iterator[tuple[MetricResult, Count]]:
    """Items of the results that say they were measured on the whole data set."""
    for result in project.results:
        if result.n is None or result.slice or result.partial or result.k is not None or result.coverage is not None:
            continue
        key = project.comparer.key(result)
        dataset = project.dataset(key.dataset)
        if dataset is not None and dataset.id == name and key.split == role:
            yield result, Count(result.n, result.at("n"), "a result on it", result.dataset_version)


def role_of(datasets: list[Dataset]) -> str:
    """The part of a split that the whole data set is; "" where it may hold several."""
    roles = {d.role for d in datasets if d.role} - {"calibration", "reference", "online"}
    return {"golden": "test"}.get(role := roles.pop(), role) if len(roles) == 1 else ""
