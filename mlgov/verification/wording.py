"""What an expectation asks for, in words for the message of a finding: `age should be from 18 to 120`."""

from collections.abc import Mapping
from typing import Any

from mlgov.units import plain
from mlgov.verification.expectation import TYPES, columns_of

_LONGEST = 60
_NAMED = {
    "expect_column_to_exist": "column {column} should exist",
    "expect_column_values_to_be_unique": "{most}{column} should be unique",
    "expect_column_values_to_be_null": "{most}{column} should be missing",
    "expect_column_values_to_be_between": "{most}{column} should be {range}",
    "expect_column_values_to_be_in_set": "{most}{column} should be {set}",
    "expect_column_values_to_not_be_in_set": "{most}{column} should not be {set}",
    "expect_column_values_to_match_regex": "{most}{column} should match {regex}",
    "expect_column_value_lengths_to_be_between": "the length of {most}{column} should be {range}",
    "expect_column_max_to_be_between": "the greatest {column} should be {range}",
    "expect_column_min_to_be_between": "the least {column} should be {range}",
    "expect_column_mean_to_be_between": "the mean of {column} should be {range}",
    "expect_compound_columns_to_be_unique": "{columns} together should be unique",
    "expect_table_row_count_to_equal": "the number of rows should be {value}",
    "expect_table_row_count_to_be_between": "the number of rows should be {range}",
    "expect_table_column_count_to_equal": "the number of columns should be {value}",
}


def wording(kind: str, kwargs: Mapping[str, Any]) -> str:
    """One clause without a period; values that are long are cut."""
    shown = {
        "column": kwargs.get("column", ""),
        "columns": " and ".join(columns_of(kwargs)),
        "value": _cut(kwargs.get("value", "")),
        "regex": _cut(kwargs.get("regex", "")),
        "most": f"at least {plain(round(kwargs['mostly'] * 100, 6))}% of " if kwargs.get("mostly", 1) != 1 else "",
        "range": _range(kwargs),
        "set": _set(kwargs.get("value_set")),
    }
    said = _template(kind, kwargs).format(**shown)
    return f"{said} where its condition holds" if kwargs.get("row_condition") else said


def _template(kind: str, kwargs: Mapping[str, Any]) -> str:
    if kind == "expect_column_values_to_not_be_null":
        return "{most}{column} should not be missing" if "mostly" in kwargs else "{column} should never be missing"
    if kind in ("expect_column_values_to_be_in_type_list", "expect_column_values_to_be_of_type"):
        names = kwargs.get("type_list") or [kwargs.get("type_")]
        logical = next((name for name, known in TYPES.items() if list(known) == names), "")
        return "{column} should be of type " + _braced(logical or _cut(" or ".join(map(str, names))))
    if kind in _NAMED:
        return _NAMED[kind]
    told = {k: v for k, v in kwargs.items() if k not in ("column", "column_list", "row_condition")}
    arguments = ", ".join(f"{key} {_cut(value)}" for key, value in told.items())
    words = kind.removeprefix("expect_").replace("_", " ")
    return "{columns}: " + _braced(f"{words}{f' ({arguments})' if arguments else ''}")


def _braced(text: str) -> str:
    """A stranger's text is no template."""
    return text.replace("{", "{{").replace("}", "}}")


def _range(kwargs: Mapping[str, Any]) -> str:
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    if low is not None and high is not None:
        return f"from {low} to {high}" if low != high else f"{low}"
    return f"at least {low}" if low is not None else f"at most {high}"


def _set(values: Any) -> str:
    listed = [str(value).lower() if isinstance(value, bool) else str(value) for value in values or ()]
    return _cut(listed[0] if len(listed) == 1 else f"one of {', '.join(listed)}") if listed else "nothing"


def _cut(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
