"""`mlgov score` and `mlgov coverage` on the examples, reviewed as files in `snapshots`."""

import json
import os
from pathlib import Path

import pytest

from .conftest import Run

ROOT = Path(__file__).resolve().parents[3]
SNAPSHOTS = Path(__file__).parent / "snapshots"
CASES = {
    "score-churn": ("score", "examples/churn"),
    "score-churn-broken": ("score", "examples/churn-broken"),
    "coverage-churn-requirements": ("coverage", "examples/churn"),
    "coverage-churn-nist": ("coverage", "examples/churn", "--framework", "nist-ai-rmf"),
    "coverage-churn-eu": ("coverage", "examples/churn", "--framework", "eu-ai-act"),
    "coverage-churn-iso": ("coverage", "examples/churn", "--framework", "iso-42001"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_text_looks_as_it_was_reviewed(run: Run, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rewrite the files with MLGOV_SNAPSHOTS=1."""
    monkeypatch.chdir(ROOT)
    answer = run(*CASES[name])
    assert answer.code == 0, answer.err
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("MLGOV_SNAPSHOTS"):
        path.write_text(answer.out, encoding="utf-8", newline="\n")
    assert answer.out == path.read_text(encoding="utf-8")
    assert "compliant" not in answer.out.lower()


def test_score_as_json(run: Run) -> None:
    data = json.loads(run("score", "--rubric", "ml-test-score", ROOT / "examples" / "churn", "-o", "json").out)
    assert (data["version"], data["rubric"]) == (1, "ml-test-score")
    assert "Breck" in data["source"]
    (project,) = data["projects"]
    assert len(project["tests"]) == 28
    assert {test["points"] for test in project["tests"]} <= {0.0, 0.5, 1.0}
    assert project["total"] == min(project["sums"].values())
    assert all(test["places"][0]["line"] for test in project["tests"] if test["points"])


def test_coverage_as_json(run: Run) -> None:
    data = json.loads(run("coverage", ROOT / "examples" / "churn-broken", "-o", "json").out)
    assert {"version", "framework", "title", "source", "date", "note", "projects"} == set(data)
    (project,) = data["projects"]
    assert sum(project["summary"].values()) == len(project["requirements"]) == 250
    reported = [row for row in project["requirements"] if row["findings"]]
    assert reported
    assert all(row["evidence"] in ("missing", "found, with findings") for row in reported)


def test_unknown_words_are_usage_errors(run: Run) -> None:
    answer = run("coverage", "--framework", "nist-ai-rfm")
    assert (answer.code, "did you mean" in answer.err) == (2, True)
    assert run("score", "--rubric", "mine").code == 2
