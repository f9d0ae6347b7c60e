"""Places of mlgov as positions of an editor, and back: lines and code points against lines and code units.

mlgov counts lines by `\n`, from 1, and columns in code points; the protocol ends a line at `\r` as well, counts from 0, and
columns in units of the encoding that both sides agreed on. What both share is the offset in the text.
"""

import re
from bisect import bisect_right
from typing import Final

from lsprotocol import types

from mlgov.finding import Place

_ENDS = re.compile(r"\r\n|\r|\n")
_CODECS: Final = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Text:
    """The text of a file as an editor shows it: without byte order mark. encoding: `utf-8`, `utf-16` or `utf-32`."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text.removeprefix("\ufeff")
        self._codec, self._width = _CODECS.get(encoding, _CODECS["utf-16"])
        self._lines: list[int] | None = None  # where the lines of mlgov begin
        self._rows: list[int] | None = None  # where the lines of the protocol begin

    @property
    def lines(self) -> list[int]:
        """The offsets at which lines begin that end with `\\n`."""
        if self._lines is None:
            self._lines = [0, *(found.end() for found in re.finditer("\n", self.text))]
        return self._lines

    @property
    def rows(self) -> list[int]:
        """The offsets at which lines begin as the protocol counts them."""
        if self._rows is None:
            self._rows = [0, *(found.end() for found in _ENDS.finditer(self.text))]
        return self._rows

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column of mlgov; the end of the line where it is shorter."""
        if line < 1 or line > len(self.lines):
            return 0 if line < 1 else len(self.text)
        start = self.lines[line - 1]
        end = self.lines[line] - 1 if line < len(self.lines) else len(self.text)
        while end > start and self.text[end - 1] == "\r":
            end -= 1
        return min(start + max(column, 1) - 1, end)

    def place(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset, as mlgov counts."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        row = bisect_right(self.rows, offset) - 1
        before = self.text[self.rows[row] : offset]
        return types.Position(row, len(before.encode(self._codec, "surrogatepass")) // self._width)

    def at(self, position: types.Position) -> int:
        """The offset of a position; the end of its line, or of the text, where that is shorter."""
        if position.line >= len(self.rows):
            return len(self.text)
        start = self.rows[position.line]
        end = self.rows[position.line + 1] if position.line + 1 < len(self.rows) else len(self.text)
        row = self.text[start:end].rstrip("\r\n")
        units = row.encode(self._codec, "surrogatepass")[: position.character * self._width]
        return start + len(units.decode(self._codec, "ignore"))

    def range(self, start: int, end: int) -> types.Range:
        """The range between two offsets."""
        return types.Range(self.position(start), self.position(end))

    def range_of(self, place: Place) -> types.Range:
        """The range of a place; a place without lines is the first line, an empty one the rest of its line."""
        start = self.offset(place.line, place.column)
        end = self.offset(place.end_line, place.end_column) if place.end_line else start
        if end <= start:
            end = self.offset(max(place.line, 1), len(self.text))
        return self.range(start, max(start, end))


def moved(old: str, new: str) -> tuple[int, int, int]:
    """Where two texts differ, by lines: equal lines before, end of the other ones in the old text, and in the new one."""
    before, after = old.split("\n"), new.split("\n")
    most = min(len(before), len(after))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    tail = next((n for n in range(most - head) if before[-1 - n] != after[-1 - n]), most - head)
    return head, len(before) - tail, len(after) - tail


def forward(line: int, change: tuple[int, int, int]) -> int:
    """The line of the new text that shows a 1-based line of the old one; lines that are gone are shown at the change."""
    head, old, new = change
    if line <= head:
        return line
    return line + new - old if line > old else min(line, max(new, 1))


def backward(line: int, change: tuple[int, int, int]) -> int:
    """The line of the old text that a 1-based line of the new one shows."""
    head, old, new = change
    return forward(line, (head, new, old))
