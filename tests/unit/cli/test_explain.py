"""`mlgov explain` tells everything about a rule, and helps where a name is nearly right."""

import json

import pytest

from mlgov.catalogue import installed_rules
from mlgov.hygiene import HYGIENE

from .conftest import Run


@pytest.mark.parametrize("name", ["EVA203", "eva203", "target-not-met"])
def test_a_rule_is_explained_by_code_and_by_name(run: Run, name: str) -> None:
    answer = run("explain", name)
    assert answer.code == 0
    assert answer.out.startswith(
        "EVA203 target-not-met\nA model must reach the acceptable bound of each of its metrics"
    )
    for heading in ("Why", "Fails", "Passes", "Remedy", "References"):
        assert f"\n\n{heading}\n  " in answer.out
    assert "severity  prototype warning, standard error, high-risk error\n" in answer.out
    assert "  mlgov.yaml:\n    apiVersion: mlgov/v1\n" in answer.out
    assert "~~~" not in answer.out


def test_a_hygiene_code_is_explained(run: Run) -> None:
    out = run("explain", "INT005").out
    assert out.startswith("INT005 duplicate-definition\n")
    assert "no setting changes it" in out
    assert HYGIENE["INT005"].remedy in out


def test_several_words_and_beginnings_of_codes_are_taken(run: Run) -> None:
    data = json.loads(run("explain", "INT00", "EVA203", "-o", "json").out)
    codes = [rule["code"] for rule in data["rules"]]
    assert codes == ["EVA203", *(code for code in HYGIENE if code.startswith("INT00"))]


def test_all_of_them_as_json(run: Run) -> None:
    data = json.loads(run("explain", "--all", "--output", "json").out)
    assert data["version"] == 1
    assert [r["code"] for r in data["rules"]] == [*(r.code for r in installed_rules()), *HYGIENE]
    for rule in data["rules"]:
        assert set(rule["severity"]) == {"prototype", "standard", "high-risk"}
        assert rule["title"].endswith(".")
        assert rule["sections"]["Remedy"]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["target-not-mett"], "no rule is called 'target-not-mett'; did you mean 'target-not-met'?"),
        (["target-not-mett"], "did you mean 'target-not-met'?"),
        (["qqqqqqqq"], "mlgov rules lists them"),
        ([], "name a rule"),
        (["--all", "EVA203"], "name a rule"),
        (["EVA203", "-o", "jsn"], "did you mean 'json'?"),
    ],
)
def test_a_wrong_question_is_a_usage_error_that_helps(run: Run, arguments: list[str], hint: str) -> None:
    answer = run("explain", *arguments)
    assert answer.code == 2
    assert hint in answer.err
    assert answer.out == ""
