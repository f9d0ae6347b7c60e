"""Technical documentation as Annex IV of the EU AI Act asks for it: the numbers of the model that its prose states."""

import re
from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, Page
from mlgov.formats._card import Card
from mlgov.formats._card_recognition import told_by
from mlgov.formats._card_text import statements
from mlgov.formats._metric_words import AMBIGUOUS
from mlgov.formats._numbers import amount
from mlgov.lifecycle.fact import Fact

NAME = "technical-documentation"
PATHS = ("*.md", "*.markdown")
MARKERS = (b"nnex", b"NNEX", b"echnical", b"ECHNICAL")
ROLE = "note"
_TITLE = re.compile(r"\bannex iv\b|^technical documentation\b|\btechnical documentation\b.*\bai act\b", re.IGNORECASE)
_NO_DOCUMENT = re.compile(r"template|example|guide|how[-_ ]?to", re.IGNORECASE)
# `Accuracy (91.9%)`; a comparison, a range or a count in the brackets is no value of the model
_SAID = re.compile(r"(?P<words>[A-Za-z][A-Za-z0-9 -]{1,60})\s\((?P<value>\d{1,3}(?:\.\d{1,6})?\s?%|[01]?\.\d{1,6})\)")
_OTHER = re.compile(r"target|threshold|minimum|requirement|baseline|previous|train(?:ing)?\b|validation|benchmark|example", re.IGNORECASE)  # fmt: skip


def recognise(artifact: Artifact) -> Claim | None:
    """By its title, with three headings or more."""
    if _NO_DOCUMENT.search(artifact.name) or not isinstance(artifact.data, Page) or told_by(artifact) is not None:
        return None
    headings = artifact.data.headings
    return Claim() if len(headings) > 2 and any(_TITLE.search(h.plain) for h in headings[:2]) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """What sentences say of known metrics, as claims about the model."""
    if not isinstance(artifact.data, Page):
        return
    card = Card(artifact, artifact.data)
    for said in statements(card):
        if card.is_read(said.line) and not any(_OTHER.search(mark.plain) for mark in card.way(said.line)[:1]):
            yield from _claims(card, said.text, said.line)


def _claims(card: Card, text: str, line: int) -> Iterator[Fact]:
    raw = card.lines[line - 1] if line <= len(card.lines) else ""
    for found in _SAID.finditer(text[:5000]):
        metric, number = _metric(card, found["words"]), amount(found["value"])
        if metric and number is not None and not _OTHER.search(text[max(found.start() - 40, 0) : found.start("value")]):
            at = raw.find(f"({found['value']})") + 2
            where = card.at(line, at, at + len(found["value"])) if at > 1 else card.at(line)
            value = {"kind": "value", "metric": metric, "value": number.text, "document": "/" + card.artifact.path}
            yield Fact("evaluation.claims[]", value, where)


def _metric(card: Card, words: str) -> str:
    """The known metric that the last words before the brackets name."""
    said = words.split()
    for length in (4, 3, 2, 1):
        meant = card.metric(" ".join(said[-length:])) if length <= len(said) else None
        if meant is not None:
            return "" if meant.base in AMBIGUOUS or meant.split not in (None, "test") else " ".join(said[-length:])
    return ""
