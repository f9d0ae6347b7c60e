"""JSON to plain data: the standard parser, with duplicate keys, depth and numbers watched."""

import re
from typing import Any

from mlgov.documents.characters import character_flaw, decoded, is_lfs_pointer, place_at, without_bom
from mlgov.documents.json_places import double_keys
from mlgov.documents.reading import LIMITS, UNREADABLE, Document, Flaw, Limits, Reading, size_flaw
from mlgov.documents.scalars import LONGEST_NUMBER, Number, Unreadable, integer, number
from mlgov.documents.template import templates_among

_STRING = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?', re.DOTALL)
_ENDLESS = re.compile(rf"[0-9]{{{LONGEST_NUMBER + 1}}}")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
# One alternative eats each escape, so that an escaped backslash before `ud800` is not taken for a surrogate.
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]|(u[dD][89a-fA-F])|.)", re.DOTALL)


def read_json(raw: bytes, limits: Limits = LIMITS) -> Reading:
    """The one document of a JSON file; never raises. NaN, Infinity and 1e999 are values, not errors."""
    if flaw := size_flaw(raw, limits.json_bytes):
        return Reading(flaws=(flaw,))
    if is_lfs_pointer(raw) or not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        return Reading()
    raw = without_bom(raw)
    flaw = character_flaw(raw, "json") or _too_much(raw, limits) or _half_character(raw)
    if flaw:
        return Reading(flaws=(flaw,))
    try:
        return _parsed(raw.decode(), limits)
    except Exception as error:  # noqa: BLE001 - the parse boundary: the parser raises more than its own error
        return Reading(flaws=tuple(templates_among([_flaw(error, raw.decode())], raw)))


def _parsed(text: str, limits: Limits) -> Reading:
    import json

    doubles: list[str] = []
    nodes = 0

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal nodes
        nodes += len(found)
        if len(found) > limits.keys or nodes > limits.nodes:
            raise Unreadable(f"more than {limits.keys} keys in one map or {limits.nodes} values; split the file")
        made = dict(found)
        if len(made) < len(found):
            doubles.append("")
            made = dict(reversed(found))  # the first value of a key counts
            made = {key: made[key] for key, _ in found}
        return made

    data = json.loads(text, object_pairs_hook=pairs, parse_int=integer, parse_float=number, parse_constant=_constant)
    flaws = double_keys(text, limits.flaws) if doubles else []
    return Reading((Document(data, 0, "json"),) if data is not None else (), tuple(flaws))


def _constant(text: str) -> float:
    return Number(float(text), text)


def _flaw(error: Exception, text: str) -> Flaw:
    line, column = getattr(error, "lineno", 0), getattr(error, "colno", 0)
    if isinstance(error, Unreadable) and (endless := _ENDLESS.search(text)):
        line, column = place_at(text, endless.start())
    reason = getattr(error, "msg", None) or str(error) or type(error).__name__
    if reason == "Extra data":
        reason = "more text after the first value; values line by line belong in a .jsonl file"
    return Flaw(UNREADABLE, f"not JSON: {reason[:1].lower()}{reason[1:]}", line, column)


def _too_much(raw: bytes, limits: Limits) -> Flaw | None:
    """A flaw when brackets nest deeper than the limit, or values are too many; checked before the parser, which recurses."""
    if raw.count(b"[") + raw.count(b"{") <= limits.depth and raw.count(b",") <= limits.nodes:
        return None
    bare = _STRING.sub(b"", raw)
    if bare.count(b",") > limits.nodes:
        return Flaw(UNREADABLE, f"more than {limits.nodes} values; split the file")
    depth = 0
    for bracket in bare.translate(None, _NOT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > limits.depth:
            return Flaw(UNREADABLE, f"nested deeper than {limits.depth} levels; flatten the document", 1, 1)
    return None


def _half_character(raw: bytes) -> Flaw | None:
    r"""A flaw for `\ud800` without its other half: it would fail later, when a report is written."""
    if b"\\ud" not in raw and b"\\uD" not in raw:
        return None
    text = decoded(raw)
    for escape in _ESCAPE.finditer(text):
        if escape[1]:
            reason = "an escape that is half a character (a lone surrogate); write the whole character"
            return Flaw(UNREADABLE, reason, *place_at(text, escape.start()))
    return None
