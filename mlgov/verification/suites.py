"""The team's own suites of Great Expectations: read as JSON, looked at entry by entry, and refused where one is not admitted."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mlgov.documents import read_json
from mlgov.finding import Origin
from mlgov.lifecycle.data import Dataset
from mlgov.lifecycle.project import Project
from mlgov.snapshot import Unreadable
from mlgov.verification.allowlist import Refused, admitted
from mlgov.verification.expectation import Expectation, Suite, columns_of
from mlgov.verification.job import Gap

MOST = 2_000  # expectations of one suite
_KEYS = frozenset(
    "name expectation_suite_name expectations id ge_cloud_id meta notes data_asset_type evaluation_parameters "
    "suite_parameters".split()
)


def team_suites(project: Project, dataset: Dataset, is_private: Callable[..., bool]) -> Iterator[Suite | Gap]:
    """The suites that are bound to a data set, whole; a gap for each thing that keeps a suite from running."""
    for path in _bound(project, dataset):
        try:
            reading = read_json(project.tree.read(path))
        except Unreadable:
            continue  # that there is no such file is told where it is named
        data = reading.documents[0].data if reading.documents else None
        if not isinstance(data, dict) or not isinstance(data.get("expectations"), list):
            continue  # a contract or another kind of check
        found = list(_entries(path, data))
        gaps = [
            Gap(f"{path} is not run: {words}", (at,), dataset.subject) for at, words in found if isinstance(words, str)
        ]
        if gaps:
            yield from gaps
        else:
            run = [
                Expectation(*made, at, is_private(*columns_of(made[1])))
                for at, made in found
                if isinstance(made, tuple)
            ]
            name = data.get("name", data.get("expectation_suite_name"))
            yield Suite(str(name), dataset.id or "", Origin(path), tuple(run))


def _bound(project: Project, dataset: Dataset) -> list[str]:
    """The JSON files that are named as checks of a data set, by any of the files that speak about it."""
    stated = project.book.stated((*dataset.path, "checks", "source", "file"))
    paths = [project.path(str(claim.value)) for claim in stated]
    return [path for path in dict.fromkeys(paths) if path.endswith(".json")]


def _entries(path: str, data: Mapping[str, Any]) -> Iterator[tuple[Origin, str | tuple[str, dict[str, Any]]]]:
    """Each entry as it may run, or the words that refuse it, with its place."""
    rows = data["expectations"]
    for key in data:
        if key not in _KEYS:
            yield Origin(path).at(key), f"{key[:60]!r} is no part of a suite"
    if not rows or len(rows) > MOST:
        words = f"holds {len(rows)} expectations, more than {MOST}" if rows else "holds no expectation"
        yield Origin(path).at("expectations"), words
        return
    for at, row in enumerate(rows):
        where = Origin(path).at("expectations", at)
        try:
            yield where, admitted(row) if isinstance(row, Mapping) else "an entry is no expectation"
        except Refused as refused:
            yield where.at(*refused.steps), refused.reason
