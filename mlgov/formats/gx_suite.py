"""Suites of Great Expectations, 0.x and 1.x: which columns of the data are checked, and what is known of them by that."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._column_types import column_type
from mlgov.formats._draft import Draft, flaw_at
from mlgov.formats._gx import Expectation, expectations
from mlgov.formats._metric_keys import is_number
from mlgov.lifecycle.fact import Fact
from mlgov.units import literal

NAME = "gx-suite"
PATHS = ("*.json",)
MARKERS = (b'"expectations"', b'"expectation_suite_name"')
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """A list of expectations, named in the words of 0.x or 1.x; the version is that of the library where it is kept."""
    data = artifact.data
    if not isinstance(data, dict) or not isinstance(data.get("expectations"), list):
        return None
    kept = data.get("meta")
    version = kept.get("great_expectations_version") if isinstance(kept, dict) else None
    known = [e for e in expectations(data["expectations"]) if e.kind.startswith("expect_")]
    if isinstance(data.get("expectation_suite_name"), str):
        return Claim(version if isinstance(version, str) else "0.x")
    if isinstance(data.get("name"), str) and (known or isinstance(version, str)):
        return Claim(version if isinstance(version, str) else "1.x")
    return None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The suite as checks of a data set that is called like it, and its columns. Bounds of the row count are no count."""
    data = artifact.data
    key = "expectation_suite_name" if "expectation_suite_name" in data else "name"
    checks = {"aliases": [data[key]], "checks": {"source": {"file": "/" + artifact.path}}}
    yield Fact("data.datasets[]", checks, artifact.at(), "declared", {"aliases": artifact.at(key)})
    known = list(expectations(data["expectations"]))
    for at, row in enumerate(data["expectations"]):
        if not any(e.at == at for e in known):
            yield flaw_at(artifact, artifact.at("expectations", at), f"an expectation has no type: {literal(row)[:60]}")
    for expectation in known:
        yield from _wrong_share(artifact, expectation)
    yield from _columns(artifact, known)


def _wrong_share(artifact: Artifact, said: Expectation) -> Iterator[Flaw]:
    """`mostly` is a fraction; 95 is not 95 %."""
    mostly = said.mostly
    if isinstance(mostly, dict):
        return  # filled in when the suite runs
    if not is_number(mostly) or not 0 <= mostly <= 1:
        where = artifact.at("expectations", said.at, "kwargs", "mostly")
        yield flaw_at(artifact, where, f"mostly is {literal(mostly)[:40]}, not a fraction between 0 and 1")._replace(
            code="INT004"
        )


def _columns(artifact: Artifact, known: list[Expectation]) -> Iterator[Fact]:
    """One record for each column that has an expectation of its own; lists of columns check none of them.

    Types are stated only by a suite that lists the columns and checks each: others know a part of the columns, and
    columns of which all have a type are taken for all that there are.
    """
    found: dict[str, Draft] = {}
    listed = _listed(known)
    is_whole = bool(listed) and listed <= {said.column for said in known}
    for said in known:
        if said.column is None:
            continue
        where = artifact.at("expectations", said.at, "kwargs")
        column = found.setdefault(said.column, Draft(where.at("column"), name=said.column))
        for field, value, place in _stated(said, where):
            if field not in column.values and (field != "type" or is_whole):
                column.put(field, value, place)
    yield from (column.fact("data.columns[]") for column in found.values())


def _listed(known: list[Expectation]) -> set[str | None]:
    """The columns that the table as a whole is expected to have."""
    names = [e.arguments.get(key) for e in known for key in ("column_list", "column_set")]
    return {name for row in names if isinstance(row, list) for name in row if isinstance(name, str)}


def _stated(said: Expectation, where: Origin) -> Iterator[tuple[str, Any, Origin]]:
    conditional = said.arguments.get("row_condition") is not None
    if said.kind == "expect_column_values_to_not_be_null" and said.mostly == 1 and not conditional:
        yield "required", True, where
    elif said.kind == "expect_column_values_to_be_of_type":
        yield "type", column_type(said.arguments.get("type_")), where.at("type_")
    elif said.kind == "expect_column_values_to_be_in_type_list":
        kinds = said.arguments.get("type_list")
        types = {column_type(kind) for kind in kinds} if isinstance(kinds, list) else set()
        yield "type", types.pop() if len(types) == 1 else None, where.at("type_list")
