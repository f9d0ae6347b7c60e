"""Which expectations of strangers may run: core types of Great Expectations with known arguments, everything else is refused.

A suite is code to Great Expectations: a `row_condition` of text is evaluated, SQL is sent, a module is imported. Nothing of
that is passed on: what is admitted is rebuilt from plain values that were looked at one by one.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from mlgov.verification.patterns import is_bounded

MOST_VALUES = 10_000  # of one list
MOST_TEXT = 1_000  # characters of one text
MOST_DEPTH = 4  # of row conditions inside each other

_COLUMN = "column"
_MAP = "column mostly row_condition"
_RANGE = "min_value max_value strict_min strict_max"
_PAIR = "column_A column_B mostly row_condition ignore_row_if"
_ROWS = "column_list mostly row_condition ignore_row_if"
_ADMITTED = {
    "expect_column_to_exist": "column column_index",
    "expect_column_values_to_be_null expect_column_values_to_not_be_null expect_column_values_to_be_unique": _MAP,
    "expect_column_values_to_be_in_set expect_column_values_to_not_be_in_set": f"{_MAP} value_set",
    "expect_column_values_to_be_between expect_column_value_lengths_to_be_between": f"{_MAP} {_RANGE}",
    "expect_column_value_lengths_to_equal": f"{_MAP} value",
    "expect_column_values_to_be_of_type": f"{_MAP} type_",
    "expect_column_values_to_be_in_type_list": f"{_MAP} type_list",
    "expect_column_values_to_match_regex expect_column_values_to_not_match_regex": f"{_MAP} regex",
    "expect_column_values_to_match_regex_list expect_column_values_to_not_match_regex_list": f"{_MAP} regex_list match_on",
    "expect_column_values_to_match_like_pattern expect_column_values_to_not_match_like_pattern": f"{_MAP} like_pattern",
    "expect_column_values_to_match_like_pattern_list expect_column_values_to_not_match_like_pattern_list":
        f"{_MAP} like_pattern_list match_on",
    "expect_column_values_to_match_strftime_format": f"{_MAP} strftime_format",
    "expect_column_value_z_scores_to_be_less_than": f"{_MAP} threshold double_sided",
    "expect_column_min_to_be_between expect_column_max_to_be_between expect_column_mean_to_be_between "
    "expect_column_median_to_be_between expect_column_stdev_to_be_between expect_column_sum_to_be_between "
    "expect_column_unique_value_count_to_be_between expect_column_proportion_of_unique_values_to_be_between "
    "expect_column_proportion_of_non_null_values_to_be_between": f"{_COLUMN} row_condition {_RANGE}",
    "expect_column_distinct_values_to_be_in_set expect_column_distinct_values_to_contain_set "
    "expect_column_distinct_values_to_equal_set": f"{_COLUMN} row_condition value_set",
    "expect_column_most_common_value_to_be_in_set": f"{_COLUMN} row_condition value_set ties_okay",
    "expect_column_quantile_values_to_be_between": f"{_COLUMN} row_condition quantile_ranges allow_relative_error",
    "expect_column_kl_divergence_to_be_less_than":
        f"{_COLUMN} row_condition partition_object threshold internal_weight_holdout tail_weight_holdout bucketize_data",
    "expect_column_pair_values_a_to_be_greater_than_b": f"{_PAIR} or_equal",
    "expect_column_pair_values_to_be_equal": _PAIR,
    "expect_column_pair_values_to_be_in_set": f"{_PAIR} value_pairs_set",
    "expect_compound_columns_to_be_unique expect_multicolumn_values_to_be_equal "
    "expect_select_column_values_to_be_unique_within_record": _ROWS,
    "expect_multicolumn_sum_to_equal": f"{_ROWS} sum_total",
    "expect_table_row_count_to_be_between expect_table_column_count_to_be_between": _RANGE,
    "expect_table_row_count_to_equal expect_table_column_count_to_equal": "value",
    "expect_table_columns_to_match_ordered_list": "column_list",
    "expect_table_columns_to_match_set": "column_set exact_match",
}  # fmt: skip
ADMITTED = {kind: frozenset(keys.split()) for kinds, keys in _ADMITTED.items() for kind in kinds.split()}
# what changes no verdict: how a result is told
_IDLE = frozenset({"result_format", "include_config", "catch_exceptions", "batch_id", "meta"})
_FOREIGN = {
    "unexpected_rows_expectation": "runs SQL",
    "expect_query_results_to_match_comparison": "runs SQL",
    "expect_table_row_count_to_equal_other_table": "reads another table",
}
_ROW_KEYS = frozenset(
    "type expectation_type kwargs meta id ge_cloud_id severity notes description rendered_content "
    "expectation_context success_on_last_run".split()
)
_IDENTIFIER = re.compile(r"[A-Za-z_]\w{0,127}").fullmatch
_TYPE = re.compile(r"[A-Za-z_]\w{0,60}(?:\[\w{1,20}\])?").fullmatch
_HARMLESS = re.compile(r"[\w .:+/-]{0,200}").fullmatch
_STRFTIME = re.compile(r"(?:%[a-zA-Z%]|[\w .:,/+-]){1,60}").fullmatch
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]{1,15}(?:Z|[+-]\d\d:\d\d)?)?").fullmatch


class Refused(Exception):
    """Why an expectation does not run; `steps` lead from its entry to what is wrong."""

    def __init__(self, reason: str, *steps: str | int) -> None:
        super().__init__(reason)
        self.reason, self.steps = reason, steps


def admitted(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Type and arguments of an entry of a suite, as they may run; raises `Refused` for everything that is not known."""
    key = "type" if "type" in row else "expectation_type"
    kind = row.get(key)
    if foreign := sorted(str(name) for name in row if name not in _ROW_KEYS):
        raise Refused(f"has {_shown(foreign[0])}, which is no part of an expectation", foreign[0])
    if not isinstance(kind, str) or kind not in ADMITTED:
        raise Refused(f"{_shown(kind)} {_FOREIGN.get(str(kind), 'is no core expectation')}", key)
    kwargs = row.get("kwargs", {})
    if not isinstance(kwargs, Mapping):
        raise Refused("has no arguments", "kwargs")
    given = {name: value for name, value in kwargs.items() if name not in _IDLE and value is not None}
    made = {name: _argument(kind, name, value) for name, value in given.items()}
    if (
        kind.endswith("_to_be_between")
        and "min_value" in ADMITTED[kind]
        and not made.keys() & {"min_value", "max_value"}
    ):
        raise Refused(f"{kind} has neither min_value nor max_value, so it holds of everything", "kwargs")
    return kind, made


