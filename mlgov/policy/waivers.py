"""The waivers that a tree states: accepted findings, each with its rule, subject, reason, owner and end."""

import difflib
from typing import Any, NamedTuple

from mlgov.documents import locate, read
from mlgov.errors import SettingsError
from mlgov.finding import Origin

FILE = ".mlgov/waivers.yaml"
NEEDED = ("rule", "subject", "reason", "owner", "expires")
FIELDS = (*NEEDED, "approved_by", "ticket")


class Reach(NamedTuple):
    """What a comment speaks about: lines of its file, or all of it.

    lines: where a finding must have a place. whole: `no`, `yes`, or `else` = where no line of them has one.
    """

    file: str
    lines: frozenset[int]
    whole: str


class Stated(NamedTuple):
    """One waiver as it is written. flaw: what cannot be understood of it. reach: of a comment; None in the file.

    origin: the place to show; entry: the item of the file, or the comment, as a fix would name it.
    """

    rule: str = ""
    subject: str = ""
    reason: str = ""
    owner: str = ""
    expires: str = ""
    approved_by: str = ""
    ticket: str = ""
    origin: Origin = Origin("")
    flaw: str = ""
    reach: Reach | None = None
    entry: Origin = Origin("")


def from_file(raw: bytes) -> list[Stated]:
    """The entries of `.mlgov/waivers.yaml`; `SettingsError` where it is no list that could be read."""
    return [_stated(entry, Origin(FILE, f"/{number}")) for number, entry in enumerate(entries(raw))]


def entries(raw: bytes) -> list[Any]:
    """The items of the file as plain data."""
    reading = read(FILE, raw)
    if reading.flaws:
        flaw = reading.flaws[0]
        raise SettingsError(f"{flaw.reason}; no waiver holds until it can be read", f"{FILE}:{flaw.line}:{flaw.column}")
    if len(reading.documents) > 1:
        raise SettingsError("the file holds several documents; write all waivers as one list", FILE)
    data = reading.documents[0].data if reading.documents else []
    if not isinstance(data, list):
        span = locate(FILE, raw, "")
        raise SettingsError("the file must be a list: - {rule: …, subject: …}", f"{FILE}:{span.line}:{span.column}")
    return data


def _stated(entry: Any, origin: Origin) -> Stated:
    if not isinstance(entry, dict):
        return Stated(origin=origin, flaw=f"is no mapping of {', '.join(NEEDED)}")
    rule, subject, reason, owner, expires, approved_by, ticket = (_text(entry.get(field)) for field in FIELDS)
    return Stated(rule, subject, reason, owner, expires, approved_by, ticket, origin, _flaw(entry))


def _text(value: Any) -> str:
    """A scalar as one line of text; anything else is no text at all."""
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""


def _flaw(entry: dict[Any, Any]) -> str:
    for key, value in entry.items():
        if key not in FIELDS:
            near = difflib.get_close_matches(str(key), FIELDS, n=1)
            return f"has an unknown key {str(key)!r}" + (f"; did you mean {near[0]!r}?" if near else "")
        if value is not None and not isinstance(value, (str, int, float)):
            return f"has no text as {key}"
    return ""
