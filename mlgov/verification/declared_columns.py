"""What one declared column, or one model feature, expects of the values in the data."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mlgov.lifecycle.data import Column, Feature
from mlgov.lifecycle.record import Record
from mlgov.units import quantity
from mlgov.verification.expectation import TYPES, Expectation

_DTYPES = {"numeric": "number", "datetime": "timestamp", "text": "string"}
# what is done to these before use changes what the values look like
_CHANGED = ("hashed", "tokenised", "encrypted", "aggregated", "noised")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?").fullmatch
_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d*)").fullmatch


def of_column(column: Column) -> Iterator[Expectation]:
    """Existence, type, nullability, uniqueness, values, range, lengths and pattern, as far as they are declared."""
    if not column.name or column.treatment == "dropped":
        return
    said = {"column": column.name}
    yield Expectation("expect_column_to_exist", said, column.at("name"))
    if column.required:
        yield Expectation("expect_column_values_to_not_be_null", said, column.at("required"))
    if column.unique:
        yield Expectation("expect_column_values_to_be_unique", said, column.at("unique"))
    if column.treatment not in _CHANGED:
        yield from _of_values(column, said)


def _of_values(column: Column, said: dict[str, Any]) -> Iterator[Expectation]:
    if names := TYPES.get(column.type or ""):
        kind = "expect_column_values_to_be_in_type_list"
        yield Expectation(kind, said | {"type_list": list(names)}, column.at("type"))
    if column.values:
        kind = "expect_column_values_to_be_in_set"
        yield Expectation(kind, said | {"value_set": typed(column.values, column.type)}, column.at("values"))
    edges = {f"{end}_value": edge for end in ("min", "max") if (edge := _edge(column, end)) is not None}
    if edges:
        where = _first(column, "min", "max")
        yield Expectation("expect_column_values_to_be_between", said | edges, where)
    lengths = {"min_value": column.min_length, "max_value": column.max_length}
    if known := {key: int(count) for key, count in lengths.items() if count is not None}:
        where = _first(column, "min_length", "max_length")
        yield Expectation("expect_column_value_lengths_to_be_between", said | known, where)
    if column.pattern:
        kind = "expect_column_values_to_match_regex"
        yield Expectation(kind, said | {"regex": column.pattern}, column.at("pattern"))


def of_features(features: Iterable[Feature]) -> Iterator[Expectation]:
    """Existence and type of the features that no other column is declared to be the source of."""
    for feature in features:
        if not feature.name or feature.derived_from or feature.train_transform:
            continue
        said = {"column": feature.name}
        yield Expectation("expect_column_to_exist", said, feature.at("name"))
        if names := TYPES.get(_DTYPES.get(feature.dtype or "", "")):
            kind = "expect_column_values_to_be_in_type_list"
            yield Expectation(kind, said | {"type_list": list(names)}, feature.at("dtype"))


def typed(texts: Iterable[str], kind: str | None) -> list[Any]:
    """Declared values as JSON holds values of a column of this type; of an unknown type whole numbers are numbers."""
    listed = list(texts)
    if kind == "boolean" and all(text.lower() in ("true", "false") for text in listed):
        return [text.lower() == "true" for text in listed]
    if kind in ("integer", "number") or kind is None and all(map(_WHOLE, listed)):
        numbers = [_number(text) for text in listed]
        return listed if None in numbers else numbers
    return listed


def _number(text: str) -> int | float | None:
    if _WHOLE(text):
        return int(text)
    try:
        found = quantity(text)
    except ValueError:
        return None
    return None if found.unit or found.approximate else float(found)


def _edge(column: Column, end: str) -> int | float | str | None:
    """A bound as a number or an ISO date; None for one that is neither, or that is no value of the column's type."""
    text = getattr(column, end)
    if text is None or column.type in ("string", "boolean", "object", "array", "time"):
        return None
    if column.type in ("date", "timestamp") or column.type is None and _ISO(text):
        return moment(text, column.type or "", end) if _ISO(text) else None
    return _number(text)


def moment(text: str, kind: str, end: str) -> str:
    """An ISO day or time as a bound of a column: of days its day, of times the first or (`max`) the last of the day."""
    day, _, time = text.replace(" ", "T").partition("T")
    if kind == "date" or kind != "timestamp" and not time:
        return day
    return f"{day}T{time or ('00:00:00' if end == 'min' else '23:59:59.999999')}"


def _first(record: Record, *fields: str) -> Any:
    return record.at(next(field for field in fields if getattr(record, field) is not None))
