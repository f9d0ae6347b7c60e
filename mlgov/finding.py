"""The words of a verdict: where something stands, how bad it is, and what was found."""

from enum import IntEnum
from typing import NamedTuple

from mlgov.figure import Figure


class Severity(IntEnum):
    """How much a finding matters; ordered, so that `severity >= fail_on` decides the exit code."""

    OFF = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The lower-case name that people read and write."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Severity":
        """The severity that `word` names; raises `KeyError` for any other word."""
        return cls[word.upper()]


class Origin(NamedTuple):
    """Where a value stands, before anyone asks for lines.

    file: path from the root of the snapshot, with `/`.
    pointer: RFC 6901 pointer into the document (`/metrics/0/id`; empty = the document itself), or
        `@LINE:COLUMN` / `@LINE:COLUMN-ENDCOLUMN` (1-based, end exclusive) where the reader knew the place.
    document: index of the document in a multi-document file.
    before: True where it stands in the base of a change, not in the tree that is judged.
    """

    file: str
    pointer: str = ""
    document: int = 0
    before: bool = False

    def at(self, *parts: "str | int") -> "Origin":
        """The origin of a part of this value: `origin.at("gates", 0, "max")`."""
        if not parts or self.pointer.startswith("@"):
            return self
        pointer = self.pointer
        for part in parts:
            step = str(part)
            if "/" in step or "~" in step:
                step = step.replace("~", "~0").replace("/", "~1")
            pointer = f"{pointer}/{step}"
        return Origin(self.file, pointer, self.document, self.before)


class Place(NamedTuple):
    """A resolved origin: 1-based lines and columns in code points, end exclusive; 0 = the file as a whole.

    role: what stands here for the reader: `before` for a place in the base of a change; else empty.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    role: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Operation(NamedTuple):
    """One step of a fix on the data of a file, in the manner of a JSON Patch.

    op: `replace` the value at `origin`, `rename` its key, `remove` it, `add` a key or item (the origin is where it will
        stand; `-` appends to a list), `order` a list anew.
    value: JSON text, so that numbers keep their digits: the new value, the new key, or for `order` the old positions.
    was: for a stretch of a page the text that has to stand there, or nothing is done.
    """

    op: str
    origin: Origin
    value: str = ""
    was: str = ""


class TextEdit(NamedTuple):
    """Text that stands in the place of another: 1-based lines and columns in code points, end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(NamedTuple):
    """A mechanical repair of a finding: all of it or nothing.

    message: what it does, an order in lower case without final period. safe: it does not change what the files mean,
        or nothing else can be meant. operations: what changes in the data. edits: the same as text, once places are
        resolved and it was proven that nothing else changes.
    """

    message: str
    operations: tuple[Operation, ...]
    safe: bool = False
    edits: tuple[TextEdit, ...] = ()


class Finding(NamedTuple):
    """One defect: the first place is where to act, the others are the other ends.

    code, name: `EVA301`, `improvement-within-noise`. message: lower case, no final period.
    subject: what the finding is about (`metrics[roc_auc]`), stable when lines move.
    fingerprint: identity over time: code, project, subject and evidence, never line numbers.
    figures: the numbers behind the message, for outputs that draw.
    fix: how a program may repair it, where one can.
    """

    code: str
    name: str
    severity: Severity
    message: str
    remedy: str
    project: str
    subject: str
    fingerprint: str
    places: tuple[Place, ...]
    figures: tuple[Figure, ...] = ()
    fix: Fix | None = None


class Abstention(NamedTuple):
    """A rule that could not decide about one subject, and why."""

    code: str
    name: str
    project: str
    subject: str
    reason: str
