"""dbt: columns and tests of models, freshness of sources, and the exposures that name a machine-learning model."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._column_types import column_type
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._kubernetes import value_at
from mlgov.formats._listed import folders_above
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact
from mlgov.units import literal

NAME = "dbt"
PATHS = ("*.yml", "*.yaml")
MARKERS = (b"models:", b"sources:", b"exposures:", b"seeds:", b"snapshots:")
ROLE = "part"
_NODES = ("models", "seeds", "snapshots")
_INNER = frozenset({"columns", "tables", "tests", "data_tests", "depends_on", "config", "constraints"})


def recognise(artifact: Artifact) -> Claim | None:
    """Named resources in a list: below a dbt_project.yml, or with `version: 2` and what only dbt says of them."""
    data = artifact.data
    if not isinstance(data, dict) or artifact.name.startswith("dbt_project."):
        return None
    entries = [row for key in (*_NODES, "sources", "exposures") for _, row in rows(data.get(key))]
    if not entries or not all(isinstance(row.get("name"), str) for row in entries):
        return None
    has_project = any(artifact.beside(folder + "dbt_project.yml") for folder in folders_above(artifact))
    is_two = literal(data.get("version")) == "2"
    is_told = is_two and any(row.keys() & _INNER for row in entries)
    return Claim("2" if is_two else "") if has_project or is_told else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Models with their columns; sources with their freshness; exposures of type `ml`."""
    for key in _NODES:
        for at, node in rows(artifact.data.get(key)):
            yield from _node(artifact, node, node["name"], artifact.at(key, at))
    for at, source in rows(artifact.data.get("sources")):
        yield from _source(artifact, source, artifact.at("sources", at))
    for at, exposure in rows(artifact.data.get("exposures")):
        if exposure.get("type") == "ml":
            yield from _exposure(exposure, artifact.at("exposures", at))


def _tests(row: dict[str, Any]) -> list[tuple[str, Any]]:
    """Name and arguments of each test; `tests` became `data_tests` in 1.8."""
    found = [test for key in ("data_tests", "tests") for test in (row[key] if isinstance(row.get(key), list) else ())]
    named = [
        (test, None) if isinstance(test, str) else next(iter(test.items()), ("", None))
        for test in found
        if isinstance(test, (str, dict))
    ]
    return [(str(name), arguments) for name, arguments in named if name]


def _node(artifact: Artifact, node: dict[str, Any], name: str, where: Origin) -> Iterator[Fact]:
    columns = [(at, row) for at, row in rows(node.get("columns")) if text_of(row.get("name"))]
    record = Draft(where, id=identifier(name, "model"))
    record.parts["id"] = where.at("name")
    source = {"source": {"file": "/" + artifact.path}}
    if value_at(node, "config", "contract", "enforced") is True:
        record.put("contract", source, where.at("config", "contract"))
    if any(_tests(row) for row in (node, *(row for _, row in columns))):
        record.put("checks", source, where)
    yield record.fact("data.datasets[]")
    for at, row in columns:
        place = where.at("columns", at)
        column = Draft(place, name=row["name"], dataset=record.values["id"])
        column.put("type", column_type(row.get("data_type")), place.at("data_type"))
        column.put("required", _is_never_null(row) or None, place)
        yield column.fact("data.columns[]")


def _is_never_null(row: dict[str, Any]) -> bool:
    """A constraint, or a test without a condition."""
    if any(c.get("type") in ("not_null", "primary_key") for _, c in rows(row.get("constraints"))):
        return True
    found = [arguments for name, arguments in _tests(row) if name == "not_null"]
    return any(value_at(a, "config", "where") is None and value_at(a, "where") is None for a in found)


def _source(artifact: Artifact, source: dict[str, Any], where: Origin) -> Iterator[Fact]:
    """A source; each of its tables whose age is watched is a pipeline, with its own freshness or that of the source."""
    record = Draft(where, id=identifier(source["name"], "source"))
    record.put("system", text_of(source.get("loader")), where.at("loader"))
    yield record.fact("data.sources[]")
    above = source.get("freshness") or value_at(source, "config", "freshness")
    for at, table in rows(source.get("tables")):
        place = where.at("tables", at)
        own = table["freshness"] if "freshness" in table else value_at(table, "config", "freshness") or above
        name = f"{source['name']}.{text_of(table.get('name')) or at}"
        if _is_watched(own):
            checks = {"id": identifier(name, "table"), "checks": ["freshness"]}
            yield Fact("data.pipelines[]", checks, place, "declared", {"checks": place.at("freshness")})
        yield from _node(artifact, table, name, place)


def _is_watched(freshness: Any) -> bool:
    limits = [value_at(freshness, key, "count") for key in ("warn_after", "error_after")]
    return any(isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in limits)


def _exposure(exposure: dict[str, Any], where: Origin) -> Iterator[Fact]:
    pipeline = Draft(where, id=identifier(exposure["name"], "exposure"))
    for key in ("email", "name"):
        owner = text_of(value_at(exposure, "owner", key))
        if owner and "owner" not in pipeline.values:
            pipeline.put("owner", owner, where.at("owner", key))
            yield Fact("team.ownership.data_pipelines", owner, where.at("owner", key))
    yield pipeline.fact("data.pipelines[]")
