"""How a data card says that its data are divided: in a sentence, in a list, or in a table."""

import re
from collections.abc import Iterator

from mlgov.documents import Cell, Table
from mlgov.formats import _card_lines
from mlgov.formats._card import Card, Line
from mlgov.formats._card_text import statements
from mlgov.formats._draft import Draft
from mlgov.formats._metric_words import split_of
from mlgov.formats._numbers import amount
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

_PART = r"(?P<part>train(?:ing)?|val(?:id(?:ation)?)?|dev|test(?:ing)?|hold-?out|entrenamiento|학습|훈련|검증|테스트)"
_NUMBER = r"(?P<share>\d{1,3}(?:\.\d{1,4})?\s?%)"
_BEFORE = re.compile(rf"{_NUMBER}\s*(?:for\s|of\s|to\s|as\s)?\s*{_PART}(?![\w-])", re.IGNORECASE)
_AFTER = re.compile(rf"(?<![\w-]){_PART}(?:\s(?:set|split|data))?\s*[:=(–-]?\s*{_NUMBER}", re.IGNORECASE)
_ABOUT = re.compile(r"split|partition|분할|división|particiones", re.IGNORECASE)
_NAMES = {"tr": "train", "va": "validation", "de": "validation", "te": "test", "ho": "test", "en": "train",
          "학습": "train", "훈련": "train", "검증": "validation", "테스트": "test"}  # fmt: skip
_STRATEGIES = (
    ("stratified", re.compile(r"(?<!not )(?<!non-)\b(?:stratified|estratificad[oa])\b|층화", re.IGNORECASE)),
    (
        "temporal",
        re.compile(
            r"(?<!not )(?<!no )(?<!non-)\b(?:chronological(?:ly)?|time[- ]based|temporal(?:ly)?)\b", re.IGNORECASE
        ),
    ),
    ("random", re.compile(r"(?<!not )(?<!non-)\brandom(?:ly)?\b|무작위", re.IGNORECASE)),
)
_SEED = re.compile(r"\b(?:seed|random_state)\s*[=:]\s*(\d{1,9})\b", re.IGNORECASE)
_COUNTS = frozenset("rows instances examples samples count size number n records images items 건수 개수".split())


def splits(card: Card, said: list[Line]) -> Iterator[Fact]:
    """The parts with their shares and rows, and in the sentence that states them the strategy."""
    parts: dict[str, Draft] = {}
    strategies: list[Fact] = []
    for text, line in _texts(card):
        found = _shares(text)
        end = 0
        for part, share in found:
            end = _put(card, parts, part, share, line, end)
        if found:
            strategies += _strategy(card, text, line)
    for part, rows in _card_lines.sizes(card, said):
        if part not in parts:
            parts[part] = Draft(rows.origin, part=part)
        parts[part].put("rows", rows.value, rows.origin)
    for table in card.page.tables:
        _table(card, table, parts)
    yield from strategies[:1]
    if len(parts) > 1:
        yield from (part.fact("data.splits.parts[]") for part in parts.values())
        yield from _seed(card)


def shares(card: Card, said: list[Line]) -> Iterator[Fact]:
    """What a model card says about the split: the only sentence or line whose shares add up to the whole."""
    texts = [*_texts(card), *((line.value, line.line) for line in said if _ABOUT.search(line.name))]
    whole = {line: (text, found) for text, line in texts if _is_whole(found := _shares(text))}
    if len({tuple(sorted(found)) for _, found in whole.values()}) != 1:
        return
    line, (_, found) = next(iter(whole.items()))
    parts: dict[str, Draft] = {}
    end = 0
    for part, share in found:
        end = _put(card, parts, part, share, line, end)
    yield from (part.fact("data.splits.parts[]") for part in parts.values())


def _is_whole(found: list[tuple[str, str]]) -> bool:
    return len(found) > 1 and abs(sum(float(share.rstrip("% ")) for _, share in found) - 100) <= 1


