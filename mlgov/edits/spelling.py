"""How a value is written in the language of a file: plain where any reader takes it as the same, in quotes elsewhere."""

import json
import re
from collections.abc import Iterator
from typing import Any

from mlgov.documents import read_yaml, text_of

_PLAIN = re.compile(r"[\w/.~+-](?:[\w ./()+:%@<>=-]*[\w/.()+%-])?")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def spellings(value: Any, kind: str, old: str = "") -> Iterator[str]:
    """Ways to write a value on one line, the one most like `old` first; some may not be right everywhere.

    kind: `yaml`, `json` or `toml`.
    """
    if isinstance(value, str):
        yield from _texts(value, kind, old)
    elif isinstance(value, dict):
        yield from _mapping(value, kind)
    elif isinstance(value, list):
        yield "[" + ", ".join(spelled(item, kind) for item in value) + "]"
    else:
        yield text_of(value)


def spelled(value: Any, kind: str) -> str:
    """A value on one line."""
    return next(spellings(value, kind))


def keys(text: str, kind: str, old: str = "") -> Iterator[str]:
    """Ways to write a key; `old` is what stands there."""
    if kind == "toml" and _BARE.fullmatch(text) and not old.startswith(('"', "'")):
        yield text
    yield from spellings(text, kind, old)


def pair(key: str, value: Any, kind: str) -> str:
    """Key and value on one line."""
    mark = " = " if kind == "toml" else ": "
    return f"{next(keys(key, kind))}{mark}{spelled(value, kind)}"


def _texts(text: str, kind: str, old: str) -> Iterator[str]:
    quoted = json.dumps(text, ensure_ascii=False)
    if kind == "yaml" and old.startswith("'") and text.isprintable():
        yield "'" + text.replace("'", "''") + "'"
    elif kind == "yaml" and not old.startswith('"') and _is_plain(text):
        yield text
    elif kind == "toml" and old.startswith("'") and text.isprintable() and "'" not in text:
        yield f"'{text}'"
    yield quoted


def _is_plain(text: str) -> bool:
    """Whether YAML takes the bare text as this text, in braces too."""
    if not _PLAIN.fullmatch(text):
        return False
    reading = read_yaml(f"[{text}]".encode())
    return not reading.flaws and [d.data for d in reading.documents] == [[text]]


def _mapping(value: dict[Any, Any], kind: str) -> Iterator[str]:
    pairs = ", ".join(pair(str(key), part, kind) for key, part in value.items())
    yield "{ " + pairs + " }" if kind == "toml" and pairs else "{" + pairs + "}"
