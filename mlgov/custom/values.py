"""Records as the plain values that an expression sees: numbers in base units, texts, lists and maps."""

from typing import Any, get_args

from mlgov.lifecycle import fields
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record

# words of CEL that no variable may have; a field of that name gets an underscore behind it
RESERVED = frozenset(
    "as break const continue else false for function if import in let loop namespace null package return true var "
    "void while".split()
)
PROJECT = ("id", "stage", "risk_tier", "product_type")
_WHOLE = [get_args(kind)[1] for kind in (fields.Count, fields.Integer)]


def variables(record: Record, project: Project) -> dict[str, Any]:
    """Every field by its name in files, null where it is absent; `this`, the present ones; and `project`."""
    every = told(record)
    present = {key: value for key, value in every.items() if value is not None and value != []}
    about = project.identity
    types = getattr(project.part("product"), "type", None) or [None]
    known = dict(zip(PROJECT, (project.id, project.stage, about.risk_tier, types[0]), strict=True))
    return {variable(key): value for key, value in every.items()} | {"this": present, "project": known}


def variable(field: str) -> str:
    """The name of a field in an expression."""
    return f"{field}_" if field in RESERVED else field


def told(record: Record) -> dict[str, Any]:
    """The fields of a record by their name in files, absent ones as None."""
    found = {}
    for name, field in type(record).model_fields.items():
        whole = any(mark in _WHOLE for mark in field.metadata if isinstance(mark, fields.Written))
        found[field.alias or name] = _plain(getattr(record, name), whole)
    return found


def _plain(value: Any, whole: bool) -> Any:
    if isinstance(value, Record):
        return told(value)
    if isinstance(value, list):
        return [_plain(item, whole) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item, whole) for key, item in value.items()}
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return int(value) if whole else float(value)
    return str(value)


def largest(value: Any) -> int:
    """How many items the longest list or map has, however deep."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max([len(inner), *map(largest, inner)], default=0) if inner else 0