def _argument(kind: str, name: str, value: Any) -> Any:
    if "$PARAMETER" in (value if isinstance(value, Mapping) else ()):
        raise Refused(f"{name} is filled in by a parameter when the suite runs", "kwargs", name)
    if name == "condition_parser" and value == "great_expectations":
        raise Refused("row_condition is text, which Great Expectations evaluates", "kwargs", name)
    if name not in ADMITTED[kind]:
        raise Refused(f"{kind} has an argument {_shown(name)} that is not admitted", "kwargs", name)
    made = _READERS[name](value)
    if made is None:
        raise Refused(f"{name} is {_shown(value)}, which is not admitted", "kwargs", name)
    return made


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _number(value: Any) -> Any:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number and math.isfinite(value) and abs(value) < 1e300 else None


def _edge(value: Any) -> Any:
    return value if isinstance(value, str) and _DATE(value) else _number(value)


def _share(value: Any) -> Any:
    return value if _number(value) is not None and 0 < value <= 1 else None


def _flag(value: Any) -> Any:
    return value if isinstance(value, bool) else None


def _text(value: Any) -> Any:
    return value if isinstance(value, str) and 0 < len(value) <= MOST_TEXT and "\0" not in value else None


def _scalar(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= MOST_TEXT else None
    return value if isinstance(value, bool) else _number(value)


def _pattern(value: Any) -> Any:
    return value if _text(value) is not None and is_bounded(value) else None


def _word(*known: str) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, str) and value in known else None


