"""The Data Contract Specification 1.x, the older of the two standards: models, terms, service levels, owner."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._column_types import column_type
from mlgov.formats._constraints import constrain
from mlgov.formats._contract import persons, primary_key, table, term
from mlgov.formats._draft import Draft, identifier
from mlgov.formats._kubernetes import value_at
from mlgov.formats._quantities import text_of
from mlgov.formats._schedule import interval_of
from mlgov.lifecycle.fact import Fact

NAME = "datacontract"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"dataContractSpecification",)
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """By the key that names the specification and its version."""
    data = artifact.data
    if not isinstance(data, dict):
        return None
    version = text_of(data.get("dataContractSpecification"))
    return Claim(version) if version else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A data set for each model with its fields, what the terms forbid, service levels and the owner."""
    data = artifact.data
    models = data.get("models")
    for name, model in models.items() if isinstance(models, dict) else ():
        if isinstance(model, dict):
            yield from _model(artifact, str(name), model, artifact.at("models", name))
    if owner := text_of(value_at(data, "info", "owner")):
        yield Fact("team.ownership.data", owner, artifact.at("info", "owner"))
    yield from _levels(artifact, data)


def _model(artifact: Artifact, name: str, model: dict[str, Any], where: Origin) -> Iterator[Fact]:
    found = model.get("fields")
    fields = {str(key): row for key, row in found.items() if isinstance(row, dict)} if isinstance(found, dict) else {}
    checked = bool(artifact.data.get("quality")) or any(row.get("quality") for row in (model, *fields.values()))
    record = table(artifact, where, name, has_checks=checked)
    record.parts["id"] = where
    record.put("version", text_of(value_at(artifact.data, "info", "version")), artifact.at("info", "version"))
    if isinstance(listed := model.get("primaryKey"), list):
        record.put("key", [name for name in listed if isinstance(name, str) and name] or None, where.at("primaryKey"))
    else:
        record.put("key", primary_key(fields.items()), where.at("fields"))
    record.put("freshness", _freshness(artifact.data, name), artifact.at("servicelevels", "freshness"))
    yield record.fact("data.datasets[]")
    for key, row in fields.items():
        place = where.at("fields", key)
        column = Draft(place, name=key, dataset=record.values["id"])
        column.put("type", column_type(row.get("type")), place.at("type"))
        if isinstance(row.get("required"), bool):
            column.put("required", row["required"], place.at("required"))
        constrain(column, row, place)
        column.put("pii", persons(row.get("classification")), place.at("classification"))
        if isinstance(row.get("pii"), bool):
            column.put("pii", column.values.get("pii") or persons(row["pii"]) or "none", place.at("pii"))
        yield column.fact("data.columns[]")


def _freshness(data: dict[str, Any], model: str) -> dict[str, str] | None:
    """The most that the newest row of a model may be old, where the level names the model's column of times."""
    field = text_of(value_at(data, "servicelevels", "freshness", "timestampField")) or ""
    most = term(value_at(data, "servicelevels", "freshness", "threshold"))
    table_, _, column = field.rpartition(".")
    return {"column": column, "max_age": most} if most and table_ == model else None


def _levels(artifact: Artifact, data: dict[str, Any]) -> Iterator[Fact]:
    where = artifact.at("servicelevels")
    pipeline = Draft(where, id=identifier(text_of(value_at(data, "info", "title")) or data.get("id"), "contract"))
    for key in ("freshness", "latency"):
        if term(value_at(data, "servicelevels", key, "threshold")):
            pipeline.put("checks", ["freshness"], where.at(key))
    frequency = value_at(data, "servicelevels", "frequency")
    if isinstance(frequency, dict):
        for key, read in (("interval", term), ("cron", interval_of)):
            if "cadence" not in pipeline.values:
                pipeline.put("cadence", read(frequency.get(key)), where.at("frequency", key))
    if pipeline.values.keys() - {"id"}:
        yield pipeline.fact("data.pipelines[]")
    if kept := term(value_at(data, "servicelevels", "retention", "period")):
        yield Fact("data.privacy.retention", kept, where.at("retention", "period"))
