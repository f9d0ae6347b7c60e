"""One requirement as an organisation wrote it: a table of a settings or rules file, and where each part stands."""

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mlgov.documents import locate, read
from mlgov.errors import SettingsError

KEYS = ("id", "name", "message", "for", "when", "require", "severity", "stage", "at", "remedy", "options", "examples")
REQUIRED = ("id", "message", "for", "require")


class Table(NamedTuple):
    """A table in a file. pointer: where it stands; data: its keys."""

    path: str
    raw: bytes
    pointer: str
    data: dict[str, Any]

    def place(self, *steps: str | int, key: bool = False) -> str:
        """`file:line:column` of a part."""
        pointer = "".join([self.pointer, *(f"/{step}" for step in steps)])
        span = locate(self.path, self.raw, pointer, key=key)
        return f"{self.path}:{span.line}:{span.column}"

    def text(self, key: str, default: str = "") -> str:
        """A part that must be a text."""
        value = self.data.get(key, default)
        if not isinstance(value, str):
            raise SettingsError(f"{key} must be a text", self.place(key))
        return value.strip()

    def choice(self, key: str, words: Iterable[str], default: str) -> str:
        """A part that must be one of some words."""
        value = self.text(key, default)
        if value not in (known := list(words)):
            raise SettingsError(
                f"{key} is {value!r}, expected one of {', '.join(known)}{near(value, known)}", self.place(key)
            )
        return value


def near(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing where no known word is near."""
    found = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {found[0]!r}?" if found else ""


def tables_of(path: str, raw: bytes) -> Iterator[Table]:
    """The tables of a rules file, which is a list of them; `SettingsError` where it is anything else."""
    reading = read(path, raw)
    if reading.flaws:
        flaw = reading.flaws[0]
        raise SettingsError(flaw.reason, f"{path}:{flaw.line}:{flaw.column}")
    data = reading.documents[0].data if reading.documents else None
    yield from tables(path, raw, "", data)


def tables(path: str, raw: bytes, pointer: str, data: Any) -> Iterator[Table]:
    """The tables of a list that stands at a pointer of a file, each with all the keys it needs and no other."""
    if not isinstance(data, list):
        raise SettingsError("expected a list of rules, each with " + ", ".join(REQUIRED), f"{path}:1:1")
    for number, item in enumerate(data):
        table = Table(path, raw, f"{pointer}/{number}", item if isinstance(item, dict) else {})
        for key in table.data:
            if key not in KEYS:
                raise SettingsError(
                    f"unknown key {key!r} in a custom rule{near(key, KEYS)}", table.place(key, key=True)
                )
        lacking = [key for key in REQUIRED if not table.data.get(key)]
        if lacking:
            raise SettingsError(f"a custom rule lacks {', '.join(lacking)}", table.place())
        yield table
