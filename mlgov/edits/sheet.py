"""A file as something to write on: its bytes, its data, and where each value stands in bytes."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from mlgov.documents import MISSING, kind_of, read, resolve, steps_of, text_of
from mlgov.documents.characters import decoded, unix, without_bom
from mlgov.documents.comments import comments
from mlgov.documents.front_matter import front_block
from mlgov.documents.trail import Span
from mlgov.edits import BOM, line_end, offset
from mlgov.finding import Operation

KINDS = ("yaml", "json", "toml")


class Spot(NamedTuple):
    """Where one value stands: bytes of its key (equal where it has none) and of itself.

    inline: it stands on one line. is_flow: it is in brackets.
    """

    key: tuple[int, int]
    value: tuple[int, int]
    inline: bool
    is_flow: bool

    @property
    def start(self) -> int:
        """The first byte of key and value."""
        return min(self.key[0], self.value[0])


class Sheet:
    """The data part of a file: all of it, or the front matter of a page. base: where that part begins in the file."""

    def __init__(self, path: str, raw: bytes) -> None:
        self.file, self.path, self.raw, self.base = path, path, raw, 0
        self.kind = kind_of(path) or ""
        if self.kind == "markdown":
            self._to_front_matter()
        self.end = line_end(raw).decode()
        self._spots: dict[tuple[int, str], Spot | None] = {}
        reading = read(self.path, self.raw) if self.kind in KINDS else None
        self.documents = {d.index: d.data for d in reading.documents} if reading else {}
        self.flaws = len(reading.flaws) if reading else 0

    def _to_front_matter(self) -> None:
        text = unix(decoded(without_bom(self.raw)))
        if not (block := front_block(text)):
            return
        first, last = (text.count("\n", 0, at) + 1 for at in block[:2])
        self.base, stop = offset(self.raw, first, 1), offset(self.raw, last, 1)
        self.path, self.kind, self.raw = "front.yaml", "yaml", self.raw[self.base : stop]

    def data(self, pointer: str, document: int = 0) -> Any:
        """What stands at a pointer, or `MISSING`."""
        return resolve(self.documents.get(document, MISSING), pointer)

    def settled(self, operation: Operation) -> Operation:
        """An operation whose place lies below a scalar that it names is about that scalar: a name stands for a record."""
        origin = operation.origin
        if operation.op != "replace" or not operation.was or origin.pointer.startswith("@"):
            return operation
        pointer, document = origin.pointer, origin.document
        while pointer and self.data(pointer, document) is MISSING:
            pointer = pointer.rpartition("/")[0]
        value = self.data(pointer, document)
        if pointer == origin.pointer or isinstance(value, (dict, list)) or text_of(value) != operation.was:
            return operation
        return operation._replace(origin=origin._replace(pointer=pointer))

    def look(self, pointers: Iterable[str], document: int = 0) -> None:
        """Find many spots in one pass, before they are asked for one by one."""
        wanted = [(document, pointer) for pointer in pointers if (document, pointer) not in self._spots]
        for asked, step in zip(wanted, steps_of(self.path, self.raw, wanted), strict=True):
            self._spots[asked] = (
                None if step is None or step.value is None else self._spot(step.key, step.value, step.inline)
            )

    def spot(self, pointer: str, document: int = 0) -> Spot | None:
        """Where the value at a pointer stands; None where it stands nowhere."""
        self.look([pointer], document)
        return self._spots[document, pointer]

    def _spot(self, key: Span | None, value: Span, inline: bool) -> Spot:
        begin, end = self._bytes(value)
        name = self._bytes(key) if key else (begin, begin)
        return Spot(name, (begin, end), inline, self.raw[begin : begin + 1] in (b"{", b"["))

    def _bytes(self, span: Span) -> tuple[int, int]:
        return offset(self.raw, span.line, span.column), offset(self.raw, span.end_line, span.end_column)

    def line_start(self, at: int) -> int:
        """The first byte of the line of a byte, behind a byte order mark."""
        start = self.raw.rfind(b"\n", 0, at) + 1
        return start or (len(BOM) if self.raw.startswith(BOM) else 0)

    def line_stop(self, at: int) -> int:
        """The byte behind the last visible one of the line of a byte."""
        end = self.raw.find(b"\n", at)
        end = end if end >= 0 else len(self.raw)
        return end - 1 if self.raw[end - 1 : end] == b"\r" and end > at else end

    def next_line(self, at: int) -> int:
        """The first byte of the line after that of a byte; the end of the file on its last line."""
        return self.raw.find(b"\n", at) + 1 or len(self.raw)

    def last(self, spot: Spot) -> int:
        """A byte on the last line of a value: behind a block there are blank lines and comments that are not its own."""
        if spot.inline or spot.is_flow:
            return max(spot.value[1] - 1, spot.value[0])
        begin, text = spot.start, self.raw[spot.start : spot.value[1]]
        at, found = 0, 0
        for line in text.splitlines(keepends=True):
            bare = line.strip()
            found = at if bare and not bare.startswith(b"#") else found
            at += len(line)
        return begin + found

    def comments(self) -> list[tuple[int, str]]:
        """Every comment: its first byte and what it says."""
        return [(offset(self.raw, c.line, c.column), c.text) for c in comments(self.path, self.raw)]
