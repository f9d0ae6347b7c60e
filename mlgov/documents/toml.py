"""TOML to plain data: the standard parser; floats keep their digits, dates stay text as in YAML and JSON."""

import re
from datetime import date, datetime, time
from typing import Any

from mlgov.documents.characters import character_flaw, is_lfs_pointer, unix, without_bom
from mlgov.documents.reading import DUPLICATE, LIMITS, UNREADABLE, Broken, Document, Flaw, Limits, Reading, size_flaw
from mlgov.documents.scalars import number
from mlgov.documents.template import templates_among
from mlgov.documents.toml_places import first_double

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
# The standard parser needs quadratic time for a key of very many parts.
_LONG_KEY = re.compile(r"""(?<![\w-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""")
_LONG_DIGITS = re.compile(r"(?<![0-9_])[0-9_]{1001}")


def read_toml(raw: bytes, limits: Limits = LIMITS) -> Reading:
    """The one document of a TOML file; never raises."""
    if flaw := size_flaw(raw, limits.toml_bytes):
        return Reading(flaws=(flaw,))
    if is_lfs_pointer(raw):
        return Reading()
    raw = without_bom(raw)
    if flaw := character_flaw(raw, "json"):
        return Reading(flaws=(flaw,))
    text = raw.decode()
    try:
        return _parsed(text, limits)
    except Exception as error:  # noqa: BLE001 - the parse boundary
        return Reading(flaws=tuple(templates_among([_flaw(error, unix(text))], raw)))


def _parsed(text: str, limits: Limits) -> Reading:
    import tomllib

    if _LONG_KEY.search(text) or _LONG_DIGITS.search(text):
        raise Broken("a key of more than 64 parts or a number of more than 1000 digits; flatten the document")
    data = tomllib.loads(text, parse_float=number)
    _tidy(data, limits)
    return Reading((Document(data, 0, "toml"),) if data else ())


def _tidy(data: dict[str, Any], limits: Limits) -> None:
    """Dates become text, in place; raises `Broken` beyond the limits."""
    waiting: list[tuple[Any, int]] = [(data, 1)]
    nodes = 0
    while waiting:
        container, depth = waiting.pop()
        nodes += len(container)
        if depth > limits.depth or nodes > limits.nodes:
            raise Broken(f"nested deeper than {limits.depth} levels or more than {limits.nodes} values; split the file")
        for key, value in container.items() if isinstance(container, dict) else enumerate(container):
            if isinstance(value, dict | list):
                waiting.append((value, depth + 1))
            elif isinstance(value, datetime | date | time):
                container[key] = value.isoformat()


def _flaw(error: Exception, text: str) -> Flaw:
    if isinstance(error, Broken):
        return Flaw(UNREADABLE, error.reason, 1, 1)
    said = "nested too deeply; flatten the document" if isinstance(error, RecursionError) else str(error)
    place = _PLACE.search(said)
    line, column = (int(place[1]), int(place[2])) if place and place[1] else (text.count("\n") + 1, 1)
    double = (
        first_double(text)
        if said.startswith(("Cannot overwrite", "Cannot declare", "Duplicate", "Cannot mutate"))
        else None
    )
    if double:
        name, first, again = double
        return Flaw(DUPLICATE, f"duplicate key {name[:80]!r}; remove one", *first, again)
    said = _PLACE.sub("", said)
    return Flaw(UNREADABLE, f"not TOML: {said[:1].lower()}{said[1:200]}", line, column)
