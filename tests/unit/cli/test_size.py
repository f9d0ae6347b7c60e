"""`mlgov size` answers in text, JSON and YAML, and refuses what makes no plan."""

import json

import pytest

from .conftest import Run


def test_the_answer_names_numbers_formula_and_assumptions(run: Run) -> None:
    answer = run("size", "ab", "--baseline", "10%", "--mde", "0.02", "--daily-units", "1000")
    assert answer.code == 0
    assert "  3841  units per arm\n" in answer.out
    assert "    14  days in whole weeks\n" in answer.out
    assert "Fleiss, Levin, Paik 2003" in answer.out
    assert "units are independent" in answer.out
    assert "  sample_size_per_arm: 3841\n" in answer.out


def test_yaml_is_only_what_is_pasted(run: Run) -> None:
    out = run("size", "drift", "--threshold", "0.1", "--reference-rows", "10000", "-o", "yaml").out
    assert out.startswith("monitoring:\n  signals:\n  - id: input_drift\n")


def test_json_holds_the_numbers_and_the_manifest(run: Run) -> None:
    data = json.loads(run("size", "failure-rate", "--p-max", "0.01%", "-o", "json").out)
    assert data["version"] == 1
    assert data["answer"]["trials"] == 29956
    assert data["manifest"]["evaluation"]["trials"]["n"] == 29956
    assert {"question", "formula", "source", "assumptions", "yaml"} <= set(data)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ab", "--baseline", "ten", "--mde", "1"), "'ten' is no number; write 0.1 or 10%"),
        (("ab", "--baseline", "0.1"), "--mde"),
        (("canary", "--traffic", "5", "--daily-units", "1", "--rate", ".1", "--trigger", ".2"), "--traffic must lie"),
        (("eval", "--value", "nan", "--half-width", "0.1"), "--value must be finite"),
        (("ab", "--baseline", "0.1", "--mde", "0.02", "--method", "pocok"), "did you mean 'pocock'?"),
    ],
)
def test_bad_numbers_exit_with_2_and_say_why(run: Run, arguments: tuple[str, ...], words: str) -> None:
    answer = run("size", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
