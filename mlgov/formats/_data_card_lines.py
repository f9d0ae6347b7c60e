"""Lines and tables of a data card: the label, rows, licence, persons in the data, and columns."""

import re
from collections.abc import Iterator

from mlgov.documents import Table
from mlgov.finding import Origin
from mlgov.formats._card import Card, Line
from mlgov.formats._column_types import column_type
from mlgov.formats._numbers import amount
from mlgov.lifecycle.fact import Fact

_NAMES = {
    "target": "target|target variable|target column|target feature|label|labels|label column|class label|target label|"
    "dependent variable|목표 변수|타깃|타겟|레이블|라벨|variable objetivo|objetivo",
    "rows": "rows|records|number of rows|number of records|num rows|instances|number of instances|samples|"
    "number of samples|examples|number of examples|observations|number of observations|total rows|total records|"
    "total samples|size|dataset size|행 수|건수|레코드 수|registros|filas",
    "license": "license|licence|data license|라이선스|licencia",
    "pii": "pii|contains pii|personal data|personally identifiable information|personal information|개인정보",
    "name": "name|dataset name|dataset|이름|데이터셋 이름|nombre",
}  # fmt: skip
_MEANING = {name: meaning for meaning, names in _NAMES.items() for name in names.split("|")}
_COUNTED = re.compile(
    r"\s*(?:rows|records|samples|examples|instances|observations|images|documents|건|행)\b", re.IGNORECASE
)
_UNCOUNTED = re.compile(r"\s*(?:k\b|m\b|million|thousand|%|[kmgt]i?b\b|columns|features|x\b|×)", re.IGNORECASE)
_COLUMN = re.compile(r"(?P<name>[A-Za-z_가-힣][\w.가-힣]{0,80})\s*(?:$|\((?P<words>[^()]{1,300})\)|[—–:]\s|\s-\s)")
_NONE = re.compile(r"none\b|no\W*$|no (?:pii|personal|contiene)\b|없음", re.IGNORECASE)
_NAME_HEADERS = frozenset("column columns field feature variable name attribute 컬럼 칼럼 변수 columna".split())
_TYPE_HEADERS = frozenset("type dtype data_type datatype 타입 자료형 tipo".split())
# a heading that says that a list is not whole
_PARTIAL = re.compile(
    r"\b(?:main|key|important|sample|selected|example|examples|top|most|usad[oa]s|principal\w*|partial)\b",
    re.IGNORECASE,
)


def meaning(line: Line) -> str:
    """What the name of a line stands for; "" where it is nothing of a data card."""
    plain = " ".join(line.name.casefold().replace("_", " ").split()).removesuffix("(s)")
    return _MEANING.get(plain, "")


def place_of(card: Card, line: Line) -> Origin:
    """Where the value of a line stands."""
    return card.at(line.line, line.column, line.end)


def name_said(said: list[Line]) -> Line | None:
    """The name of the data set, without what stands behind it in brackets."""
    for line in said:
        if meaning(line) == "name":
            name = line.value.partition(" (")[0].strip()
            return line._replace(value=name, end=line.column + len(name)) if name else None
    return None


def license_said(said: list[Line]) -> Line | None:
    """A licence that is named, not described."""
    return next((line for line in said if meaning(line) == "license" and len(line.value.split()) <= 3), None)


def rows_said(said: list[Line]) -> tuple[str, Line] | None:
    """The number of rows; a bare `Size` counts only with its unit."""
    for line in said:
        number = amount(line.value) if meaning(line) == "rows" else None
        if number is None or _UNCOUNTED.match(number.rest) or not number.text.lstrip("~").replace(",", "").isdigit():
            continue
        if "size" not in line.name.lower() or _COUNTED.match(number.rest):
            return number.text, line
    return None


def details(card: Card, said: list[Line]) -> Iterator[Fact]:
    """The label with what its values mean, and that no persons are in the data."""
    for line in said:
        about = meaning(line)
        if about == "target" and (found := _COLUMN.match(line.value)):
            yield Fact(
                "data.labels.name", found["name"], card.at(line.line, line.column, line.column + len(found["name"]))
            )
            if (words := found["words"]) and "=" in words:
                yield Fact("data.labels.mapping", words, place_of(card, line))
        elif about == "pii" and _NONE.match(line.value):
            yield Fact("data.privacy.pii", "none", place_of(card, line))


def target(card: Card, said: list[Line]) -> Iterator[Fact]:
    """The column that a model card names in code marks as its target; a target in words or numbers is none."""
    for line in said:
        found = _COLUMN.match(line.value) if meaning(line) == "target" else None
        if found and f"`{found['name']}`" in card.lines[line.line - 1]:
            end = line.column + len(found["name"])
            yield Fact("data.labels.name", found["name"], card.at(line.line, line.column, end))


def columns(card: Card) -> Iterator[Fact]:
    """The rows of tables that describe columns with their types."""
    for table in card.page.tables:
        found = _header(table)
        if found is None:
            continue
        is_whole = not any(_PARTIAL.search(mark.plain) for mark in card.way(table.line)[:1])
        for row in (row for row in table.rows if len(row) > max(found)):
            name, kind = row[found[0]], column_type(row[found[1]].text)
            if name.text and len(name.text) <= 120 and " " not in name.text.strip():
                value = {"name": name.text.strip(), **({"type": kind} if kind and is_whole else {})}
                where = card.at(name.line, name.column, name.end_column)
                yield Fact("data.columns[]", value, where)


def _header(table: Table) -> tuple[int, int] | None:
    """The columns of a table that hold names and types."""
    headers = ["_".join(cell.text.casefold().split()) for cell in table.header]
    name = next((at for at, text in enumerate(headers) if text.removesuffix("_name") in _NAME_HEADERS), None)
    kind = next((at for at, text in enumerate(headers) if text in _TYPE_HEADERS), None)
    return None if name is None or kind is None else (name, kind)
