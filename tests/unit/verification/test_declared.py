"""What a project declares about its data, as expectations with the places that declare them."""

from typing import Any

import pytest

from mlgov.verification.declared import declared_suites
from mlgov.verification.expectation import Expectation, Suite
from tests.unit.formats.reading import place, project

HEAD = "version: 1\nproject: {id: credit}\n"
TRAIN = HEAD + "data:\n  datasets:\n  - {id: train, role: train, location: t.csv%s}\n"


def suite(files: dict[str, str] | str) -> Suite:
    (only,) = declared_suites(project({"mlgov.yaml": files} if isinstance(files, str) else files))
    return only


def said(found: Suite) -> dict[str, list[dict[str, Any]]]:
    """The arguments of each type of expectation, without the prefix that all share."""
    made: dict[str, list[dict[str, Any]]] = {}
    for e in found.expectations:
        made.setdefault(e.kind.removeprefix("expect_"), []).append(dict(e.kwargs))
    return made


def column(text: str) -> dict[str, list[dict[str, Any]]]:
    return said(suite(TRAIN % "" + f"  columns: [{{name: a, {text}}}]\n"))


def test_every_expectation_knows_the_place_that_declares_it() -> None:
    text = TRAIN % ", rows: 48212" + "  columns:\n  - {name: age, type: integer, required: true, min: 18}\n"
    found = suite(text)
    places = {e.kind: place(e.origin, {"mlgov.yaml": text}) for e in found.expectations}
    assert (found.name, found.dataset) == ("credit.train", "train")
    assert places == {
        "expect_column_to_exist": "mlgov.yaml:7:12",
        "expect_column_values_to_not_be_null": "mlgov.yaml:7:42",
        "expect_column_values_to_be_in_type_list": "mlgov.yaml:7:23",
        "expect_column_values_to_be_between": "mlgov.yaml:7:53",
        "expect_table_row_count_to_equal": "mlgov.yaml:5:53",
    }
    assert found.data()["expectations"][0]["meta"] == {"declared": "mlgov.yaml#/data/columns/0/name"}


@pytest.mark.parametrize(
    ("text", "kind", "kwargs"),
    [("unique: true", "column_values_to_be_unique", {}),
     ("type: string, values: [0, 1]", "column_values_to_be_in_set", {"value_set": ["0", "1"]}),
     ("type: integer, values: ['0', 1]", "column_values_to_be_in_set", {"value_set": [0, 1]}),
     ("values: [0, 1]", "column_values_to_be_in_set", {"value_set": [0, 1]}),
     ("values: [0, a]", "column_values_to_be_in_set", {"value_set": ["0", "a"]}),
     ("values: ['01', '02']", "column_values_to_be_in_set", {"value_set": ["01", "02"]}),
     ("type: boolean, values: [true]", "column_values_to_be_in_set", {"value_set": [True]}),
     ("min: 0, max: 1.5", "column_values_to_be_between", {"min_value": 0, "max_value": 1.5}),
     ("type: timestamp, min: 2024-01-01, max: 2024-01-31", "column_values_to_be_between",
      {"min_value": "2024-01-01T00:00:00", "max_value": "2024-01-31T23:59:59.999999"}),
     ("type: date, max: 2024-01-31", "column_values_to_be_between", {"max_value": "2024-01-31"}),
     ("min_length: 2, max_length: 5", "column_value_lengths_to_be_between", {"min_value": 2, "max_value": 5}),
     ("pattern: '^a'", "column_values_to_match_regex", {"regex": "^a"})],
)  # fmt: skip
def test_a_column_becomes_expectations(text: str, kind: str, kwargs: dict[str, Any]) -> None:
    assert column(text)[kind] == [{"column": "a", **kwargs}]


@pytest.mark.parametrize(
    "text",
    [
        "treatment: dropped, required: true",
    ],
)
def test_a_dropped_column_is_expected_nowhere(text: str) -> None:
    found = list(declared_suites(project({"mlgov.yaml": TRAIN % "" + f"  columns: [{{name: a, {text}}}]\n"})))
    assert found == []


def test_a_hashed_column_keeps_no_types_and_ranges() -> None:
    assert set(column("treatment: hashed, type: integer, min: 3, required: true")) == {
        "column_to_exist", "column_values_to_not_be_null",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "kwargs"),
    [("48212", ("to_equal", {"value": 48212})), ("~24000", ("to_be_between", {"min_value": 23500, "max_value": 24500})),
     ("~50", ("to_be_between", {"min_value": 45, "max_value": 55}))],
)  # fmt: skip
def test_counts_are_expected_at_their_printed_precision(rows: str, kwargs: tuple[str, dict[str, Any]]) -> None:
    found = said(suite(TRAIN % f", rows: {rows}"))
    assert found == {f"table_row_count_{kwargs[0]}": [kwargs[1]]}


def test_classes_have_at_least_the_share_that_is_printed() -> None:
    text = TRAIN % ", class_balance: {0: 0.9, 1: 0.10}" + "  labels: {name: bad}\n"
    assert said(suite(text))["column_values_to_be_in_set"] == [
        {"column": "bad", "value_set": [0], "mostly": 0.85}, {"column": "bad", "value_set": [1], "mostly": 0.095},
    ]  # fmt: skip


