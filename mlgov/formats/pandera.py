"""Schemas of pandera in YAML, in the shape of old versions (a list of checks) and of new ones (checks beside the type)."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._column_types import column_type
from mlgov.formats._draft import Draft, flaw_at
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "pandera"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"schema_type",)
ROLE = "part"
# what a column says about itself; every other key is a check
_ATTRIBUTES = frozenset(
    "dtype nullable unique required coerce description title regex default metadata checks report_duplicates "
    "drop_invalid_rows name".split()
)


def recognise(artifact: Artifact) -> Claim | None:
    """A data frame's columns; old versions state theirs, new ones the library whose frames are checked."""
    data = artifact.data
    if (
        not isinstance(data, dict)
        or data.get("schema_type") != "dataframe"
        or not isinstance(data.get("columns"), dict)
    ):
        return None
    return Claim(text_of(data.get("version")) or "", text_of(data.get("api")) or "")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The schema as a contract of its data set, and the columns; a column must be filled in unless it may be null."""
    data = artifact.data
    columns = {str(name): row for name, row in data["columns"].items() if isinstance(row, dict)}
    binding = {"source": {"file": "/" + artifact.path}}
    record = Draft(artifact.at(), contract=binding)
    if name := text_of(data.get("name")):
        record.put("aliases", [name], artifact.at("name"))
    if data.get("checks") or any(_checks(row) for row in columns.values()):
        record.values["checks"] = binding
    yield record.fact("data.datasets[]")
    for name, row in data["columns"].items():
        if str(name) not in columns:
            yield flaw_at(artifact, artifact.at("columns", name), f"the column {str(name)[:60]!r} has no attributes")
        else:
            yield _column(artifact, str(name), row)


def _checks(row: dict[str, Any]) -> bool:
    return bool(row.get("checks")) or any(str(key) not in _ATTRIBUTES for key in row)


def _column(artifact: Artifact, name: str, row: dict[str, Any]) -> Fact:
    where = artifact.at("columns", name)
    column = Draft(where, name=name)
    column.put("type", column_type(row.get("dtype")), where.at("dtype"))
    optional = row.get("required") is False or row.get("nullable") is True
    column.put("required", not optional, where.at("nullable") if "nullable" in row else where)
    return column.fact("data.columns[]")
