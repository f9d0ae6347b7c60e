"""Cards of data sets: Markdown with or without Hugging Face front matter, wherever teams keep them."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, Page
from mlgov.documents.placeholder import is_placeholder
from mlgov.formats import _card_lines, _data_card_splits
from mlgov.formats._card import Card, Line
from mlgov.formats._card_text import statements
from mlgov.formats._data_card_front import KEYS, front, licence, named
from mlgov.formats._data_card_lines import columns, details, license_said, place_of, rows_said
from mlgov.formats._draft import Draft
from mlgov.lifecycle.fact import Fact

NAME = "data-card"
PATHS = ("*.md", "*.markdown")
MARKERS = ()
ROLE = "part"

_NAMED = re.compile(r"(?:^|[\s_.-])(?:data|dataset|data[\s_-]set)[\s_-]?cards?(?:[\s_.-]|$)", re.IGNORECASE)
_NO_CARD = re.compile(r"template|example|guide|how[-_ ]?to", re.IGNORECASE)
_TITLE = re.compile(r"(?:data|dataset|data set)[ -]?card\b|데이터(?:셋)? 카드", re.IGNORECASE)
_SECTIONS = {
    "personal and sensitive information": "data.privacy.anonymization",
    "data collection and processing": "collection",
    "source data": "collection",
    "initial data collection and normalization": "collection",
}
_TREATED = re.compile(
    r"anonymi[sz]|pseudonymi[sz]|de-?identif|\bhash|\bmask(?:ed|ing)|\bredact|\bencrypt|\bremoved\b|\bstripped\b|익명|가명",
    re.IGNORECASE,
)
_LONGEST = 2000


def recognise(artifact: Artifact) -> Claim | None:
    """A page that its name or title calls a card of data, or whose front matter is that of a data set."""
    stem, page = artifact.name.rpartition(".")[0], artifact.data
    if _NO_CARD.search(stem) or b"{{ card_data }}" in artifact.head or not _may_be(artifact, stem):
        return None
    if not isinstance(page, Page):
        return Claim() if artifact.reading.flaws else None
    if page.front is not None and any(KEYS[key](page.front[key]) for key in KEYS.keys() & page.front.keys()):
        return Claim(detail="Hugging Face")
    title = page.headings[0] if page.headings else None
    is_titled = title is not None and _TITLE.match(title.plain) and len(page.headings) > 1
    return Claim() if is_titled or _NAMED.search(stem) and len(page.headings) > 1 else None


def _may_be(artifact: Artifact, stem: str) -> bool:
    """A look at the name and the first bytes, before the page is parsed."""
    head = artifact.head.lower()
    if _NAMED.search(stem) or b"card" in head and b"data" in head:
        return True
    return b"---" in head[:200] and any(key.encode() in head for key in KEYS)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One data set with its rows and licence, the label, the columns, and the split."""
    if not isinstance(artifact.data, Page):
        return
    card = Card(artifact, artifact.data)
    said = [line for line in _card_lines.lines(card) if _card_lines.is_said(line) and not card.is_image(line.line)]
    data = card.page.front or {}
    yield from front(artifact, data)
    yield from _dataset(card, data, said)
    yield from details(card, said)
    yield from columns(card)
    yield from _sections(card)
    yield from _data_card_splits.splits(card, said)


def _dataset(card: Card, data: dict[str, Any], said: list[Line]) -> Iterator[Fact]:
    record = Draft(card.at(1))
    for field, value, where in (*named(card, data, said), *licence(card.artifact, data)):
        record.put(field, value, where)
    if "license" not in record.values and (found := license_said(said)) is not None:
        record.put("license", found.value, place_of(card, found))
    if (count := rows_said(said)) is not None:
        record.put("rows", count[0], place_of(card, count[1]))
    if record.values.keys() - {"aliases"}:
        yield record.fact("data.datasets[]")


def _sections(card: Card) -> Iterator[Fact]:
    """Prose of the sections that say how data were collected, and what they tell about persons."""
    found: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    for one in statements(card):
        way = card.way(one.line)
        path = next((p for mark in way[:2] if (p := _SECTIONS.get(mark.plain.lower()))), "")
        if path and one.text and not is_placeholder(one.text):
            found.setdefault(path, []).append(one.text)
            places.setdefault(path, one.line)
    for path, texts in found.items():
        text, where = " ".join(texts)[:_LONGEST], card.at(places[path])
        if path == "collection":
            yield Fact("data.sources[]", {path: text}, where)
        elif _TREATED.search(text):  # a section that only says what is in the data tells of no treatment
            yield Fact(path, text, where)
