"""`mlgov trace` on the examples, in every output; reviewed as files in `snapshots`."""

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .conftest import Run

ROOT = Path(__file__).resolve().parents[3]
SNAPSHOTS = Path(__file__).parent / "snapshots"
MANIFEST = "apiVersion: mlgov/v1\nproject: {id: %s}\nproblem: {business_goal: keep customers}\n"


@pytest.mark.parametrize("output", ["text", "json", "mermaid", "svg"])
@pytest.mark.parametrize("example", ["churn", "churn-broken"])
def test_an_output_looks_as_it_was_reviewed(
    run: Run, example: str, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rewrite the files with MLGOV_SNAPSHOTS=1."""
    monkeypatch.chdir(ROOT)
    answer = run("trace", f"examples/{example}", "-o", output)
    assert answer.code == 0, answer.err
    path = SNAPSHOTS / f"trace-{example}.{output}.txt"
    if os.environ.get("MLGOV_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(answer.out, encoding="utf-8", newline="\n")
    assert answer.out == path.read_text(encoding="utf-8")


def test_the_clean_example_has_no_broken_link_and_the_broken_one_has(run: Run) -> None:
    clean, broken = (
        json.loads(run("trace", ROOT / "examples" / name, "-o", "json").out)["projects"][0]["broken"]
        for name in ("churn", "churn-broken")
    )
    assert clean == []
    assert {gap["code"] for gap in broken} == {"FRM206", "DEP203", "DEP003"}
    assert all(gap["due"] and gap["place"]["line"] for gap in broken)
    found = json.loads(run("check", ROOT / "examples" / "churn-broken", "-o", "json").out)["findings"]
    reported = {(f["code"], f["places"][0]["line"]) for f in found}
    assert {(gap["code"], gap["place"]["line"]) for gap in broken} <= reported
    asked = ("REQ202", "FRM206", "MON202", "DEP203")
    assert {f["code"] for f in found if f["code"] in asked} <= {gap["code"] for gap in broken}


def test_a_later_stage_asks_for_more(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").write_text(MANIFEST % "churn" + "metrics: [{id: recall, scope: offline, role: primary}]\n")
    out = run("trace").out
    assert "0 broken links, 3 more at a later stage\n" in out
    assert "  from validation on  mlgov.yaml:4:11: recall has no offline result\n" in out


def test_one_of_several_projects_can_be_chosen(run: Run, folder: Path) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "mlgov.yaml").write_text(MANIFEST % name)
    assert run("trace", "-o", "svg").code == 2
    ElementTree.fromstring(run("trace", "-o", "svg", "--project", "b").out)
    answer = run("trace", "--project", "c")
    assert (answer.code, "no project is called 'c'" in answer.err) == (2, True)
