"""Published reference values, computed by independent implementations, are met by every function."""

import csv
import json
import math
from pathlib import Path
from typing import Any

import pytest

import mlgov.statistics

OWN = Path(__file__).with_name("reference.csv")
SPECIFICATION = Path(__file__).resolve().parents[4] / "shared" / "spec" / "stats_reference.csv"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def result(function: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return dict(getattr(mlgov.statistics, function)(**arguments)._asdict())


def assert_close(actual: object, expected: float, tolerance: float) -> None:
    if isinstance(expected, (bool, int)):
        assert actual == expected
        assert type(actual) is type(expected)
    else:
        assert isinstance(actual, float)
        assert math.isclose(actual, expected, rel_tol=tolerance)


@pytest.mark.parametrize("row", rows(OWN), ids=lambda row: f"{row['case']}-{row['function']}-{row['output']}")
def test_function_meets_reference_value(row: dict[str, str]) -> None:
    actual = result(row["function"], json.loads(row["arguments"]))[row["output"]]
    tolerance = 0.0 if row["tolerance"] == "exact" else float(row["tolerance"])
    assert_close(actual, json.loads(row["value"]), tolerance)


def test_reference_covers_all_cases() -> None:
    assert {row["case"] for row in rows(OWN)} == {f"S{number:02}" for number in range(1, 26)}


def test_outputs_have_exactly_the_names_of_the_reference() -> None:
    for row in rows(OWN):
        named = {other["output"] for other in rows(OWN) if other["case"] == row["case"]}
        assert set(result(row["function"], json.loads(row["arguments"]))) == named


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="the specification's own table is not beside this repository")
def test_functions_meet_the_table_of_the_specification() -> None:
    for row in rows(SPECIFICATION):
        actual, expected = result(row["function"], json.loads(row["inputs"])), json.loads(row["expected"])
        assert actual.keys() == expected.keys()
        for name, value in expected.items():
            assert_close(actual[name], value, float(row["rel_tol"]))