def test_missing_values_key_volume_and_age() -> None:
    more = ", missing: {a: 0.2, b: 0}, volume: {min: 10}, key: [x, y], freshness: {column: at, max_age: 30d}"
    found = said(suite(TRAIN % more))
    assert found["column_values_to_not_be_null"] == [
        {"column": "x"}, {"column": "y"}, {"column": "a", "mostly": 0.75}, {"column": "b", "mostly": 1.0},
    ]  # fmt: skip
    assert found["compound_columns_to_be_unique"] == [{"column_list": ["x", "y"]}]
    assert found["table_row_count_to_be_between"] == [{"min_value": 10}]
    assert found["column_max_to_be_between"] == [{"column": "at", "min_value": "2026-10-21T00:00:00"}]


def test_a_column_of_no_data_set_is_one_of_every_sample() -> None:
    text = (
        HEAD
        + "data:\n  datasets:\n  - {id: a, role: train}\n  - {id: b, role: test}\n  - {id: c}\n  columns: [{name: x}]\n"
    )
    assert [s.dataset for s in declared_suites(project({"mlgov.yaml": text}))] == ["a", "b"]


def test_features_are_expected_where_no_column_is_declared() -> None:
    text = TRAIN % "" + "  features: [{name: x, dtype: numeric}, {name: y, derived_from: [x]}]\n"
    assert [e.kwargs["column"] for e in suite(text).expectations] == ["x", "x"]
    assert "features" not in str(suite(text + "  columns: [{name: z}]\n").expectations)


def test_values_about_persons_are_private() -> None:
    text = TRAIN % "" + "  entity: {key: user}\n  columns: [{name: user}, {name: email, pii: personal}, {name: x}]\n"
    private = {e.kwargs["column"]: e.private for e in suite(text).expectations}
    assert private == {"user": True, "email": True, "x": False}
    closed = text + "  privacy: {pii: personal}\n"
    assert all(e.private for e in suite(closed).expectations)
    opened = closed.replace("{name: x}", "{name: x, pii: none}")
    assert [e.kwargs["column"] for e in suite(opened).expectations if not e.private] == ["x"]


ODCS = """apiVersion: v3.1.0
kind: DataContract
id: credit
version: 1.0.0
schema:
- name: train
  quality: [{metric: rowCount, mustBeBetween: [100, 200]}]
  properties:
  - {name: id, logicalType: integer, primaryKey: true, unique: true}
  - {name: age, logicalType: integer, logicalTypeOptions: {minimum: 18, maximum: 120}}
  - {name: plan, logicalType: string, logicalTypeOptions: {pattern: '^[ab]', maxLength: 3}}
  - {name: state, quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [x, y]}}]}
  - {name: mail, quality: [{metric: duplicateValues, mustBe: 0}]}
"""
PACKAGE = """{"name": "p", "profile": "tabular-data-package", "resources": [{"name": "train", "path": "t.csv", "schema": {
 "primaryKey": "id", "fields": [
 {"name": "id", "type": "integer", "constraints": {"unique": true}},
 {"name": "age", "type": "integer", "constraints": {"minimum": 18, "maximum": 120}},
 {"name": "plan", "type": "string", "constraints": {"pattern": "[ab].*", "maxLength": 3}},
 {"name": "state", "type": "string", "constraints": {"enum": ["x", "y"]}}]}}]}"""
DCS = """dataContractSpecification: 1.1.0
id: credit
models:
  train:
    fields:
      id: {type: bigint, primaryKey: true, unique: true}
      age: {type: bigint, minimum: 18, maximum: 120}
      plan: {type: text, pattern: '^[ab]', maxLength: 3}
      state: {type: text, enum: [x, y]}
servicelevels: {freshness: {threshold: 25h, timestampField: train.at}}
"""


@pytest.mark.parametrize(
    ("files", "pattern"),
    [({"c.odcs.yaml": ODCS}, "^[ab]"), ({"datapackage.json": PACKAGE}, "^(?:[ab].*)$"), ({"datacontract.yaml": DCS}, "^[ab]")],
)  # fmt: skip
def test_contracts_of_several_standards_expect_the_same(files: dict[str, str], pattern: str) -> None:
    found = said(suite({"mlgov.yaml": HEAD + "data: {datasets: [{id: train, location: t.csv}]}\n"} | files))
    assert {"column": "id"} in found["column_values_to_not_be_null"]
    assert {"column": "id"} in found["column_values_to_be_unique"]
    assert found["column_values_to_be_between"] == [{"column": "age", "min_value": 18, "max_value": 120}]
    assert found["column_values_to_match_regex"] == [{"column": "plan", "regex": pattern}]
    assert found["column_value_lengths_to_be_between"] == [{"column": "plan", "max_value": 3}]
    assert found["column_values_to_be_in_set"] == [{"column": "state", "value_set": ["x", "y"]}]
    if "c.odcs.yaml" in files:
        assert found["table_row_count_to_be_between"] == [{"min_value": 100, "max_value": 200}]
        assert {"column": "mail"} in found["column_values_to_be_unique"]
    if "datacontract.yaml" in files:
        assert found["column_max_to_be_between"] == [{"column": "at", "min_value": "2026-11-18T23:00:00"}]


def test_a_suite_of_the_team_declares_no_column() -> None:
    own = '{"name": "train", "expectations": [{"type": "expect_column_to_exist", "kwargs": {"column": "zz"}}]}'
    files = {"mlgov.yaml": TRAIN % ", rows: 3", "gx/expectations/train.json": own}
    assert set(said(suite(files))) == {"table_row_count_to_equal"}


def test_the_same_thing_is_expected_once() -> None:
    text = TRAIN % ", key: [a]" + "  columns: [{name: a, required: true, unique: true}]\n"
    kinds = [e.kind for e in suite(text).expectations]
    assert len(kinds) == len(set(kinds)) == 3
    assert isinstance(suite(text).expectations[0], Expectation)
