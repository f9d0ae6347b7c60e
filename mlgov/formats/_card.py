"""A model card as its readers see it: where each line stands, under which topics, and what holds for all its numbers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from mlgov.artifact import Artifact
from mlgov.documents import Page
from mlgov.finding import Origin
from mlgov.formats._headings import topics
from mlgov.formats._listed import metrics_named
from mlgov.formats._metric_words import known, normalised, split_of
from mlgov.formats._results import Said
from mlgov.lifecycle.metric_name import SPLITS, MetricName, metric_name, words

_OF_RESULTS = frozenset({"metrics", "quantitative", "baseline", "targets"})
_TITLE_VERSION = re.compile(r"(?<![\w.])(v\d+(?:\.\d+){0,3}|\d+\.\d+\.\d+)(?![\w.]*\w)", re.IGNORECASE)
_PHRASE = re.compile(
    r"\b(test|testing|held[- ]?out|hold[- ]?out|validation|training|train|dev|cross[- ]validation)"
    r"[ -](?:set|split|data|dataset|evaluation|results?|metrics?|partition|fold|images?|examples?|samples?)s?\b",
    re.IGNORECASE,
)
_SPLITS = {"te": "test", "he": "test", "ho": "test", "va": "validation", "de": "validation", "tr": "train",
           "cr": "cross_validation"}  # fmt: skip
_SPLIT_WORDS = frozenset({*SPLITS, "set", "data", "split"})
_COUNT = re.compile(r"\bn\s*=\s*(~?\d[\d,_]*)\b", re.IGNORECASE)
_THRESHOLD = re.compile(r"threshold\D{0,12}?(0?\.\d+)", re.IGNORECASE)


class Line(NamedTuple):
    """`name: value`, wherever the card says it so: a line, a bullet, a row of a table of fields."""

    name: str
    value: str
    line: int
    column: int
    end: int


class _Mark(NamedTuple):
    """A heading, or a line such as `**Out of scope:**` that stands for one."""

    line: int
    level: int
    plain: str


class Card:
    """One card. `lines`: everything it says as name and value."""

    def __init__(self, artifact: Artifact, page: Page) -> None:
        self.artifact, self.page = artifact, page
        self.lines = artifact.raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
        self._marks = sorted(self._all_marks())
        self._starts = [mark.line for mark in self._marks]
        self._ways = list(self._all_ways())
        self._spoken = [paragraph.line for paragraph in page.paragraphs]

    def _all_marks(self) -> Iterator[_Mark]:
        for heading in self.page.headings:
            yield _Mark(heading.line, heading.level, heading.plain)
        for paragraph in self.page.paragraphs:
            if paragraph.text.endswith((":", "：")) and topics(paragraph.text):
                yield _Mark(paragraph.line, 7, paragraph.text.rstrip(":： "))

    def _all_ways(self) -> Iterator[tuple[_Mark, ...]]:
        """For each mark, itself and the marks above it, innermost first."""
        way: list[_Mark] = []
        for mark in self._marks:
            while way and way[-1].level >= mark.level:
                way.pop()
            way.append(mark)
            yield tuple(reversed(way[-8:]))

    def way(self, line: int) -> tuple[_Mark, ...]:
        """The headings above a line, innermost first."""
        at = bisect_right(self._starts, line)
        return self._ways[at - 1] if at else ()

    def topics(self, line: int) -> frozenset[str]:
        """What the nearest heading above is about that is about anything."""
        return next((found for mark in self.way(line) if (found := topics(mark.plain))), frozenset())

    @cached_property
    def listed(self) -> frozenset[str]:
        """Normalised names that are metrics here, though nobody else knows them."""
        return metrics_named(self.artifact)

    def metric(self, name: str) -> MetricName | None:
        """The metric that a name means: a known one, or one that the project defines."""
        return known(name) or (metric_name(name) if name and normalised(name) in self.listed else None)

    def is_read(self, line: int) -> bool:
        """False under headings such as Examples, Citation and Version history: their numbers are not results."""
        return not any(topics(mark.plain) & {"example", "history"} for mark in self.way(line))

    def is_image(self, line: int) -> bool:
        """True for a line of badges: what they show is drawn elsewhere."""
        return "![" in self.lines[line - 1] if line <= len(self.lines) else False

    def at(self, line: int, column: int = 1, end: int = 0) -> Origin:
        """The origin of a text of the page."""
        return Origin(self.artifact.path, f"@{line}:{column}" + (f"-{end}" if end > column else ""))

    def around(self, line: int) -> dict[str, Said]:
        """What the headings above a line, and the sentence just before it, say about its numbers."""
        found: dict[str, Said] = {}
        for field, value, place in self._told(line):
            found.setdefault(field, Said(value, place))
        return found

    def _told(self, line: int) -> Iterator[tuple[str, str, Origin]]:
        way = self.way(line)
        start = max(way[0].line if way else 0, line - 6)
        at = bisect_left(self._spoken, line)
        for paragraph in self.page.paragraphs[max(at - 1, 0) : at]:
            if paragraph.line < start:
                continue
            yield from ((f, v, self.at(paragraph.line)) for f, v in said_in(paragraph.text, False))
        for mark in (m for m in way if m.level > 1):
            is_short = bool(topics(mark.plain) & _OF_RESULTS) or set(words(mark.plain)) <= _SPLIT_WORDS
            yield from ((f, v, self.at(mark.line)) for f, v in said_in(mark.plain, is_short))

    @property
    def title(self) -> _Mark | None:
        """The first heading."""
        return self._marks[0] if self._marks and self._marks[0].level == 1 else None

    def title_version(self) -> Said | None:
        """`Model card: churn v1.2.0` names a version."""
        title = self.title
        found = _TITLE_VERSION.findall(title.plain) if title else []
        return Said(found[0], self.at(title.line)) if title and len(found) == 1 else None


def said_in(caption: str, is_short: bool) -> Iterator[tuple[str, str]]:
    """Split, number of items and decision threshold that a caption states; a short one may say only `Test`."""
    caption = caption[:500]
    if split := split_in(caption) or (split_of(caption) if is_short and not caption.startswith("평가") else None):
        yield "split", split
    if len(counts := _COUNT.findall(caption)) == 1:
        yield "n", counts[0]
    if len(thresholds := _THRESHOLD.findall(caption)) == 1:
        yield "threshold", thresholds[0]


def split_in(text: str) -> str | None:
    """The split that a sentence speaks of (`on the held-out test set`); None where it speaks of several."""
    found = {_SPLITS[word[:2].lower()] for word in _PHRASE.findall(text)}
    return found.pop() if len(found) == 1 else None
