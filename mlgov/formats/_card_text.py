"""Prose of a model card: what it is for, what not, its limits, its sections; placeholders and impossible dates."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mlgov.documents import Flaw
from mlgov.documents.placeholder import is_placeholder
from mlgov.formats._card import Card, Line
from mlgov.formats._headings import SECTIONS, topics
from mlgov.lifecycle.fact import Fact

_LONGEST = 2000
_LISTS = {
    "out_of_scope": "project.out_of_scope_use[]",
    "factors": "project.card.factors[]",
    "preprocessing": "data.preprocessing.steps[]",
}
_DATE = re.compile(r"(?<![\w/.`-])(?:19|20)\d\d-\d\d-\d\d(?![\w/`-])")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_DEFAULT = re.compile(r"\[More Information Needed\]", re.IGNORECASE).fullmatch
# a placeholder that may be an answer: nothing applies, nothing is known
_ANSWERS = re.compile(
    r"[-–—.…?\s]*|n/?a\.?|none|not applicable|unknown|unspecified|not stated|해당\s?없음", re.IGNORECASE
)


class Said(NamedTuple):
    """A paragraph or an item with its place."""

    text: str
    line: int
    column: int
    end: int


def statements(card: Card) -> list[Said]:
    """Paragraphs and items in the order of the page."""
    found = [Said(p.text, p.line, 1, 0) for p in card.page.paragraphs]
    found += [Said(i.text, i.line, i.column, i.column + len(i.text)) for i in card.page.items]
    return sorted(found, key=lambda said: (said.line, said.column))


def prose(card: Card, lines: list[Line]) -> Iterator[Fact]:
    """Facts of the sections that hold text."""
    written = [s for s in statements(card) if s.text and not is_placeholder(s.text) and not _opens(s.text)]
    uses = [s for s in written if "intended_use" in card.topics(s.line) and "out_of_scope" not in card.topics(s.line)]
    if uses:
        first = uses[0]
        yield Fact("project.intended_use", " ".join(s.text for s in uses)[:_LONGEST], card.at(*first[1:]))
    for said in (s for s in written if not s.text.endswith((":", "："))):
        about = card.topics(said.line)
        for topic in sorted(about & _LISTS.keys()):
            yield Fact(_LISTS[topic], said.text[:_LONGEST], card.at(*said[1:]))
        if "limitations" in about:
            yield Fact("evaluation.limitations[]", {"statement": said.text[:_LONGEST]}, card.at(*said[1:]))
    yield from sections(card, lines)


def _opens(text: str) -> bool:
    """True for a line that only announces what follows: `Out of scope:`."""
    return text.endswith((":", "：")) and len(text) < 60 and bool(topics(text))


def sections(card: Card, lines: list[Line]) -> Iterator[Fact]:
    """The sections of Mitchell et al. that hold text, each at its heading."""
    seen: set[str] = set()
    for heading in card.page.headings:
        if not heading.has_text:
            continue
        for section in sorted(topics(heading.plain) & set(SECTIONS) - seen):
            seen.add(section)
            yield Fact("project.card.sections[]", section, card.at(heading.line))
    for line in lines:
        for section in sorted(topics(line.name) & {"intended_use", "caveats", "ethics", "factors"} - seen):
            if not is_placeholder(line.value):
                seen.add(section)
                yield Fact("project.card.sections[]", section, card.at(line.line, line.column, line.end))


def placeholders(card: Card, lines: list[Line]) -> Iterator[Flaw]:
    """Text that still waits to be written, once for each heading."""
    told: set[int] = set()
    places = [(s.text, s.line, s.column) for s in statements(card)]
    places += [(line.value, line.line, line.column) for line in lines]
    for text, line, column in sorted(places, key=lambda place: place[1:]):
        way = card.way(line)
        under = way[0].line if way else 0
        if under not in told and _waits(text) and not (_DEFAULT(text) and _is_optional(card, line)):
            told.add(under)
            where = f" under {way[0].plain!r}" if way else ""
            yield Flaw("INT007", f"the model card holds the placeholder {text[:80]!r}{where}", line, column)


def _waits(text: str) -> bool:
    return bool(text) and is_placeholder(text) and not _ANSWERS.fullmatch(text.strip()[:100])


def _is_optional(card: Card, line: int) -> bool:
    """True where a template leaves room that a card may leave empty: what Mitchell et al. do not ask for."""
    way = card.way(line)
    return bool(way) and ("optional" in way[0].plain.lower() or not topics(way[0].plain) & set(SECTIONS))


def impossible_dates(card: Card) -> Iterator[Flaw]:
    """Days that no calendar has, outside code blocks."""
    for number, line in outside_code(card):
        for found in _DATE.finditer(line):
            if not _exists(found[0]):
                yield Flaw("INT008", f"the date {found[0]} does not exist", number, found.start() + 1)


def outside_code(card: Card) -> Iterator[tuple[int, str]]:
    """The lines that stand in no fenced block, with their numbers; of a very long one its beginning."""
    fence = ""
    for number, line in enumerate(card.lines, 1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            yield number, line[:10_000]


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
