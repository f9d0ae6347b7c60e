"""The wrappers of mlgov's own format: what `not_applicable`, `source` and `x-` mean, taken off before validation."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from mlgov.documents import Tagged
from mlgov.documents.placeholder import is_placeholder
from mlgov.lifecycle.book import Path


class Binding(NamedTuple):
    """`source: {file, pointer?}` beside a value: the file that proves it. path: of the value it binds."""

    path: Path
    file: str
    pointer: str
    has_value: bool


class Unwrapped(NamedTuple):
    """A section without its wrappers.

    excuses: paths that say `not_applicable` with a reason. placeholders: paths whose text is a placeholder.
    tags: paths whose value has a tag of its own (`!env`), which nobody may resolve.
    """

    value: Any
    excuses: dict[Path, Any]
    bindings: list[Binding]
    placeholders: list[tuple[Path, str]]
    tags: list[tuple[Path, str]]


def unwrap(value: Any, path: Path, today: str) -> Unwrapped:
    """Take the wrappers off one section; paths begin with `path`."""
    found = Unwrapped(None, {}, [], [], [])
    return found._replace(value=_strip(value, path, found, today))


_DROP = object()
_LONG = 80  # characters; a longer text says something
_PLAIN = frozenset({int, float, bool})


def _strip(value: Any, path: Path, found: Unwrapped, today: str) -> Any:
    """The value without wrappers. The commonest kinds come first: this runs once for every value of every manifest."""
    kind = value.__class__
    if kind is str:
        if len(value) < _LONG and value != "unknown" and is_placeholder(value):
            found.placeholders.append((path, value))
        return value
    if kind is dict:
        return _strip_mapping(value, path, found, today)
    if kind is list:
        kept = [_strip(item, (*path, i), found, today) for i, item in enumerate(value)]
        return [None if item is _DROP else item for item in kept]
    if kind is Tagged:
        found.tags.append((path, value.tag))
        return _DROP
    return value


def _strip_mapping(value: dict[str, Any], path: Path, found: Unwrapped, today: str) -> Any:
    if len(value) == 1 and "not_applicable" in value:
        excuse = value["not_applicable"]
        if _holds(excuse, today):
            found.excuses[path] = excuse
        return _DROP
    source = value.get("source")
    if isinstance(source, dict) and "file" in source:
        scalar = set(value) <= {"value", "source"} and not _has_source(path)
        bound = path if scalar else path + ("value",)
        found.bindings.append(Binding(bound, str(source["file"]), str(source.get("pointer") or ""), "value" in value))
        if scalar:
            return value.get("value", _DROP)
    made = {}
    for key, part in value.items():
        if part is None or key[:2] == "x-":
            continue  # null is absent
        if part.__class__ in _PLAIN or part.__class__ is str and len(part) >= _LONG:
            made[key] = part
        elif (kept := _strip(part, (*path, key), found, today)) is not _DROP:
            made[key] = kept
    return made


def _has_source(path: Path) -> bool:
    """True if the record at `path` has a field `source` itself, so that the mapping is no wrapper."""
    from mlgov.lifecycle.manifest import Manifest
    from mlgov.lifecycle.validation import record_at

    return "source" in getattr(record_at(Manifest, path), "model_fields", {})


def _holds(excuse: Any, today: str) -> bool:
    """True if the excuse has a reason that is filled in and has not expired."""
    if not isinstance(excuse, dict):
        return False
    reason, expires = excuse.get("reason"), excuse.get("expires")
    if not isinstance(reason, str) or is_placeholder(reason):
        return False
    return not (isinstance(expires, str) and _is_date(expires) and expires < today)


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def sections_of(data: Any) -> Iterator[tuple[str, Any]]:
    """The top-level sections of a file in mlgov's own format."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key != "apiVersion" and not key.startswith("x-"):
                yield key, value
