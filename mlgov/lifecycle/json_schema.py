"""The JSON Schema that editors and other tools read: pydantic's own, plus what the records never see.

Wrappers (`not_applicable`, `source`) and keys that begin with `x-` are taken off before a record is made, so
pydantic cannot know them; and where a record says "or null", an author simply writes nothing.
"""

from typing import Any

Schema = dict[str, Any]

ID = "https://mlgov.dev/schema/v1/manifest.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SCALARS = {"string", "number", "integer", "boolean"}
_EXTENSIONS: Schema = {"^x-": True}
_NOT_APPLICABLE: Schema = {
    "title": "NotApplicable",
    "description": "Says that something does not apply here, and why.",
    "type": "object",
    "properties": {
        "not_applicable": {
            "type": "object",
            "properties": {
                "reason": {"type": "string", "minLength": 1, "description": "why it does not apply"},
                "approved_by": {"type": "string", "description": "who agreed"},
                "expires": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d", "description": "counts until this day"},
            },
            "required": ["reason"],
            "additionalProperties": False,
            "patternProperties": _EXTENSIONS,
        }
    },
    "required": ["not_applicable"],
    "additionalProperties": False,
}
_FROM_SOURCE: Schema = {
    "title": "FromSource",
    "description": "A value that a file proves; without `value` it is read from there.",
    "type": "object",
    "properties": {"value": {"type": ["string", "number", "boolean"]}, "source": {"$ref": "#/$defs/Source"}},
    "required": ["source"],
    "additionalProperties": False,
}


def published(made: Schema) -> Schema:
    """The schema of a manifest as it is published, from the one that pydantic made of its record."""
    records: dict[str, Schema] = made["$defs"]
    kept = {name: _record(record, records, wrapped=name != "Source") for name, record in records.items()}
    kept["Source"]["required"] = ["file"]
    root = _record(made, records, wrapped=True, bare=("apiVersion", "project"))
    root["required"] = ["apiVersion", "project"]
    kept |= {"NotApplicable": _NOT_APPLICABLE, "FromSource": _FROM_SOURCE}
    return {"$schema": DIALECT, "$id": ID, **root, "$defs": dict(sorted(kept.items()))}


def _record(record: Schema, records: dict[str, Schema], wrapped: bool, bare: tuple[str, ...] = ()) -> Schema:
    """One record: its fields without nulls and defaults, each of them replaceable by a wrapper."""
    fields = {}
    for name, field in record["properties"].items():
        plain = _plain(field, records)
        fields[name] = _replaceable(plain) if wrapped and name not in bare else plain
    shown: Schema = {key: record[key] for key in ("title", "description", "type") if key in record}
    return {**shown, "properties": fields, "additionalProperties": False, "patternProperties": _EXTENSIONS}


def _plain(schema: Schema, records: dict[str, Schema]) -> Schema:
    """Without nulls, defaults and titles; a shorthand becomes another way to write the record."""
    kept = {key: value for key, value in schema.items() if key not in ("default", "title", "shorthand", "anyOf")}
    for key in ("items", "additionalProperties"):
        if isinstance(kept.get(key), dict):
            kept[key] = _plain(kept[key], records)
    ways = [_plain(way, records) for way in schema.get("anyOf", []) if way != {"type": "null"}]
    if short := schema.get("shorthand"):
        ways = ways or [{"$ref": kept.pop("$ref")}]
        record = records[ways[0]["$ref"].rpartition("/")[2]]
        ways.insert(0, _undescribed(_plain(record["properties"][short], records)))
    return {**ways[0], **kept} if len(ways) == 1 else {**kept, "anyOf": ways} if ways else kept


def _undescribed(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "description"}


def _replaceable(field: Schema) -> Schema:
    """A field that may give way to `not_applicable` and, where a scalar fits, to `{value?, source}`."""
    ways = list(field.get("anyOf", [_undescribed(field)]))
    ways.append({"$ref": "#/$defs/NotApplicable"})
    if any(_is_scalar(way) for way in ways):
        ways.append({"$ref": "#/$defs/FromSource"})
    return {**{key: field[key] for key in ("description",) if key in field}, "anyOf": ways}


def _is_scalar(schema: Schema) -> bool:
    types = schema.get("type", [])
    return "enum" in schema or "const" in schema or bool(_SCALARS & ({types} if isinstance(types, str) else set(types)))
