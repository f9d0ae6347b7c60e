"""What a manifest may say at each place, read off the very schema that `mlgov schema` prints."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from mlgov.documents.yaml_cursor import Steps
from mlgov.lifecycle.manifest import Manifest, json_schema
from mlgov.lifecycle.record import refs_of
from mlgov.lifecycle.validation import record_at
from mlgov.server.view import View

Schema = dict[str, Any]
_NAMES = ("mlgov.yaml", "mlgov.yml")


class Key(NamedTuple):
    """A key that a mapping may have. wraps: what follows is a mapping or a list, not a text."""

    name: str
    description: str
    wraps: bool


def is_manifest(view: View, path: str) -> bool:
    """True for a file of mlgov's own format, also before it can be read."""
    if path.rpartition("/")[2] in _NAMES:
        return True
    entries = view.analysis.head.inventory.entries if view.analysis else ()
    return any(e.path == path and "mlgov" in e.format.split(", ") for e in entries)


def keys_at(steps: Steps) -> list[Key]:
    """The keys of the mapping at a path."""
    found: dict[str, Key] = {}
    for schema in _at(steps):
        for name, inner in schema.get("properties", {}).items():
            ways = list(_ways(inner))
            described = inner.get("description") or next((w["description"] for w in ways if "description" in w), "")
            wraps = all(w.get("type") in ("object", "array") for w in ways[:1])
            found.setdefault(name, Key(name, str(described), wraps))
    return list(found.values())


def words_at(steps: Steps) -> list[str]:
    """The words that a value at a path is chosen from; empty where it is free."""
    found: dict[str, None] = {}
    for schema in _at(steps):
        for word in schema.get("enum", [schema["const"]] if "const" in schema else ()):
            found[str(word)] = None
        if schema.get("type") == "boolean":
            found |= {"true": None, "false": None}
    return list(found)


def described(steps: Steps) -> str:
    """What the key at the end of a path means; "" where the schema says nothing."""
    parent, key = steps[:-1], steps[-1] if steps else ""
    return next((k.description for k in keys_at(parent) if k.name == key), "")


def section_named(steps: Steps, is_key: bool) -> str:
    """The list whose ids may stand at a path, as value or, where a mapping has ids as keys, as key; "" for none."""
    names = [at for at, step in enumerate(steps) if isinstance(step, str)]
    if not names:
        return ""
    at = names[-1]
    record, field = record_at(Manifest, steps[:at]), str(steps[at])
    for name, ref in refs_of(record) if record else ():
        if (record.model_fields[name].alias or name) == field:
            is_map = str(record.model_fields[name].annotation).startswith("dict")
            return ref.section if is_map == is_key else ""
    return ""


@cache
def _whole() -> Schema:
    return json_schema()


def _at(steps: Steps) -> list[Schema]:
    """Every way in which the value at a path may be written."""
    here = list(_ways(_whole()))
    for step in steps:
        here = [way for schema in here for inner in _below(schema, step) for way in _ways(inner)]
    return here


def _below(schema: Schema, step: str | int) -> Iterator[Schema]:
    if isinstance(step, int):
        inner = schema.get("items")
    else:
        inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    if isinstance(inner, dict):
        yield inner


def _ways(schema: Schema) -> Iterator[Schema]:
    """A schema without references and alternatives."""
    if "$ref" in schema:
        yield from _ways(_whole()["$defs"][schema["$ref"].rpartition("/")[2]])
    elif "anyOf" in schema:
        for way in schema["anyOf"]:
            yield from _ways(way)
    else:
        yield schema