def _texts(card: Card) -> Iterator[tuple[str, int]]:
    """Sentences and items that speak of a split, by themselves or by their heading."""
    for one in statements(card):
        about = one.text if len(one.text) < 400 else one.text[:400]
        if _ABOUT.search(about) or any(_ABOUT.search(mark.plain) for mark in card.way(one.line)[:1]):
            yield about, one.line


def _shares(text: str) -> list[tuple[str, str]]:
    """`60% train / 20% validation / 20% test`, `Train: 60 %`; nothing where a part is told twice."""
    for pattern in (_BEFORE, _AFTER):
        found = [
            (_NAMES.get(m["part"].lower(), "") or _NAMES.get(m["part"][:2].lower(), ""), m["share"])
            for m in pattern.finditer(text)
        ]
        if found and len({part for part, _ in found}) == len(found):
            return found
    return []


def _put(card: Card, parts: dict[str, Draft], part: str, share: str, line: int, start: int) -> int:
    """State the fraction of a part, where it stands in its line behind `start`; gives where it ends."""
    raw = card.lines[line - 1] if line <= len(card.lines) else ""
    at = raw.find(share, start)
    where = card.at(line, at + 1, at + 1 + len(share)) if at >= 0 else card.at(line)
    record = parts.setdefault(part, Draft(where, part=part))
    if "fraction" not in record.values:
        record.put("fraction", share.replace(" ", ""), where)
    return at + len(share) if at >= 0 else start


def _strategy(card: Card, text: str, line: int) -> Iterator[Fact]:
    found = [name for name, pattern in _STRATEGIES if pattern.search(text)]
    if found:
        yield Fact("data.splits.strategy", found[0], card.at(line))


def _seed(card: Card) -> Iterator[Fact]:
    """The only seed that the sentences about the split name."""
    found = {(match[1], line) for text, line in _texts(card) for match in _SEED.finditer(text)}
    if len(found) == 1:
        seed, line = found.pop()
        yield Fact("data.splits.seed", int(seed), card.at(line))


def _table(card: Card, table: Table, parts: dict[str, Draft]) -> None:
    """`| | train | test |` with a row for each quantity, or `| split | rows |` with a row for each part."""
    headers = [_part(cell.text) for cell in table.header]
    if len(set(headers) - {""}) > 1:
        for row in table.rows:
            kind = _quantity(row[0].text) if row else ""
            for at, cell in enumerate(row):
                if at and headers[at]:
                    _cell(card, parts, headers[at], kind, row[0].text, cell)
        return
    labels = {n: part for n, row in enumerate(table.rows) if row and (part := _part(row[0].text))}
    if len(set(labels.values())) > 1 and len(set(labels.values())) == len(labels):
        for n, part in labels.items():
            for at, cell in enumerate(table.rows[n]):
                if at:
                    header = table.header[at].text
                    _cell(card, parts, part, _quantity(header), header, cell)


def _part(text: str) -> str:
    """The part that a cell names and nothing else: `Train`, `Test set`."""
    rest = set(words(text[:60])) - {"set", "split", "data", "dataset"}
    found = split_of(text[:60]) if len(rest) == 1 else None
    return found if found in ("train", "validation", "test") else ""


def _quantity(label: str) -> str:
    said = set(words(label[:60]))
    if "%" in label or said & {"percent", "percentage", "fraction", "share", "ratio", "비율"}:
        return "fraction"
    return "rows" if said & _COUNTS else ""


def _cell(card: Card, parts: dict[str, Draft], part: str, kind: str, label: str, cell: Cell) -> None:
    number = amount(cell.text)
    if not kind or number is None or number.rest.strip("() "):
        return
    text = number.text
    if kind == "fraction" and "%" not in text and ("%" in label or "percent" in label.lower()):
        text += "%"
    if kind == "rows" and not text.lstrip("~").replace(",", "").isdigit():
        return
    where = card.at(cell.line, cell.column, cell.end_column)
    record = parts.setdefault(part, Draft(where, part=part))
    if kind not in record.values:
        record.put(kind, text, where)
