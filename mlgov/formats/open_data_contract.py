"""Open Data Contract Standard 3.x: tables, columns, quality, service levels and team of a data product."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._column_types import column_type, logical_type
from mlgov.formats._constraints import constrain, listed
from mlgov.formats._contract import persons, primary_key, table, term
from mlgov.formats._contract_team import team
from mlgov.formats._draft import Draft, flaw_at, identifier, rows
from mlgov.formats._quantities import count_of, number_of, text_of
from mlgov.lifecycle.fact import Fact
from mlgov.units import literal

NAME = "odcs"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"DataContract",)
ROLE = "part"
# `usage` is the intended use; what it forbids is out of scope
_FORBIDS = ("not ", "do not ", "don't ", "must not ", "never ", "no ")
_BOUNDS = {"mustBeGreaterOrEqualTo": "min", "mustBeGreaterThanOrEqualTo": "min", "mustBeLessOrEqualTo": "max",
           "mustBeLessThanOrEqualTo": "max"}  # fmt: skip
_EXACT = ("mustBe", "mustBeLessThan", "mustBeLessOrEqualTo", "mustBeLessThanOrEqualTo")


def recognise(artifact: Artifact) -> Claim | None:
    """By its kind; the version is its `apiVersion`. Of version 2 nothing is read."""
    data = artifact.data
    if not isinstance(data, dict) or data.get("kind") != "DataContract" or not isinstance(data.get("apiVersion"), str):
        return None
    version = data["apiVersion"]
    return Claim(version, "" if version.startswith("v3") else "older than v3: upgrade it, it is not read")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A data set for each table with its columns; service levels; the team."""
    data = artifact.data
    if not data["apiVersion"].startswith("v3"):
        return
    for at, entry in rows(data.get("schema")):
        yield from _table(artifact, data, entry, artifact.at("schema", at))
    for at, server in rows(data.get("servers")):
        source = Draft(artifact.at("servers", at), id=identifier(server.get("server"), "server"))
        source.put("system", text_of(server.get("type")), artifact.at("servers", at, "type"))
        yield source.fact("data.sources[]")
    yield from _terms(artifact, data)
    yield from team(data.get("team"), artifact.at("team"))
    description = data.get("description")
    usage = text_of(description.get("usage")) if isinstance(description, dict) else None
    if usage and usage.lower().startswith(_FORBIDS):
        yield Fact("project.out_of_scope_use[]", usage, artifact.at("description", "usage"))
    if found := _custom(data, "license", "licence"):
        yield Fact("project.license.data", found[0], artifact.at("customProperties", found[1], "value"))


def _table(artifact: Artifact, data: dict[str, Any], entry: dict[str, Any], where: Origin) -> Iterator[Fact]:
    name = entry.get("name")
    if not isinstance(name, str) or not name:
        return
    properties = [
        (at, row) for at, row in rows(entry.get("properties")) if isinstance(row.get("name"), str) and row["name"]
    ]
    checked = any(row.get("quality") for row in (entry, *(row for _, row in properties)))
    record = table(artifact, where, name, has_checks=checked)
    is_only = len(list(rows(data["schema"]))) == 1
    names = [entry.get("physicalName"), data.get("name") if is_only else None]
    if aliases := [text for text in names if isinstance(text, str) and text and text != name]:
        record.values["aliases"] = aliases
    record.put("version", text_of(data.get("version")), artifact.at("version"))
    made_of = {source for _, row in properties for source in _texts(row.get("transformSourceObjects"))}
    record.put("provenance", ", ".join(sorted(made_of))[:500] or None, where.at("properties"))
    if found := _custom(data, "license", "licence"):
        record.put("license", found[0], artifact.at("customProperties", found[1], "value"))
    record.put("key", primary_key((row["name"], row) for _, row in properties), where.at("properties"))
    for at, rule in rows(entry.get("quality")):
        record.put("volume", _volume(rule), where.at("quality", at))
    yield record.fact("data.datasets[]")
    for at, row in properties:
        yield _column(row, record.values["id"], where.at("properties", at))


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str) and text] if isinstance(value, list) else []


