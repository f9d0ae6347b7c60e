"""Objectives in Markdown: `- Latency: p95 < 200ms` and rows of tables, where the file or a heading speaks of SLOs.

Only table rows, list items and `Name: value` lines are read; a sentence counts if it states one bound of one metric.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, Page, Table
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier
from mlgov.formats._environment import environment_of
from mlgov.formats._objectives import metric_in
from mlgov.formats._quantities import number_of
from mlgov.lifecycle.fact import Fact
from mlgov.units import quantity

NAME = "slo-document"
PATHS = ("*.md", "*.markdown")
MARKERS = (b"SLO", b"ervice level objective", b"ervice-level objective", b"# Objective", "서비스 수준".encode())
ROLE = "part"
_FILE = re.compile(r"(?:^|[/_ .-])slos?(?:[_ .-]|$)|service[_ -]?level", re.IGNORECASE)
_HEADING = re.compile(
    r"\bSLOs?\b|\bservice[- ]level (?:objective|indicator)s?\b|^objectives?$|서비스 수준", re.IGNORECASE
)
_TITLE = re.compile(  # before the page is read: something like such a heading stands in it
    rb"^[ #*\d.]{0,20}[^\n]{0,200}?(?:SLO|ervice[- ]level|bjective|" + "서비스 수준".encode() + rb")",
    re.IGNORECASE | re.MULTILINE,
)
_TARGET = re.compile(r"target|objective|slo\b|goal|threshold|limit|목표", re.IGNORECASE)
_CURRENT = re.compile(r"current|actual|measured|now\b|status|last|window|period|현재|기간", re.IGNORECASE)
_PERIOD = re.compile(r"window|period|over|기간", re.IGNORECASE)
_NOT = re.compile(r"\b(?:example|template|history|glossary|what is|policy)\b", re.IGNORECASE)
_BOUND = re.compile(
    r"(?P<sign><=|>=|≤|≥|=<|=>|<|>|\b(?:under|below|less than|at most|within|above|over|at least|more than)\b)\s*"
    r"(?P<number>\d{1,12}(?:[.,]\d{1,9})?)\s*(?P<unit>%|ms\b|msec\b|milliseconds?\b|s\b|secs?\b|seconds?\b|min\b|minutes?\b)?"
    r"(?![\w.]|\s*(?:d|days?|h|hours?|w|weeks?|months?)\b)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?<![\w.,<>≤≥=])(?P<number>\d{1,3}(?:\.\d{1,6})?)\s*%")
_MAX = frozenset("<= ≤ =< < under below within".split()) | {"less than", "at most"}
_UNITS = {"%": "%", "m": "ms", "s": "s"}
_RANK = re.compile(r"\bp(\d{2}(?:\.?\d{1,2})?)\b|\b(\d{2})(?:th|st|nd|rd)[ -]percentile\b", re.IGNORECASE)
_WINDOWS = {"hourly": "1h", "daily": "1d", "weekly": "7d"}
_WINDOW = re.compile(
    r"\b(?:over|per|in|during|within|rolling|last|any)\b[^.;|]{0,30}?\b(\d{1,3})[ -]?(minute|min|m|hour|h|day|d|week|w)s?\b(?![ -]?windows?)",
    re.IGNORECASE,
)
_POLICY = re.compile(r"\b(?:budget|burn|alert\w*|freeze|retrain\w*|reentrenamiento)\b", re.IGNORECASE)
_LONGEST, _MOST = 300, 200


class _Line(NamedTuple):
    """A name with what is said of it, and where that stands."""

    name: str
    text: str
    origin: Origin


def recognise(artifact: Artifact) -> Claim | None:
    """A page with at least one objective below such a heading, or in a file of such a name."""
    return Claim() if any(True for _ in _objectives(artifact)) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Every objective as it is stated."""
    environment = environment_of(artifact.path)
    for draft in _objectives(artifact):
        yield draft.fact("serving.slos[]", environment)


def _objectives(artifact: Artifact) -> Iterator[Draft]:
    is_about = bool(_FILE.search(artifact.name.rpartition(".")[0]))
    page = artifact.data if is_about or _TITLE.search(artifact.raw) else None
    if not isinstance(page, Page):
        return
    count = 0
    for line in _lines(artifact, page, is_about):
        for draft in _stated(line):
            count += 1
            if count <= _MOST:
                yield draft


def _lines(artifact: Artifact, page: Page, is_about: bool) -> Iterator[_Line]:
    """The lines that may state objectives, each once."""
    for item in page.items:
        if _is_read(item.heading, is_about) and len(item.text) <= _LONGEST:
            end = item.column + len(item.text)
            name = item.text.partition(":")[0] if ":" in item.text else item.text
            yield _Line(name, item.text, _at(artifact, item.line, item.column, end))
    items = {item.line for item in page.items}
    for pair in page.pairs:
        if pair.line not in items and _is_read(pair.heading, is_about) and len(pair.value) <= _LONGEST:
            yield _Line(pair.name, f"{pair.name}: {pair.value}", _at(artifact, pair.line, pair.column, pair.end_column))
    for table in page.tables:
        if _is_read(table.heading, is_about):
            yield from _rows(artifact, table)


