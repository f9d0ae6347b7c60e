"""Hyper-parameters in a model card: lines, tables of one or several configurations, and calls in code."""

import re
from collections.abc import Iterator

from mlgov.documents import Table
from mlgov.finding import Origin
from mlgov.formats._card import Card, Line
from mlgov.formats._columns import is_about_fields, is_curve
from mlgov.formats._hyperparameters import family, hyperparameter
from mlgov.lifecycle.fact import Fact

_LONGEST = 80
_ABOUT_MODEL = re.compile(r"architecture|hyper-?\s?param|algorithm|training|model (?:details|configuration)|모델 구조|하이퍼", re.IGNORECASE)  # fmt: skip
_CALL = re.compile(r"\b(?P<name>[A-Z][A-Za-z]{2,40})\s?\((?P<inner>[^()]{3,300})\)")
_ARGUMENT = re.compile(
    r"(?P<key>[A-Za-z_]\w{0,40})\s?=\s?(?P<value>[-+.\w]+|'[^']{1,40}'|\"[^\"]{1,40}\")(?=\s*(?:,|$))"
)


def hyperparameters(card: Card, said: list[Line]) -> Iterator[Fact]:
    """Everything under a heading about hyper-parameters, and calls under one about the model."""
    for line in said:
        if "hyperparameters" in card.topics(line.line):
            yield from _one(line.name, line.value, card.at(line.line, line.column, line.end))
    for table in card.page.tables:
        is_read = is_about_fields([cell.text for cell in table.header])  # then its rows are lines
        if "hyperparameters" in card.topics(table.line) and not is_read and not is_curve(table):
            yield from _single(card, table) if len(table.header) == 2 else _several(card, table)
    yield from _calls(card)


def _one(name: str, value: str, where: Origin) -> Iterator[Fact]:
    plain = hyperparameter(name)
    if plain and len(value) <= _LONGEST:
        yield Fact(f"training.hyperparameters.{plain}", value, where)


def _single(card: Card, table: Table) -> Iterator[Fact]:
    for row in (row for row in table.rows if len(row) == 2):
        yield from _one(row[0].text, row[1].text, card.at(row[1].line, row[1].column, row[1].end_column))


def _several(card: Card, table: Table) -> Iterator[Fact]:
    """A column of values for each configuration; a column of words only says more about the names."""
    for at, header in enumerate(table.header):
        cells = [(hyperparameter(row[0].text), row[at]) for row in table.rows if at and len(row) > at]
        values = {name: cell for name, cell in cells if name and cell.text and len(cell.text) <= _LONGEST}
        if len(values) > 1 and len(values) == len(cells) and any(c.text[:1].isdigit() for c in values.values()):
            places = {f"hyperparameters.{n}": card.at(c.line, c.column, c.end_column) for n, c in values.items()}
            shown = {"name": header.text, "hyperparameters": {name: cell.text for name, cell in values.items()}}
            where = card.at(header.line, header.column, header.end_column)
            yield Fact("training.configurations[]", shown, where, parts=places)


def _calls(card: Card) -> Iterator[Fact]:
    """`RandomForestClassifier(n_estimators=100)`; of several models each name is told with its family."""
    found = [(number, call) for number, line in enumerate(card.lines, 1) for call in _CALL.finditer(line[:2000])]
    known = [
        (number, call, name) for number, call in found if (name := family(call["name"])) and _is_told(card, number)
    ]
    several = len({name for _, _, name in known}) > 1
    for number, call, name in known:
        for argument in _ARGUMENT.finditer(call["inner"]):
            start = call.start("inner") + argument.start("value") + 1
            plain = hyperparameter(argument["key"])
            where = card.at(number, start, start + len(argument["value"]))
            value = argument["value"].strip("'\"")
            yield Fact(
                f"training.hyperparameters.{name}_{plain}" if several else f"training.hyperparameters.{plain}",
                value,
                where,
            )


def _is_told(card: Card, line: int) -> bool:
    return card.is_read(line) and any(_ABOUT_MODEL.search(mark.plain) for mark in card.way(line)[:2])
