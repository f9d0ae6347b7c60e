"""Fits an expectation to the columns that are really there, so that every engine compares values of one type.

JSON has no dates, and a `1` may stand for the text "1": the bounds and values of an expectation take the type of the column.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from mlgov.verification.declared_columns import moment
from mlgov.verification.expectation import TYPES, columns_of

_ORDERED = frozenset(
    f"expect_column_{name}_to_be_between" for name in ("values", "min", "max", "median", "quantile_values")
)
_NUMBERS = frozenset(
    {f"expect_column_{name}_to_be_between" for name in ("mean", "stdev", "sum")}
    | {"expect_column_value_z_scores_to_be_less_than", "expect_multicolumn_sum_to_equal"}
)
_TEXTS = ("_regex", "_regex_list", "_like_pattern", "_like_pattern_list", "_strftime_format", "lengths_to_be_between",
          "lengths_to_equal")  # fmt: skip
_KNOWN = {name.casefold(): kind for kind in reversed(TYPES) for name in TYPES[kind]}
_KNOWN |= {name.casefold(): "integer" for name in TYPES["integer"]}
_KNOWN |= {"int": "integer", "float": "number", "bool_": "boolean", "str_": "string", "string": "string",
           "datetime64": "timestamp", "timestamp": "timestamp", "datetime": "timestamp", "double precision": "number"}  # fmt: skip
_ANY = frozenset({"object", "object_", "any"})


class Misfit(Exception):
    """The column cannot hold what is expected of it; the text completes "the column …"."""


def is_of_values(kind: str) -> bool:
    """True for an expectation that values have to meet, so that a column without a value meets it."""
    return kind in _ORDERED | _NUMBERS or kind.endswith((*_TEXTS, "_in_set", "_of_type", "_type_list"))


def logical(name: str) -> str:
    """The logical type that a name of pandas, Spark or SQL stands for; "" for one that is not known."""
    plain = name.casefold()
    return _KNOWN.get(plain) or _KNOWN.get(plain.partition("[")[0].partition("(")[0], "")


def accepts(names: list[str], actual: str) -> bool:
    """True if a column of a logical type is one of the types named; every integer is a number."""
    kinds = {logical(name) for name in names}
    return actual in kinds or actual == "integer" and "number" in kinds or bool(_ANY & {n.casefold() for n in names})


def fitted(kind: str, kwargs: Mapping[str, Any], types: Mapping[str, str]) -> dict[str, Any]:
    """The arguments with values of the type that the column has; raises `Misfit` where it can hold none of them.

    types: the logical type of each column that is there, "" where it is not known.
    """
    made = dict(kwargs)
    if kind == "expect_column_to_exist" or kind.startswith("expect_table_"):
        return made
    for name in columns_of(kwargs):
        if name not in types:
            raise Misfit("is not there" if columns_of(kwargs) == [name] else f"{name} is not there")
    actual = types.get(str(kwargs.get("column")), "")
    if actual and kind in _NUMBERS and actual not in ("integer", "number"):
        raise Misfit(f"is of type {actual}, not a number")
    if actual and kind.endswith(_TEXTS) and actual != "string":
        raise Misfit(f"is of type {actual}, not a text")
    if actual and kind in _ORDERED:
        made |= {
            f"{end}_value": _bound(made[f"{end}_value"], actual, end)
            for end in ("min", "max")
            if f"{end}_value" in made
        }
    if actual and "value_set" in made:
        made["value_set"] = _values(made["value_set"], actual)
    return made


def _bound(value: Any, actual: str, end: str) -> Any:
    if actual in ("integer", "number") and not isinstance(value, str):
        return value
    if actual in ("date", "timestamp") and isinstance(value, str):
        return moment(value, actual, end)
    raise Misfit(f"is of type {actual}, which {value!r} cannot bound")


def _values(values: list[Any], actual: str) -> list[Any]:
    """The values that a column of this type can hold; a set of which it can hold none is a misfit."""
    found = []
    for value in values:
        with suppress(ValueError, OverflowError):
            found.append(_value(value, actual))
    if not found:
        raise Misfit(f"is of type {actual}, which can hold none of the values")
    return found


def _value(value: Any, actual: str) -> Any:
    """One value in a type; raises `ValueError` where it has none."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if actual in ("integer", "number"):
        number = float(text) if not isinstance(value, bool) else float(value)
        return int(number) if number.is_integer() else number
    if actual == "boolean":
        return bool(("false", "0", "true", "1").index(text.lower()) // 2)
    if actual == "date":
        return date.fromisoformat(text[:10])
    if actual == "timestamp":
        return datetime.fromisoformat(text)
    return text
