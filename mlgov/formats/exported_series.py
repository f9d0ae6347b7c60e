"""Pages that list the series a service exposes: a table of names and types under a heading that says so."""

import re
from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Cell, Flaw, Page, Table
from mlgov.finding import Origin
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

NAME = "exported-series"
PATHS = ("*.md", "*.markdown")
MARKERS = (b"ounter", b"auge", b"istogram")
ROLE = "note"
_ABOUT = re.compile(r"\b(?:exposed|exported|emitted|published|instrumented)\b.*\bmetrics\b|\bmetrics\b.*\b(?:exposed|exported|emitted)\b|노출.*메트릭|메트릭.*노출",
                    re.IGNORECASE)  # fmt: skip
_SERIES = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*_[a-zA-Z0-9_:]*)(?:\{[^{}]*\})?")
_TYPES = frozenset("counter gauge histogram summary".split())
_LEAST = 3


def recognise(artifact: Artifact) -> Claim | None:
    """By such a heading and a table below it whose rows are series with their types."""
    return Claim() if any(True for _ in _listed(artifact)) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Each series once."""
    told: set[str] = set()
    for cell, series in _listed(artifact):
        if series not in told:
            told.add(series)
            yield Fact("monitoring.exports[]", series, _place(artifact, cell))


def _place(artifact: Artifact, cell: Cell) -> Origin:
    return artifact.at()._replace(pointer=f"@{cell.line}:{cell.column}-{cell.end_column}")


def _listed(artifact: Artifact) -> Iterator[tuple[Cell, str]]:
    page = artifact.data
    for table in page.tables if isinstance(page, Page) else ():
        if _ABOUT.search(table.heading[-200:]):
            found = list(_rows(table))
            if len(found) >= _LEAST and len(found) == len(table.rows):
                yield from found


def _rows(table: Table) -> Iterator[tuple[Cell, str]]:
    kind = next((at for at, cell in enumerate(table.header) if words(cell.text) == ("type",)), None)
    for row in table.rows if kind is not None else ():
        series = _SERIES.fullmatch(row[0].text.strip()) if len(row) > (kind or 0) else None
        if series and row[kind or 0].text.strip().lower() in _TYPES:
            yield row[0], series[1]