def _column(row: dict[str, Any], dataset: str, where: Origin) -> Fact:
    column = Draft(where, name=row["name"], dataset=dataset)
    kind = "logicalType" if row.get("logicalType") else "physicalType"
    read = logical_type if kind == "logicalType" else column_type
    column.put("type", read(row.get(kind)), where.at(kind))
    if isinstance(row.get("required"), bool):
        column.put("required", row["required"], where.at("required"))
    for at, rule in rows(row.get("quality")):
        if not column.values.get("required") and _forbids_nulls(rule):
            column.put("required", True, where.at("quality", at))
        if _forbids(rule, "duplicateValues"):
            column.put("unique", True, where.at("quality", at))
        if _forbids(rule, "invalidValues") and isinstance(rule.get("arguments"), dict):
            said = rule["arguments"]
            place = where.at("quality", at, "arguments")
            column.put("values", listed(said.get("validValues")), place.at("validValues"))
            column.put("pattern", text_of(said.get("pattern")), place.at("pattern"))
    constrain(column, row.get("logicalTypeOptions"), where.at("logicalTypeOptions"))
    if row.get("unique") is True:
        column.put("unique", True, where.at("unique"))
    column.put("pii", persons(row.get("classification")), where.at("classification"))
    if found := _custom(row, "pii"):
        column.put("pii", persons(found[0] == "true") or "none", where.at("customProperties", found[1], "value"))
    return column.fact("data.columns[]")


def _volume(rule: dict[str, Any]) -> dict[str, str] | None:
    """The bounds of a count of rows: `mustBeBetween`, or the one that is inclusive; others are not read."""
    if rule.get("metric", rule.get("rule")) != "rowCount" or rule.get("unit", "rows") != "rows":
        return None
    pair = rule.get("mustBeBetween")
    if isinstance(pair, list) and len(pair) == 2:
        said = dict(zip(("min", "max"), map(count_of, pair), strict=True))
    else:
        said = {end: count_of(rule.get(key)) for key, end in _BOUNDS.items() if key in rule}
    return {end: count for end, count in said.items() if count is not None} or None


def _forbids(rule: dict[str, Any], metric: str) -> bool:
    """True for a rule by which none may occur, in rows or in percent."""
    if rule.get("metric", rule.get("rule")) != metric:
        return False
    key = next((key for key in _EXACT if key in rule), "")
    return key not in ("", "mustBeLessThan") and number_of(rule.get(key)) == 0


def _forbids_nulls(rule: dict[str, Any]) -> bool:
    """`nullValues` below 1 are none, if rows are counted, as they are by default; below 1 percent they may be many."""
    if rule.get("metric", rule.get("rule")) not in ("nullValues", "missingValues", "nullCheck"):
        return False
    key = next((key for key in _EXACT if key in rule), "")
    most = number_of(rule.get(key)) if key else None
    counted = rule.get("unit", "rows") == "rows"
    return most == 0 and key != "mustBeLessThan" or most == 1 and key == "mustBeLessThan" and counted


def _custom(node: dict[str, Any], *names: str) -> tuple[str, int] | None:
    """A custom property and its position."""
    for at, row in rows(node.get("customProperties")):
        if str(row.get("property")).lower() in names and not isinstance(row.get("value"), (dict, list, type(None))):
            return literal(row["value"]), at
    return None


def _terms(artifact: Artifact, data: dict[str, Any]) -> Iterator[Fact | Flaw]:
    """Latency and frequency of the data as a pipeline; retention, where the contract states one only."""
    pipeline = Draft(artifact.at("slaProperties"), id=identifier(_named(data), "contract"))
    kept: dict[str, Origin] = {}
    told: set[str] = set()
    for at, row in rows(data.get("slaProperties")):
        where = artifact.at("slaProperties", at)
        said, name = term(row.get("value"), row.get("unit")), str(row.get("property")).lower()
        if said and name == "retention":
            kept.setdefault(said, where.at("value"))
        elif said and name in ("frequency", "fr") and "cadence" not in pipeline.values:
            pipeline.put("cadence", said, where.at("value"))
        elif said and name in ("latency", "ly"):
            pipeline.put("checks", ["freshness"], where)
        for element in _undefined(data, row.get("element")):
            if element.partition(".")[0] not in told:
                told.add(element.partition(".")[0])
                reason = f"{name} is stated for {element[:80]}, but the schema has no such table"
                yield flaw_at(artifact, where.at("element"), reason)._replace(code="INT006")
    if pipeline.values.keys() - {"id"}:
        yield pipeline.fact("data.pipelines[]")
    if len(kept) == 1:
        yield from (Fact("data.privacy.retention", said, where) for said, where in kept.items())


def _named(data: dict[str, Any]) -> Any:
    return next((data[key] for key in ("name", "dataProduct", "id") if isinstance(data.get(key), str)), None)


def _undefined(data: dict[str, Any], element: Any) -> Iterator[str]:
    """What a service level is about, `table.column`, several after a comma, where the schema has no such table."""
    if not isinstance(element, str) or not isinstance(data.get("schema"), list):
        return
    names = ("name", "physicalName", "id", "businessName")
    tables = {row[key] for _, row in rows(data["schema"]) for key in names if isinstance(row.get(key), str)}
    for one in element[:1000].split(","):
        steps = one.strip().split(".")
        if len(steps) > 1 and not tables & {*steps, one.strip()}:
            yield one.strip()
