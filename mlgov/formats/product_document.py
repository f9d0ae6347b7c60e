"""Requirement and design documents in Markdown: problem, goals, users, requirements, alternatives, and who approved them."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, Page
from mlgov.formats._card import Card
from mlgov.formats._card_numbers import criterion
from mlgov.formats._card_text import Said
from mlgov.formats._columns import column
from mlgov.formats._draft import Draft
from mlgov.formats._metric_words import side_of
from mlgov.formats._numbers import limit
from mlgov.formats._pages import LONGEST, date_of, front, place, written
from mlgov.formats._problem_headings import is_container, is_other, topic
from mlgov.lifecycle.fact import Fact

NAME = "product-document"
PATHS = ("PRD.md", "prd.md", "*.md", "*.markdown")
MARKERS = (b"#",)
ROLE = "note"
_NAMED = re.compile(r"(?:^|[-_ .\d])(?:prd|product[-_ ]?requirements?|design[-_ ]?doc(?:ument)?|rfc|problem[-_ ]?statement|project[-_ ]?brief|"
                    r"requirements?)(?:$|[-_ .\d])|기획서|요구사항", re.IGNORECASE)  # fmt: skip
_TITLE = re.compile(r"\bPRD\b|product requirements?|design doc(?:ument)?\b|\bRFC\b|requirements? document|problem statement|"
                    r"기획서|요구사항|설계 문서|문제 정의", re.IGNORECASE)  # fmt: skip
_NONE = re.compile(r"template|example|readme|changelog", re.IGNORECASE)
_OPENING = re.compile(rb"^(?:\xef\xbb\xbf)?(?:---\r?\n.{0,4000}?\r?\n---\s*\r?\n)?\s*#\s+([^\r\n]{1,300})", re.DOTALL)
_TEXTS = ("statement", "why", "situation", "business_goal")
_LISTS = ("users", "stakeholders", "use_cases", "non_goals", "assumptions")
_ID = re.compile(r"(?P<id>[A-Z]{1,6}-?\d{1,4})[.):\s—–-]\s*(?P<text>.+)", re.DOTALL)
_OUTCOMES = {"approved": "approved", "accepted": "approved", "final": "approved", "signed off": "approved",
             "rejected": "rejected", "draft": "pending", "proposed": "pending", "in review": "pending",
             "review": "pending", "승인": "approved", "초안": "pending"}  # fmt: skip


def recognise(artifact: Artifact) -> Claim | None:
    """A page that its name or its title calls so, with at least two headings about the problem."""
    stem = artifact.name.rpartition(".")[0]
    if _NONE.search(stem) or not (_NAMED.search(stem) or _is_titled(artifact.head)):
        return None
    page = artifact.data
    if not isinstance(page, Page):
        return None
    return Claim() if len({topic(h.plain) for h in page.headings} - {""}) > 1 else None


def _is_titled(head: bytes) -> bool:
    found = _OPENING.match(head)
    return found is not None and _TITLE.search(found[1].decode("utf-8", "replace")) is not None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The document itself, its sections as facts of the problem, and what its front matter says about its approval."""
    if not isinstance(artifact.data, Page):
        return
    card = Card(artifact, artifact.data)
    yield Fact("problem.document", "/" + artifact.path, artifact.at()._replace(pointer="@1:1"))
    about: dict[str, list[Said]] = {}
    for said in written(card):
        if found := _topic(card, said.line):
            about.setdefault(found, []).append(said)
    for name in _TEXTS:
        if rows := about.get(name):
            yield Fact(f"problem.{name}", " ".join(row.text for row in rows)[:LONGEST], place(card, rows[0]))
    for name, rows in about.items():
        yield from (fact for row in _items(rows) if (fact := _row(card, name, row)) is not None)
    yield from _tables(card)
    yield from _front(card)


def _topic(card: Card, line: int) -> str:
    """What the nearest heading above is about that is about anything: of the problem, or of something else."""
    way = [mark for mark in card.way(line) if mark.level > 1]
    at = next((at for at, mark in enumerate(way) if topic(mark.plain) or is_other(mark.plain)), None)
    if at is None or not all(topic(mark.plain) or is_container(mark.plain) for mark in way[at:]):
        return ""
    return topic(way[at].plain)


def _items(rows: list[Said]) -> list[Said]:
    """The items of a section that is a list; the paragraphs of one that is none."""
    listed = [row for row in rows if row.end]
    return listed or rows


def _row(card: Card, name: str, said: Said) -> Fact | None:
    text, where = said.text[:LONGEST], place(card, said)
    if name in _LISTS:
        return Fact(f"problem.{name}[]", text, where)
    if name == "alternatives":
        return Fact("problem.alternatives[]", {"description": text}, where, parts={"description": where})
    if name in ("objectives", "requirements"):
        found = _ID.fullmatch(text)
        value: dict[str, Any] = {"id": found["id"], "statement": found["text"]} if found else {"statement": text}
        if name == "requirements" and (said_so := criterion(card, value["statement"].rstrip(". "))):
            value["acceptance"] = {"metric": said_so[0], said_so[1].side: said_so[1].text}
        return Fact(f"problem.{name}[]", value, where, parts=dict.fromkeys(value, where))
    return None


def _tables(card: Card) -> Iterator[Fact]:
    """Rows of metrics and bounds under a heading about requirements."""
    for table in card.page.tables:
        kinds = [column(cell.text).kind for cell in table.header]
        if _topic(card, table.line) != "requirements" or not {"name", "limit"} <= set(kinds):
            continue
        name, bound = kinds.index("name"), kinds.index("limit")
        for row in (row for row in table.rows if len(row) > max(name, bound)):
            said = limit(row[bound].text)
            if said is not None and card.metric(row[name].text) is not None:
                cell = row[bound]
                where = card.at(cell.line, cell.column, cell.end_column)
                accepted = {"metric": row[name].text, said.side or side_of(row[name].text): said.text}
                value = {"statement": f"{row[name].text} {cell.text}", "acceptance": accepted}
                yield Fact("problem.requirements[]", value, where, parts=dict.fromkeys(value, where))


def _front(card: Card) -> Iterator[Fact]:
    page, at = card.page, card.artifact.at
    for name, way in list(front(page, "owner", "owners", "dri"))[:1]:
        yield Fact("team.ownership.problem", name, at(*way))
    status = next(front(page, "status"), None)
    date = next(front(page, "approved_on", "approved", "date", "last_updated"), None)
    for name, way in front(page, "approvers", "approver", "approved_by"):
        record = Draft(at(*way), of="problem")
        record.put("by", name, at(*way))
        if date and (day := date_of(date[0])):
            record.put("on", day, at(*date[1]))
        if status and (outcome := _OUTCOMES.get(status[0].lower().strip())):
            record.put("outcome", outcome, at(*status[1]))
        yield record.fact("process.approvals[]")
