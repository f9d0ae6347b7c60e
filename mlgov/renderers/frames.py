"""Code frames: the lines that a finding is about, with line numbers and a mark under each place."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from mlgov.finding import Place
from mlgov.renderers import Source
from mlgov.renderers.colours import Paint
from mlgov.renderers.escaping import shown, terminal
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import BEFORE, told

TAB = 4
NARROWEST = 40  # columns of source that are always shown
LONGEST = 4  # a longer underlined text is followed for this many screen widths, no further


class Cell(NamedTuple):
    """One character of a source line: how it is shown, and how many columns that takes."""

    text: str
    width: int


class Mark(NamedTuple):
    """What to underline in one line: 0-based start and end, `^` for where to act and `-` for the other ends."""

    start: int
    end: int
    sign: str
    label: str
    style: str


class Frames:
    """Draws frames within a number of columns; each file is read once."""

    def __init__(self, source: Source, columns: int, paint: Paint) -> None:
        self._lines, self.columns, self._paint = Lines(source), columns, paint

    def draw(self, places: Sequence[Place], style: str) -> Iterator[str]:
        """All places, one frame per file, in the order in which files first appear; the first place is the main one.

        Places in the base of a change come last, without a frame.
        """
        gutter = len(str(max(p.line for p in places)))
        arrow = " " * gutter + self._paint("--> ", "frame")
        now = [p for p in places if p.role != BEFORE]
        for file in dict.fromkeys(p.file for p in now):
            here = [p for p in now if p.file == file]
            yield arrow + terminal(str(here[0]))
            yield from self._file(here, places[0], gutter, style, now[-1])
        # the lines of these stand in another tree, which is not at hand
        yield from (arrow + terminal(told(p)) for p in places if p.role == BEFORE)

    def _file(self, here: list[Place], main: Place, gutter: int, style: str, ending: Place) -> Iterator[str]:
        lines = self._lines.of(here[0].file)
        known = sorted((p for p in here if 0 < p.line <= len(lines)), key=lambda p: p.line)
        bar = self._paint(" " * gutter + " |", "frame")
        if known:
            yield bar
        last = 0
        for number, some in groupby(known, key=lambda p: p.line):
            if last and number > last + 1:
                yield self._paint("." * max(gutter, 3), "frame")
            marks = sorted(_mark(p, lines[number - 1], p == main, style) for p in some)
            number_bar = self._paint(f"{number:>{gutter}} |", "frame")
            for text, under in self._line(lines[number - 1], marks, gutter):
                yield f"{number_bar} {text}".rstrip()
                yield from (f"{bar} {row}" for row in under)
            last = number
        if known and here[-1] == ending:
            yield bar

    def _line(self, line: str, marks: list[Mark], gutter: int) -> Iterator[tuple[str, list[str]]]:
        """A line with its marks; a long one as often as needed, each time cut around marks that stand together."""
        room = max(NARROWEST, self.columns - gutter - 3)
        for together in _together(line, marks, room - 2):
            text, cells, offset, indent = _cut(line, together, room)
            yield text, [row for mark in together for row in self._underline(mark, cells, offset, indent, room)]

    def _underline(self, mark: Mark, cells: list[Cell], offset: int, indent: int, room: int) -> Iterator[str]:
        """The signs under a place; its label stands behind them, before them, or below them where neither has room."""
        start, end = max(mark.start - offset, 0), max(mark.end - offset, 0)
        before = indent + sum(c.width for c in cells[:start])
        signs = mark.sign * max(sum(c.width for c in cells[start:end]), 1)
        space = len(mark.label) + 1
        if not mark.label or before + len(signs) + space <= room:
            yield " " * before + self._paint(f"{signs} {mark.label}".rstrip(), mark.style)
        elif before >= space:
            yield " " * (before - space) + self._paint(f"{mark.label} {signs}", mark.style)
        else:
            yield " " * before + self._paint(signs, mark.style)
            yield " " * max(min(before, room - len(mark.label)), 0) + self._paint(mark.label, mark.style)


def _mark(place: Place, line: str, is_main: bool, style: str) -> Mark:
    start = min(max(place.column - 1, 0), len(line))
    on_one_line = place.end_line in (0, place.line)
    end = min(max(place.end_column - 1, start), len(line)) if on_one_line else len(line.rstrip())
    label = terminal(place.role) or ("" if is_main else "also here")
    return Mark(start, max(end, start), "^" if is_main else "-", label, style if is_main else "frame")


def _together(line: str, marks: Iterable[Mark], room: int) -> list[list[Mark]]:
    """Marks of one line in groups that fit on the screen side by side."""
    groups: list[list[Mark]] = []
    for mark in marks:
        start = groups[-1][0].start if groups else 0
        near = mark.end - start <= room and sum(c.width for c in _cells(line[start : mark.end])) <= room
        if groups and near:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _cut(line: str, marks: list[Mark], room: int) -> tuple[str, list[Cell], int, int]:
    """What is shown of a line, its cells, the index of the first of them, and how far they are indented."""
    first, last = marks[0].start, max(m.end for m in marks)
    last = min(last, first + LONGEST * room)
    low, high = max(0, first - room), min(len(line), last + room)
    cells = _cells(line[low:high], low == 0)
    if low == 0 and high == len(line) and sum(c.width for c in cells) <= room:
        return "".join(c.text for c in cells), cells, 0, 0
    left, right = _window([c.width for c in cells], first - low, last - low, room - 2)
    kept = cells[left:right]
    before = "…" if low + left else ""
    after = "…" if low + right < len(line) else ""
    return before + "".join(c.text for c in kept) + after, kept, low + left, len(before)


def _window(widths: list[int], first: int, last: int, room: int) -> tuple[int, int]:
    """The range around `first` to `last` that fits, grown evenly to both sides."""
    left = right = first
    used = 0
    while right < last and used + widths[right] <= room:
        used += widths[right]
        right += 1
    growing = True
    while growing:
        growing = False
        if left and used + widths[left - 1] <= room:
            left -= 1
            used += widths[left]
            growing = True
        if right < len(widths) and used + widths[right] <= room:
            used += widths[right]
            right += 1
            growing = True
    return left, right


def _cells(text: str, from_start: bool = True) -> list[Cell]:
    """The characters of a source line as they are shown: tabs as blanks, hidden characters as escapes."""
    cells: list[Cell] = []
    column = 0
    for at, character in enumerate(text):
        if character == "\t":
            wide = TAB - column % TAB if from_start else TAB
            cell = Cell(" " * wide, wide)
        elif character == "[" and text[max(at - 2, 0) : at] == "##":
            cell = Cell("\\[", 2)  # `##[` begins a workflow command wherever it stands
        else:
            cell = _cell(character)
        cells.append(cell)
        column += cell.width
    return cells


def _cell(character: str) -> Cell:
    text = shown(character)
    if text != character or text.isascii():
        return Cell(text, len(text))
    if unicodedata.combining(text) or unicodedata.category(text) in ("Mn", "Me", "Cf"):
        return Cell(text, 0)
    return Cell(text, 2 if unicodedata.east_asian_width(text) in ("W", "F") else 1)
