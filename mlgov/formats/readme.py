"""READMEs that state headline numbers of a model: what they claim can be compared with cards and results."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Cell, Page, Table
from mlgov.finding import Origin
from mlgov.formats._card import Card
from mlgov.formats._card_recognition import told_by
from mlgov.formats._columns import column, is_curve
from mlgov.formats._headings import topics
from mlgov.formats._metric_words import AMBIGUOUS, split_of
from mlgov.formats._numbers import amount, limit
from mlgov.lifecycle.fact import Fact

NAME = "readme"
PATHS = ("README.md", "Readme.md", "readme.md")
MARKERS = ()
ROLE = "note"
_OTHER_TOPICS = frozenset({"example", "history", "baseline", "targets", "hyperparameters"})
_OF_RESULTS = frozenset({"metrics", "quantitative"})
_NOT_SAID = re.compile(
    r"benchmark|comparison|state of the art|sota|leaderboard|ablation|baseline|target|goal|example|벤치마크|비교|목표",
    re.IGNORECASE,
)


def recognise(artifact: Artifact) -> Claim | None:
    """A README with a headline number of a known metric that is no model card itself."""
    page = artifact.data
    if not isinstance(page, Page) or not (page.tables or page.pairs) or told_by(artifact) is not None:
        return None
    return Claim() if any(True for _ in read(artifact)) else None


def read(artifact: Artifact) -> Iterator[Fact]:
    """Claims of tables with one value per metric, and of lines under a heading about results."""
    if not isinstance(artifact.data, Page):
        return
    card = Card(artifact, artifact.data)
    for table in card.page.tables:
        values = _values(table)
        if values is None or not _is_claim(card, table.line) or (about := _about(card, table.line)) is None:
            continue
        for row in table.rows:
            if len(row) > values:
                yield from _claim(card, (row[0].text, row[values].text), _place(card, row[values]), about)
    for pair in card.page.pairs:
        if _is_claim(card, pair.line) and card.topics(pair.line) & _OF_RESULTS:
            about, where = _about(card, pair.line), card.at(pair.line, pair.column, pair.end_column)
            if about is not None:
                yield from _claim(card, (pair.name, pair.value), where, about)


def _values(table: Table) -> int | None:
    """The only column of values beside the names of metrics; None where there are several, or none."""
    meanings = [column(cell.text) for cell in table.header]
    if len(meanings) < 2 or meanings[0].kind != "name" or is_curve(table):
        return None
    values = [at for at, meaning in enumerate(meanings) if at and meaning.kind not in ("note", "context")]
    return values[0] if len(values) == 1 and meanings[values[0]].kind == "value" else None


def _is_claim(card: Card, line: int) -> bool:
    """False where the headings speak of targets, baselines, other models, examples or the training split."""
    way = card.way(line)
    if any(split_of(mark.plain) == "train" for mark in way):
        return False
    return not any(topics(mark.plain) & _OTHER_TOPICS or _NOT_SAID.search(mark.plain[:120]) for mark in way)


def _claim(card: Card, said: tuple[str, str], where: Origin, about: str) -> Iterator[Fact]:
    meant, number, bound = card.metric(said[0]), amount(said[1]), limit(said[1])
    if meant is None or meant.base in AMBIGUOUS or number is None or bound is not None and bound.side:
        return
    if meant.split not in ("train", "validation", "cross_validation"):
        value = {"kind": "value", "metric": said[0].strip(), "value": number.text, "document": "/" + card.artifact.path}
        yield Fact("evaluation.claims[]", value, where, about=about)


def _about(card: Card, line: int) -> str | None:
    """The folder that the links of the section lead to, "" where they lead nowhere; None where to several."""
    own = next((mark for mark in card.way(line) if mark.level > 1), None)
    if own is None:
        return ""
    headings, links = card.page.headings, card.page.links
    after = islice(headings, bisect_right(headings, own.line, key=lambda h: h.line), None)
    end = next((h.line for h in after if h.level <= own.level), len(card.lines) + 1)
    first, last = (bisect_left(links, at, key=lambda link: link.line) for at in (own.line, end))
    folders = {_folder(link.target) for link in islice(links, first, last)} - {""}
    if len(folders) > 1:
        return None
    found = folders.pop() if folders else ""
    return f"{card.artifact.folder}/{found}".strip("/") if found else ""


def _folder(target: str) -> str:
    """The first folder of a relative link."""
    plain = target.partition("#")[0].removeprefix("./")
    if "://" in plain or plain.startswith(("/", "mailto:", "../")) or "/" not in plain:
        return ""
    first = plain.partition("/")[0]
    return "" if first.lower() in _INNER else first


def _place(card: Card, cell: Cell) -> Origin:
    return card.at(cell.line, cell.column, cell.end_column)


# folders that every repository has; a link into them does not say which project is meant
_INNER = frozenset(
    "docs doc media images img assets figures notebooks src scripts tests models data reports results metrics .github".split()
)