def _list(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def listed(value: Any) -> Any:
        if not isinstance(value, list) or not value or len(value) > MOST_VALUES:
            return None
        made = [read(item) for item in value]
        return None if any(item is None for item in made) else made

    return listed


def _pair(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: _list(read)(value) if isinstance(value, list) and len(value) == 2 else None


def _quantiles(value: Any) -> Any:
    if not isinstance(value, Mapping) or set(value) != {"quantiles", "value_ranges"}:
        return None
    ranges = value["value_ranges"]
    quantiles = _list(_share)(value["quantiles"])
    if quantiles is None or not isinstance(ranges, list) or len(ranges) != len(quantiles):
        return None
    fits = all(
        isinstance(r, list) and len(r) == 2 and all(e is None or _edge(e) is not None for e in r) for r in ranges
    )
    return {"quantiles": quantiles, "value_ranges": ranges} if fits else None


def _partition(value: Any) -> Any:
    if not isinstance(value, Mapping) or set(value) - {"values", "bins", "weights", "tail_weights"}:
        return None
    made = {key: _list(_scalar if key == "values" else _number)(part) for key, part in value.items()}
    return None if None in made.values() or "weights" not in made else made


def _condition(value: Any, depth: int = 0) -> Any:
    """A condition as a tree of plain comparisons. Names and texts are plain words, as pandas puts them into a query."""
    if isinstance(value, str):
        raise Refused("row_condition is text, which Great Expectations evaluates", "kwargs", "row_condition")
    if not isinstance(value, Mapping) or depth > MOST_DEPTH:
        return None
    kind, column = value.get("type"), value.get("column")
    if kind in ("and", "or"):
        inner = _list(lambda item: _condition(item, depth + 1))(value.get("conditions"))
        return {"type": kind, "conditions": inner} if inner else None
    name = column.get("name") if isinstance(column, Mapping) else None
    if not isinstance(name, str) or not _IDENTIFIER(name):
        return None
    made: dict[str, Any] = {"type": kind, "column": {"name": name}}
    if kind == "nullity" and isinstance(value.get("is_null"), bool):
        return made | {"is_null": value["is_null"]}
    operator, parameter = value.get("operator"), _compared(value.get("parameter"))
    if kind != "comparison" or operator not in ("==", "!=", "<", "<=", ">", ">=", "IN", "NOT_IN") or parameter is None:
        return None
    return made | {"operator": operator, "parameter": parameter}


def _compared(value: Any) -> Any:
    if isinstance(value, list):
        return _list(_compared)(value)
    return value if isinstance(value, str) and _HARMLESS(value) else None if isinstance(value, str) else _scalar(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("column", "column_A", "column_B", "like_pattern"), _text),
    **dict.fromkeys(("column_list", "column_set", "like_pattern_list"), _list(_text)),
    **dict.fromkeys(("min_value", "max_value"), _edge),
    **dict.fromkeys(
        ("value", "column_index", "sum_total", "threshold", "internal_weight_holdout", "tail_weight_holdout"), _number
    ),
    **dict.fromkeys(
        ("strict_min", "strict_max", "or_equal", "ties_okay", "exact_match", "double_sided", "bucketize_data", "allow_relative_error"), _flag
    ),
    "mostly": _share,
    "row_condition": _condition,
    "value_set": _list(_scalar),
    "value_pairs_set": _list(_pair(_scalar)),
    "type_": lambda value: value if isinstance(value, str) and _TYPE(value) else None,
    "type_list": _list(lambda value: value if isinstance(value, str) and _TYPE(value) else None),
    "regex": _pattern,
    "regex_list": _list(_pattern),
    "match_on": _word("any", "all"),
    "ignore_row_if": _word("both_values_are_missing", "either_value_is_missing", "all_values_are_missing",
                           "any_value_is_missing", "neither", "never"),
    "strftime_format": lambda value: value if isinstance(value, str) and _STRFTIME(value) else None,
    "quantile_ranges": _quantiles,
    "partition_object": _partition,
}  # fmt: skip