def _rows(artifact: Artifact, table: Table) -> Iterator[_Line]:
    """The first cell of a row names; the column of targets says, else the first that is not about today."""
    heads = [cell.text for cell in table.header]
    targets = [at for at, head in enumerate(heads) if at and _TARGET.search(head) and not _CURRENT.search(head)]
    columns = targets or [at for at, head in enumerate(heads) if at and not _CURRENT.search(head)]
    periods = [at for at, head in enumerate(heads) if at and _PERIOD.search(head)]
    for row in table.rows:
        cells = (row[at] for at in columns if at < len(row))
        cell = next((c for c in cells if _BOUND.search(c.text[:_LONGEST]) or _SHARE.search(c.text[:_LONGEST])), None)
        if cell is not None:
            name, over = (
                row[0].text[:_LONGEST],
                "".join(f" over {row[at].text[:40]}" for at in periods if at < len(row)),
            )
            place = _at(artifact, cell.line, cell.column, cell.end_column)
            yield _Line(name, f"{name}: {cell.text[:_LONGEST]}{over}", place)


def _is_read(heading: str, is_about: bool) -> bool:
    parts = heading.split(" / ")
    return (is_about or any(_HEADING.search(part) for part in parts)) and not any(_NOT.search(part) for part in parts)


def _stated(line: _Line) -> Iterator[Draft]:
    """One bound for each metric of a line; `p95 < 200ms, p99 < 350ms` holds two."""
    if _POLICY.search(line.name):
        return
    clauses = re.split(r"[,;](?=\s)", line.text)
    for clause in clauses:
        bound = _BOUND.search(clause)
        metric, rank = _metric(line.name, clause)
        if metric is None:
            continue
        draft = Draft(line.origin, metric=metric, percentile=rank)
        share = _SHARE.search(clause[bound.end() :] if bound else clause)
        if bound is not None and (text := _number(bound)) is not None and _fits(metric, text):
            draft.values["max" if bound["sign"].lower() in _MAX else "min"] = text
        if (
            share is not None
            and (bound is None or "objective" not in draft.values)
            and _is_objective(metric, share["number"], bound)
        ):
            draft.values["objective"] = f"{share['number']}%"
        if {"min", "max", "objective"} & draft.values.keys():
            draft.values["id"] = identifier(f"{metric}-{rank}" if rank and rank not in metric else metric)
            draft.put("window", _window(clause if len(clauses) == 1 else line.text), line.origin)
            yield draft


def _metric(name: str, clause: str) -> tuple[str | None, str | None]:
    """What the clause is about, else what the name before the colon is about."""
    found = _RANK.search(clause)
    said = (found[1] or found[2]).replace(".", "") if found else None
    rank = f"p{said}" if said else None
    metric, other = metric_in(clause)
    if metric is None:
        metric, other = metric_in(name)
    if metric is not None and metric.startswith("latency") and rank:
        return f"latency_{rank}", rank
    return metric, other


def _number(bound: re.Match[str]) -> str | None:
    unit = (bound["unit"] or "").lower()
    suffix = (
        "%" if unit == "%" else "ms" if unit.startswith(("ms", "mil")) else "m" if unit.startswith("min") else unit[:1]
    )
    text = bound["number"].replace(",", ".") + suffix
    try:
        quantity(text)
    except ValueError:
        return None
    return text


def _fits(metric: str, text: str) -> bool:
    """Latency is a time, the others are shares; a bare number of a latency has no unit, and is left to the metric."""
    found = quantity(text)
    if metric.startswith("latency"):
        return found.unit in ("s", "")
    return found.unit == "fraction" or not found.unit and 0 <= float(found) <= 1


def _is_objective(metric: str, text: str, bound: re.Match[str] | None) -> bool:
    """`99.9%` of availability, `99% of 5m windows` of a bound; the share of an error rate is its bound."""
    number = number_of(text)
    if number is None or not 0 < number <= 100 or metric == "error_rate":
        return False
    return bound is not None or metric == "availability"


def _window(text: str) -> str | None:
    """`weekly` is 7 days; a month has no fixed length."""
    found = {window for word, window in _WINDOWS.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
    for number, unit in _WINDOW.findall(text):
        found.add(f"{number}{unit[0].lower()}")
    return found.pop() if len(found) == 1 else None


def _at(artifact: Artifact, line: int, column: int, end: int) -> Origin:
    return Origin(artifact.path, f"@{line}:{column}-{end}")
