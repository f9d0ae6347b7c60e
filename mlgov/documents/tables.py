"""Pipe tables of Markdown, cell by cell, with the place of every text."""

import re
from typing import Final

from mlgov.documents.page import Cell, Table
from mlgov.documents.prose import LONGEST_LINE, span_of, visible

_MOST_CELLS: Final = 500  # columns of one table
_PREFIX = re.compile(r"[ \t>]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?")
_BAR = re.compile(r"(?<!\\)\|")


def table(lines: list[str], first: int, last: int, heading: str) -> Table:
    """The table in `lines[first:last]` (0-based, end exclusive): header, delimiter, rows."""
    header = _cells(lines[first], first, _MOST_CELLS)
    rows = tuple(_cells(lines[at], at, len(header)) for at in range(first + 2, min(last, len(lines))))
    return Table(header, rows, first + 1, heading)


def _cells(line: str, at: int, most: int) -> tuple[Cell, ...]:
    """The cells of one line, at most `most`; the bars at both ends are optional."""
    start = _PREFIX.match(line).end()  # type: ignore[union-attr]  # matches the empty text too
    end = len(line.rstrip())
    if line.startswith("|", start):
        start += 1
    made: list[Cell] = []
    while start < end and len(made) < most:
        bar = _BAR.search(line, start, end)
        stop = bar.start() if bar else end
        made.append(_cell(line, at, start, stop))
        start = stop + 1
    return tuple(made)


def _cell(line: str, at: int, start: int, stop: int) -> Cell:
    left, right = span_of(line, start, min(stop, start + LONGEST_LINE))
    return Cell(visible(line[start : min(stop, start + LONGEST_LINE)]), at + 1, left + 1, right + 1)
