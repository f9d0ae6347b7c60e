"""`${...}` in dvc.yaml: values of params.yaml and of `vars`; what cannot be resolved stays as it is written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mlgov.artifact import Artifact
from mlgov.units import literal

_REFERENCE = re.compile(r"(?<!\\)\$\{\s*([\w.\[\]-]{1,200})\s*\}")
_STEP = re.compile(r"[^.\[\]]+")
_MISSING = object()
LONGEST = 20_000  # characters of an interpolated text


def scope_of(pipeline: Artifact, rows: Any, wdir: str = "") -> dict[str, Any]:
    """What a dvc.yaml, or one of its stages, can refer to: params.yaml beside it, and files and mappings of `vars`."""
    scope: dict[str, Any] = {}
    for found in _sources(pipeline, rows, wdir):
        if isinstance(found, dict):
            scope = _merged(scope, found)
    return scope


def _sources(pipeline: Artifact, rows: Any, wdir: str) -> Iterator[Any]:
    yield data_of(pipeline, "params.yaml", wdir)
    for row in rows if isinstance(rows, list) else ():
        yield data_of(pipeline, row.partition(":")[0], wdir) if isinstance(row, str) else row


def data_of(pipeline: Artifact, name: str, wdir: str = "") -> Any:
    """The data of a params file as a stage sees it, or None."""
    found = pipeline.beside(f"{wdir}/{name}" if wdir else name)
    return found.data if found is not None else None


def _merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    made = dict(first)
    for key, value in second.items():
        both = isinstance(made.get(key), dict) and isinstance(value, dict)
        made[key] = {**made[key], **value} if both else value
    return made


def lookup(data: Any, name: str) -> Any:
    """The value at `train.lr` or `models[0].name`; raises `KeyError` where there is none."""
    if isinstance(data, dict) and name in data:
        return data[name]
    for step in _STEP.findall(name):
        if isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        elif isinstance(data, dict) and step in data:
            data = data[step]
        else:
            raise KeyError(name)
    return data


def resolved(value: Any, scope: Mapping[str, Any]) -> Any:
    """A value with its references replaced, in texts, lists and the keys of mappings."""
    if isinstance(value, str):
        return _text(value, scope)
    if isinstance(value, list):
        return [resolved(item, scope) for item in value]
    if isinstance(value, dict):
        return {literal(resolved(key, scope)): resolved(item, scope) for key, item in value.items()}
    return value


def _text(text: str, scope: Mapping[str, Any]) -> Any:
    whole = _REFERENCE.fullmatch(text)
    if whole and (found := _value(whole[1], scope)) is not _MISSING:
        return found
    return _REFERENCE.sub(lambda match: _printed(match, scope), text)[:LONGEST]


def _printed(match: re.Match[str], scope: Mapping[str, Any]) -> str:
    value = _value(match[1], scope)
    return match[0] if value is _MISSING or isinstance(value, (dict, list)) else literal(value)


def _value(name: str, scope: Mapping[str, Any]) -> Any:
    try:
        return lookup(scope, name)
    except KeyError:
        return _MISSING
