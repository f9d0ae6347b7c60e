"""`Name: value` lines of a model card: version, owner, licence, data, primary metric, targets, single results."""

import re
from collections.abc import Iterator

from mlgov.documents.placeholder import is_placeholder
from mlgov.formats._card import Card, Line
from mlgov.formats._card_names import meaning
from mlgov.formats._columns import is_about_fields
from mlgov.formats._metric_words import known, normalised
from mlgov.formats._numbers import amount
from mlgov.formats._results import Said
from mlgov.lifecycle.fact import Fact
from mlgov.units import quantity

_EQUAL = re.compile(r"^(?P<name>[^=:|]{2,60}?)\s*=\s*(?P<value>[^=|]{1,120})$")
_ROWS = re.compile(r"~?\s*\d[\d,_]*(?:\.\d+)?\s*(?:k\b)?\s*(?:$|rows|records|samples|examples|images|items|accounts|instances|"
                   r"observations|건|개|행|장|명|\()", re.IGNORECASE)  # fmt: skip
_PATH = re.compile(r"[\w./@+-]*/[\w./@+ -]+|[\w-]+\.(?:csv|tsv|parquet|json|jsonl|npz|npy|feather|arrow|txt|zip)\b")
_SHORT = {"training.architecture.base_model", "training.architecture.name", "project.license.weights", "team.ownership.model",
          "training.loss.name"}  # fmt: skip
_FULL = {
    "training.architecture.classes",
    "training.architecture.parameters",
    "training.lineage.seed",
    "training.threshold.value",
}


def lines(card: Card) -> Iterator[Line]:
    """Every name with its value: lines, bullets, `a = b` items, and tables of fields."""
    for pair in card.page.pairs:
        yield Line(pair.name, pair.value, pair.line, pair.column, pair.end_column)
    for item in card.page.items:
        found = _EQUAL.match(item.text)
        if found and not any(mark in item.text for mark in ("≥", "≤", ">", "<")):
            yield Line(found["name"], found["value"], item.line, item.column, item.column + len(item.text))
    for table in card.page.tables:
        if is_about_fields([cell.text for cell in table.header]):
            for row in (row for row in table.rows if len(row) == 2):
                yield Line(row[0].text, row[1].text, row[1].line, row[1].column, row[1].end_column)


def is_said(line: Line) -> bool:
    """True for a value that is filled in."""
    return bool(line.value) and not is_placeholder(line.value)


def details(card: Card, said: list[Line]) -> Iterator[Fact]:
    """What single lines state about the model as a whole."""
    for line in said:
        path = meaning(line.name)
        if "." in path and (value := _detail(path, line.value)) is not None:
            yield Fact(path, value, card.at(line.line, line.column, line.end))
        elif path == "primary":
            yield from _primary(card, line)


def _detail(path: str, value: str) -> str | None:
    if path in _FULL:
        number = amount(value)
        return number.text if number and _is_number(number.text) and not number.rest else None
    if path == "project.version":
        return value if len(value) <= 40 and len(value.split()) <= 2 else None
    if path in ("training.lineage.run_id", "training.lineage.commit"):
        return value if re.fullmatch(r"[\w.:/-]{4,64}", value) else None
    if path in _SHORT:
        return value if len(value) <= 80 and len(value.split()) <= 8 else None
    return value if len(value) <= 500 else None


def _is_number(text: str) -> bool:
    try:
        quantity(text)
    except ValueError:
        return False
    return True


def _primary(card: Card, line: Line) -> Iterator[Fact]:
    """`Primary metric: PR-AUC` defines a metric."""
    name = re.split(r"\s*[(,;:]|\s[-–—]\s|\s*[<>≤≥=]", line.value, maxsplit=1)[0].strip()
    meant = known(name)
    identifier = meant.base if meant else normalised(name)
    if identifier and len(name) <= 60 and not identifier[0].isdigit():
        value = {"id": identifier, "name": name, "role": "primary"} | ({"type": meant.base} if meant else {})
        value |= {"average": meant.average} if meant and meant.average else {}
        yield Fact("metrics[]", value, card.at(line.line, line.column, line.end))


def context(card: Card, said: list[Line]) -> dict[str, Said]:
    """What single lines say about all numbers of the card: version, data set, date, number of test items."""
    found: dict[str, Said] = {}
    for line in said:
        field = _CONTEXT.get(meaning(line.name), "")
        if field and card.is_read(line.line) and (value := _context_value(field, line)):
            found.setdefault(field, Said(value, card.at(line.line, line.column, line.end)))
    if "model_version" not in found and (title := card.title_version()):
        found["model_version"] = title
    return found


_CONTEXT = {"project.version": "model_version", "dataset": "dataset", "test": "dataset", "evaluation_date": "date"}


def _context_value(field: str, line: Line) -> str | None:
    if field == "dataset":
        path = _PATH.search(line.value)
        return (
            path[0].strip()
            if path
            else (line.value if meaning(line.name) == "dataset" and len(line.value) <= 60 else None)
        )
    if field == "date":
        return line.value if re.fullmatch(r"\d{4}-\d\d-\d\d\S*", line.value) else None
    return _detail("project.version", line.value)


def sizes(card: Card, said: list[Line]) -> Iterator[tuple[str, Said]]:
    """Split and number of rows of lines such as `Test set: 5,000 rows`."""
    for line in said:
        split = meaning(line.name)
        if split in ("test", "train", "validation") and _ROWS.match(line.value.strip(" ~")):
            number = amount(line.value)
            if number and "%" not in number.text and not number.rest.lower().startswith("k"):
                yield split, Said(number.text.split(".")[0], card.at(line.line, line.column, line.end))
