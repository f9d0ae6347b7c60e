"""Suites of strangers: what is no core expectation of plain values is refused at its place, and then nothing of it runs."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.verification.allowlist import ADMITTED, Refused, admitted
from mlgov.verification.expectation import Suite
from mlgov.verification.job import Gap
from mlgov.verification.patterns import is_bounded
from mlgov.verification.persons import about_persons
from mlgov.verification.suites import MOST, team_suites
from tests.unit.formats.reading import place, project

MANIFEST = """apiVersion: mlgov/v1
project: {id: x}
data:
  columns: [{name: mail, pii: personal}]
  datasets:
  - {id: d, location: d.csv, checks: {source: {file: gx/expectations/d.json}}}
"""
CODE = "@__import__('os').system('touch canary')"


def row(kind: str = "expect_column_values_to_be_between", /, **kwargs: Any) -> dict[str, Any]:
    bounds = {"min_value": 1} if kind.endswith("between") else {}
    return {"type": kind, "kwargs": {"column": "a"} | bounds | kwargs}


def found(suite: dict[str, Any] | str) -> tuple[list[Suite | Gap], dict[str, str]]:
    text = suite if isinstance(suite, str) else json.dumps(suite, indent=1)
    files = {"mlgov.yaml": MANIFEST, "gx/expectations/d.json": text}
    made = project(files)
    (dataset,) = made.data.datasets
    return list(team_suites(made, dataset, about_persons(made))), files


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (row(row_condition=CODE, condition_parser="pandas"), "row_condition is text"),
        (row(row_condition='col("a").notNull()', condition_parser="great_expectations"), "row_condition is text"),
        (row(row_condition={"type": "pass_through", "pass_through_filter": CODE}), "row_condition is"),
        (row(row_condition={"type": "nullity", "column": {"name": "a`+" + CODE}, "is_null": True}), "row_condition"),
        (row(mostly=float("nan")), "mostly is nan"),
        (row(mostly=float("inf")), "mostly is inf"),
        (row(mostly=95), "mostly is 95"),
        (row(mostly=0), "mostly is 0"),
        (row(mostly={"$PARAMETER": "share"}), "filled in by a parameter"),
        (row(min_value={"$PARAMETER": "now()"}), "filled in by a parameter"),
        (row(max_value="9" * 40), "max_value is"),
        (row(regex="x"), "an argument 'regex' that is not admitted"),
        (row("expect_column_values_to_match_regex", regex="(a+)+$"), "regex is"),
        (row("expect_column_values_to_be_in_set", value_set=[{"$PARAMETER": "x"}]), "value_set is"),
        (row("expect_column_values_to_be_in_set", value_set=[1] * 10_001), "value_set is"),
        ({"type": "unexpected_rows_expectation", "kwargs": {"unexpected_rows_query": "SELECT 1"}}, "runs SQL"),
        (row("expect_query_results_to_match_comparison"), "runs SQL"),
        (row("expect_table_row_count_to_equal_other_table"), "reads another table"),
        (row("expect_my_own_thing"), "is no core expectation"),
        (row() | {"module_name": "os", "class_name": "system"}, "'class_name', which is no part"),
        ({"type": "expect_column_to_exist", "kwargs": []}, "has no arguments"),
        (["expect_column_to_exist"], "is no expectation"),
        ({"kwargs": {}}, "None is no core expectation"),
        (row(min_value=None), "neither min_value nor max_value"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_at_its_place(entry: Any, words: str) -> None:
    answers, files = found({"name": "d", "expectations": [entry, row()]})
    (gap,) = answers
    assert isinstance(gap, Gap)
    assert words in gap.reason
    assert gap.reason.startswith("gx/expectations/d.json is not run: ")
    assert gap.origins[0].pointer.startswith("/expectations/0")
    assert place(gap.origins[0], files) > "gx/expectations/d.json:1"


def test_every_wrong_entry_is_told() -> None:
    answers, files = found({"name": "d", "expectations": [row(mostly=2), row(), row("expect_x")]})
    assert [place(a.origins[0], files) for a in answers if isinstance(a, Gap)] == [
        "gx/expectations/d.json:9:15", "gx/expectations/d.json:20:12",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("suite", "words"),
    [
        ({"name": "d", "expectations": []}, "holds no expectation"),
        ({"name": "d", "expectations": [row()] * (MOST + 1)}, f"more than {MOST}"),
        ({"name": "d", "expectations": [row()], "module_name": "os"}, "'module_name' is no part of a suite"),
    ],
)
def test_a_suite_that_is_empty_giant_or_more_than_a_suite(suite: dict[str, Any], words: str) -> None:
    answers, _ = found(suite)
    assert [words in a.reason for a in answers if isinstance(a, Gap)] == [True]


def test_an_ordinary_suite_is_rebuilt_from_plain_values() -> None:
    condition = {"type": "comparison", "column": {"name": "plan"}, "operator": "IN", "parameter": ["a", "b"], "x": CODE}
    old = {
        "expectation_type": "expect_column_values_to_not_be_null",
        "kwargs": {"column": "mail", "result_format": "COMPLETE"},
        "meta": {},
    }
    (suite,), _ = found(
        {"expectation_suite_name": "d", "expectations": [row(mostly=0.9, row_condition=condition), old]}
    )
    assert isinstance(suite, Suite)
    first, second = suite.expectations
    assert first.kwargs == {"column": "a", "min_value": 1, "mostly": 0.9, "row_condition": {
        "type": "comparison", "column": {"name": "plan"}, "operator": "IN", "parameter": ["a", "b"]}}  # fmt: skip
    assert (second.kwargs, second.private, first.private) == ({"column": "mail"}, True, False)
    assert {type(value) for value in first.kwargs.values()} == {str, int, float, dict}


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just({"$PARAMETER": "x"}),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(sorted({key for keys in ADMITTED.values() for key in keys} | {"condition_parser", "query"}))


@given(kind=st.sampled_from(sorted(ADMITTED)), kwargs=st.dictionaries(keys, json_like, max_size=5))
def test_whatever_is_admitted_is_plain_and_asked_for(kind: str, kwargs: dict[str, Any]) -> None:
    try:
        _, made = admitted({"type": kind, "kwargs": kwargs})
    except Refused:
        return
    assert made.keys() <= ADMITTED[kind]
    assert "$PARAMETER" not in repr(made)
    assert "nan" not in repr([v for k, v in made.items() if k in ("mostly", "min_value", "max_value", "threshold")])
    json.dumps(made, allow_nan=False)


@pytest.mark.parametrize(
    ("pattern", "fine"),
    [("^[ab]+$", True), (r"^(\d{3}-)?\d+$", True), ("(?:ab)*c", True), (r"\(a+\)+", True), ("[(a+)]+", True), ("^$", True),
     ("(a+)+$", False), ("((a*))*", False), ("(x+x+)+y", False), ("(a{1,})*", False), (r"(a)\1", False), ("(", False),
     ("a" * 501, False), ("(?P<x>a+)+", False)],
)  # fmt: skip
def test_patterns_that_may_take_forever_are_told_apart(pattern: str, fine: bool) -> None:
    assert is_bounded(pattern) is fine
