"""Frictionless Data Package, v1 and v2: resources with their places, sizes and hashes, and their columns."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._column_types import logical_type
from mlgov.formats._constraints import constrain
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._kubernetes import value_at
from mlgov.formats._metric_keys import is_number
from mlgov.formats._paths import dataset, rooted
from mlgov.formats._quantities import count_of, text_of
from mlgov.lifecycle.fact import Fact

NAME = "frictionless"
PATHS = ("datapackage.json", "datapackage.yaml", "datapackage.yml")
MARKERS = (b"resources",)
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """By its name and its resources; v2 names its schema, v1 a profile."""
    data = artifact.data
    if not isinstance(data, dict) or not any(True for _ in rows(data.get("resources"))):
        return None
    schema = text_of(data.get("$schema")) or ""
    return Claim("v2" if "/profiles/2." in schema else "v1" if "profile" in data else "")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A data set for each resource with its columns; licence and sources of the package."""
    data = artifact.data
    names = [(at, name) for at, row in rows(data.get("licenses")) if (name := text_of(row.get("name")))]
    licence = names[0] if len(names) == 1 else None
    if licence:
        yield Fact("project.license.data", licence[1], artifact.at("licenses", licence[0], "name"))
    for at, source in rows(data.get("sources")):
        record = Draft(artifact.at("sources", at), id=identifier(text_of(source.get("title")), "source"))
        record.put("system", text_of(source.get("path")), artifact.at("sources", at, "path"))
        yield record.fact("data.sources[]")
    for at, row in rows(data["resources"]):
        yield from _resource(artifact, row, artifact.at("resources", at), licence)


def _resource(
    artifact: Artifact, row: dict[str, Any], where: Origin, licence: tuple[int, str] | None
) -> Iterator[Fact]:
    record = Draft(where, contract={"source": {"file": "/" + artifact.path}})
    record.put("id", identifier(text_of(row.get("name")), "resource"), where.at("name"))
    if isinstance(path := row.get("path"), str) and path:
        place = rooted(artifact.folder, path)
        record.put("location", place, where.at("path"))
        record.put("role", dataset(place).get("role"), where.at("path"))
    record.put("format", text_of(row.get("format")), where.at("format"))
    record.put(
        "size_bytes", row["bytes"] if is_number(row.get("bytes")) and row["bytes"] >= 0 else None, where.at("bytes")
    )
    stated = text_of(artifact.data.get("version"))
    digest = (text_of(row.get("hash")) or "").replace(":", "-", 1) or None
    record.put("version", stated or digest, artifact.at("version") if stated else where.at("hash"))
    for counted in (row.get("rows"), value_at(row, "stats", "rows")):
        if "rows" not in record.values:
            record.put("rows", count_of(counted), where)
    if licence:
        record.put("license", licence[1], artifact.at("licenses", licence[0], "name"))
    record.put("key", _key(value_at(row, "schema", "primaryKey")), where.at("schema", "primaryKey"))
    yield record.fact("data.datasets[]")
    yield from _columns(artifact, row.get("schema"), record.values["id"], where.at("schema"))


def _key(said: Any) -> list[str] | None:
    """The columns of a primary key, written as one name or as a list."""
    names = said if isinstance(said, list) else [said]
    return names if names and all(isinstance(name, str) and name for name in names) else None


def _columns(artifact: Artifact, schema: Any, name: str, where: Origin) -> Iterator[Fact]:
    """The fields of a schema, which may lie in a file of its own."""
    if isinstance(schema, str):
        found = artifact.beside(schema) if "://" not in schema else None
        if found is None:
            return
        schema, where = found.data, found.at()
    for at, field in rows(schema.get("fields") if isinstance(schema, dict) else None):
        if not isinstance(field.get("name"), str) or not field["name"]:
            continue
        place = where.at("fields", at)
        column = Draft(place, name=field["name"], dataset=name)
        column.put("type", logical_type(field.get("type")), place.at("type"))
        required = value_at(field, "constraints", "required")
        column.put("required", required if isinstance(required, bool) else None, place.at("constraints", "required"))
        constrain(column, field.get("constraints"), place.at("constraints"), anchored=True)
        yield column.fact("data.columns[]")
