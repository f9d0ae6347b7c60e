"""Decision records (MADR, Nygard): status, date and outcome, and the reasons for a model or a way of serving it."""

import re
from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, Page
from mlgov.finding import Origin
from mlgov.formats._card import Card
from mlgov.formats._draft import Draft
from mlgov.formats._pages import LONGEST, date_of, front, no_such_day, place, written
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

NAME = "decision-record"
PATHS = ("*.md", "*.markdown")
MARKERS = ()
ROLE = "note"
_FOLDERS = frozenset("adr adrs decisions decision-records decision_records".split())
_NAMED = re.compile(r"(?:adr[-_ ]?)?\d{2,5}[-_ ].+|adr[-_ ]?\d{2,5}", re.IGNORECASE)
_STATUS, _DECISION = ("status", "상태"), ("decision outcome", "decision", "the decision", "결정", "결정 사항")
_OF_SERVING = frozenset("serving serve deploy deployment inference hosting device ondevice edge 서빙 배포".split())
_OF_MODEL = frozenset("model algorithm classifier regressor estimator architecture 모델 알고리즘".split())
_CHOICE = frozenset("choose chose select selection selected use pick which 선택 선정".split())


def recognise(artifact: Artifact) -> Claim | None:
    """A numbered page in a folder of records, or one whose front matter is MADR's; templates decide nothing."""
    stem = artifact.name.rpartition(".")[0].lower()
    folders = {part.lower() for part in artifact.folder.split("/")}
    if "template" in stem or not (
        folders & _FOLDERS and _NAMED.fullmatch(stem) or b"decision-makers:" in artifact.head
    ):
        return None
    page = artifact.data
    if not isinstance(page, Page):
        return Claim() if artifact.reading.flaws else None
    card = Card(artifact, page)
    if _status(card) is None and _section(card, _DECISION) is None:
        return None
    is_madr = any(heading.plain.lower() == "decision outcome" for heading in page.headings) or page.front is not None
    return Claim("MADR" if is_madr else "Nygard")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One decision; its reasons also where its title says that it is about serving or about the choice of a model."""
    if not isinstance(artifact.data, Page):
        return
    card = Card(artifact, artifact.data)
    outcome, status = _section(card, _DECISION) or _pair(card, _DECISION), _status(card)
    date = _first(card, "date") or _pair(card, ("date", "날짜"))
    record = Draft(artifact.at()._replace(pointer="@1:1"), file="/" + artifact.path)
    if status:
        record.put("status", status[0][:200], status[1])
    if date and date_of(date[0]):
        record.put("date", date_of(date[0]), date[1])
    elif date and (flaw := no_such_day(date[0], *_line(date[1]))):
        yield flaw
    if outcome:
        record.put("decision", outcome[0][:LONGEST], outcome[1])
    yield record.fact("process.decisions[]")
    for name, way in front(artifact.data, "decision-makers", "deciders"):
        yield Fact("problem.stakeholders[]", name, artifact.at(*way))
    if outcome and status and status[0].lower().startswith("accepted"):
        yield from _reasons(card, outcome)


def _reasons(card: Card, outcome: tuple[str, Origin]) -> Iterator[Fact]:
    said = set(words(card.title.plain[:200])) if card.title else set()
    if said & _OF_SERVING:
        yield Fact("serving.rationale", outcome[0][:LONGEST], outcome[1])
    elif said & _OF_MODEL and said & _CHOICE:
        yield Fact("training.selection.rationale", outcome[0][:LONGEST], outcome[1])


def _status(card: Card) -> tuple[str, Origin] | None:
    found = _first(card, "status") or _section(card, _STATUS) or _pair(card, _STATUS)
    return None if found is None or "|" in found[0] else found


def _first(card: Card, key: str) -> tuple[str, Origin] | None:
    return next(((text, card.artifact.at(*way)) for text, way in front(card.page, key)), None)


def _section(card: Card, names: tuple[str, ...]) -> tuple[str, Origin] | None:
    """The first statement under one of the headings."""
    lines = {h.line: h for h in card.page.headings if h.plain.lower() in names}
    for said in written(card) if lines else ():
        way = card.way(said.line)
        if any(mark.line in lines for mark in way):
            return said.text, place(card, said)
    return None


def _pair(card: Card, names: tuple[str, ...]) -> tuple[str, Origin] | None:
    """`Status: Accepted`, as a line or an item."""
    found = (p for p in card.page.pairs if p.name.lower() in names and p.value)
    return next(((p.value, card.at(p.line, p.column, p.end_column)) for p in found), None)


def _line(origin: Origin) -> tuple[int, int]:
    found = re.match(r"@(\d+):(\d+)", origin.pointer)
    return (int(found[1]), int(found[2])) if found else (0, 0)
