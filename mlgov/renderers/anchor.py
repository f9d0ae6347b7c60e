"""Where outputs for other programs pin a finding: these refuse, or do not show, a finding without a line of a file."""

from typing import NamedTuple

from mlgov.finding import Finding, Place
from mlgov.renderers.lines import Lines
from mlgov.renderers.wording import BEFORE

# where a finding about the repository as a whole stands: the first of these that exists
WHOLE = ("mlgov.yaml", ".mlgov.toml", "pyproject.toml", "README.md")


class Span(NamedTuple):
    """A range within one line: 1-based, in code points, end exclusive."""

    file: str
    line: int
    column: int
    end: int


def anchor(finding: Finding, lines: Lines) -> Place:
    """The first place that stands in the judged tree; else the file that did, or one that stands for the repository."""
    for place in finding.places:
        if place.file and place.role != BEFORE:
            return place
    asked = finding.places[0].file
    file = next((file for file in (asked, *WHOLE) if lines.knows(file)), asked or WHOLE[0])
    return Place(file)


def others(finding: Finding, pinned: Place) -> list[Place]:
    """The other ends: every place of a file but the one that the finding is pinned to."""
    return [place for place in finding.places if place.file and place != pinned]


def span(place: Place, lines: Lines) -> Span:
    """The part of a place that lies in its first line: a pull request shows a range only if it changes all of it."""
    if not place.line:
        return Span(place.file, 1, 1, 1)
    on_one_line = place.end_line in (0, place.line)
    end = place.end_column if on_one_line else len(lines.line(place.file, place.line)) + 1
    column = max(place.column, 1)
    return Span(place.file, place.line, column, max(end, column))
