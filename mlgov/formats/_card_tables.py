"""Tables of a model card: metrics by row or by column become results, baselines and acceptance criteria."""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.documents import Cell, Table
from mlgov.finding import Origin
from mlgov.formats._card import Card
from mlgov.formats._columns import Meaning, column, context, is_curve, label, unnumbered
from mlgov.formats._identity import with_split
from mlgov.formats._metric_words import side_of
from mlgov.formats._numbers import amount, limit
from mlgov.formats._results import Context, Said, acceptance, result
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import SPLITS, metric_name


class Found(NamedTuple):
    """One number of a card: a result, or a result of the baseline that `baseline` names, or an acceptance criterion."""

    fact: Fact
    baseline: str = ""


def numbers(card: Card, table: Table, above: Context) -> Iterator[Found]:
    """Everything that a table measures; nothing where it holds no known metric, or is the log of a training run."""
    if is_curve(table):
        return
    around = {**above, **card.around(table.line)}
    names = _name_column(card, table)
    if names is not None:
        yield from _by_row(card, table, names, around)
    elif any(_is_metric(card, cell.text) for cell in table.header[1:]):
        yield from _by_column(card, table, around)


def _is_metric(card: Card, text: str) -> bool:
    return card.metric(_bare(card, text)) is not None


def _bare(card: Card, text: str) -> str:
    """A metric's name without arrows and units: `RMSE (USD) ↓`, `Recall ↑`."""
    text = text.strip(" ↑↓⬆⬇*:")
    if card.metric(text) is None and "(" in text:
        head, _, tail = text.partition("(")
        return (
            head.strip(" ↑↓")
            if card.metric(head) and not set(tail.strip(") ").lower().split()) & SPLITS.keys()
            else text
        )
    return text


def _name_column(card: Card, table: Table) -> int | None:
    """The column that names the metrics: the one called so, else the first if one of its cells is a metric."""
    for at, cell in enumerate(table.header):
        if column(cell.text).kind == "name" and any(
            len(row) > at and _is_metric(card, row[at].text) for row in table.rows
        ):
            return at
    first = [row[0].text for row in table.rows if row]
    return 0 if any(_is_metric(card, text) for text in first) else None


def _by_row(card: Card, table: Table, names: int, around: Context) -> Iterator[Found]:
    """One metric per row; the columns are splits, models, a baseline, a target, or facts about the measurement."""
    meanings = [column(cell.text) for cell in table.header]
    lonely = [m.kind for m in meanings if m.kind in ("other", "value", "split", "version")] == ["other"]
    for row in table.rows:
        if len(row) <= names or not _is_metric(card, row[names].text):
            continue
        metric = _bare(card, row[names].text)
        here = {**around, **_contexts(card, row, {at: m.text for at, m in enumerate(meanings) if m.kind == "context"})}
        for at, cell in enumerate(row):
            if at != names:
                yield from _cell(card, metric, cell, meanings[at], here, table.header[at].text, lonely)


def _contexts(card: Card, row: tuple[Cell, ...], fields: dict[int, str]) -> dict[str, Said]:
    """What the cells of a row say about its numbers: split, data set, slice, number of items …"""
    found: dict[str, Said] = {}
    for at, field in fields.items():
        if at < len(row) and (value := _field(field, row[at].text)):
            found[field] = Said(value, _place(card, row[at]))
    return found


def _field(field: str, text: str) -> str | None:
    if field in ("n", "threshold", "sd"):
        number = amount(text)
        return number.text if number else None
    if field == "split":
        return SPLITS.get("_".join(text.lower().split())) or label(text).text or None
    if field == "slice" and text.strip().lower() in ("all", "overall", "total", "전체", "-", "—"):
        return None
    return text.strip() or None


def _cell(
    card: Card, metric: str, cell: Cell, meaning: Meaning, here: Context, header: str, lonely: bool
) -> Iterator[Found]:
    if meaning.kind == "limit":
        yield from _criterion(card, metric, cell)
        return
    if meaning.kind in ("note", "context", "name") or (number := amount(cell.text)) is None:
        return
    extra = _of(meaning, _place(card, cell), lonely)
    said = {**here, **extra}
    if number.spread and said.get("split", Said("", _place(card, cell))).value == "cross_validation":
        said["sd"] = Said(number.spread, _place(card, cell))
    fact = measured(metric, Said(number.text, _place(card, cell)), said)
    yield Found(fact, unnumbered(header) if meaning.kind == "baseline" else "")


def _of(meaning: Meaning, place: Origin, lonely: bool) -> dict[str, Said]:
    field = {"split": "split", "version": "model_version", "baseline": "split"}.get(meaning.kind, "")
    if meaning.kind == "other" and not lonely:
        field = "variant"
    return {field: Said(meaning.text, place)} if field and meaning.text else {}


def _criterion(card: Card, metric: str, cell: Cell) -> Iterator[Found]:
    bound = limit(cell.text)
    if bound is not None:
        said = Said(bound.text, _place(card, cell))
        yield Found(acceptance(metric, bound.side or side_of(metric), said, "declared"))


def measured(metric: str, value: Said, context_: Context) -> Fact:
    """A result of a card: what the name of the metric says is stated as well."""
    said = metric_name(metric)
    named = {"split": said.split} if said.split else {}
    return result(
        metric, value, {**with_split(context_), **{k: Said(v, value.origin) for k, v in named.items()}}, "declared"
    )


def _by_column(card: Card, table: Table, around: Context) -> Iterator[Found]:
    """One metric per column; the rows are models, splits, slices or data sets."""
    headers = [cell.text for cell in table.header]
    fields = {at: field for at, h in enumerate(headers) if not _is_metric(card, h) and (field := context(h))}
    metrics = {at: _bare(card, h) for at, h in enumerate(headers) if _is_metric(card, h) and at not in fields}
    labels = next((at for at in range(len(headers)) if at not in fields and at not in metrics), None)
    rows = [row for row in table.rows if any(at < len(row) and amount(row[at].text) for at in metrics)]
    texts = [row[labels].text if labels is not None and len(row) > labels else "" for row in rows]
    meanings = _labels(texts)
    for row, text, meaning in zip(rows, texts, meanings, strict=True):
        here = {**around, **_contexts(card, row, fields)}
        for at, metric in metrics.items():
            if at < len(row):
                yield from _cell(card, metric, row[at], meaning, here, text, False)


def _labels(texts: list[str]) -> list[Meaning]:
    """What the row labels mean; of several rows under other names, only a marked one is the model itself."""
    found = [label(text) if text else Meaning("value") for text in texts]
    others = [at for at, meaning in enumerate(found) if meaning.kind == "other"]
    if len(others) == 1 and not any(m.kind in ("value", "version") for m in found):
        found[others[0]] = Meaning("value")
    limits = [at for at, text in enumerate(texts) if column(text).kind == "limit"]
    for at in limits:
        found[at] = Meaning("limit")
    return found


def _place(card: Card, cell: Cell) -> Origin:
    return card.at(cell.line, cell.column, cell.end_column)
