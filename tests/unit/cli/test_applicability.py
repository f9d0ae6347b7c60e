"""`mlgov rules --explain-applicability` says of every rule where it stands with a project, and why."""

import json
from pathlib import Path

from mlgov.catalogue import installed_rules

from .conftest import Run

MANIFEST = """\
apiVersion: mlgov/v1
project: {id: churn, stage: development}
problem: {business_goal: keep customers, business_context: mobile contracts}
serving: {not_applicable: {reason: a report for the board}}
metrics: [{id: recall, scope: offline, role: primary, unit: fraction, acceptable: {min: 0.8}}]
evaluation:
  results: [{metric: recall, value: 0.7, split: test}]
baselines: [{id: rules, kind: heuristic, results: [{metric: recall, value: 0.6}]}]
"""


def standing(run: Run, *arguments: str) -> dict[str, dict[str, object]]:
    data = json.loads(run("rules", "--explain-applicability", ".", *arguments, "-o", "json").out)
    (project,) = data["projects"]
    return {row["code"]: row for row in project["rules"]}


def test_every_rule_has_one_state_and_the_counts_add_up(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").write_text(MANIFEST)
    data = json.loads(run("rules", "--explain-applicability", ".", "-o", "json").out)
    (project,) = data["projects"]
    assert [row["code"] for row in project["rules"]] == [rule.code for rule in installed_rules()]
    assert sum(project["summary"].values()) == len(project["rules"])
    assert set(project["summary"]) == {"applied", "abstained", "not applicable"}
    assert all(row["reasons"] for row in project["rules"] if row["state"] != "applied")


def test_the_reason_says_why_a_rule_does_not_apply(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").write_text(MANIFEST)
    rows = standing(run)
    assert (rows["EVA203"]["state"], rows["EVA203"]["findings"]) == ("applied", 1)
    assert rows["CHG501"]["reasons"] == ["it judges a change, which needs --base"]
    assert rows["DEP001"]["reasons"] == ["serving is declared not applicable"]
    assert rows["MON001"]["reasons"] == ["from stage pre_launch on; the project is at development"]
    assert rows["EXP301"]["reasons"] == ["no experiment is stated"]
    assert rows["FRM104"]["state"] == "abstained"
    assert rows["FRM104"]["reasons"] == ["unknown task"]


def test_profile_and_settings_are_respected(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").write_text(MANIFEST)
    assert standing(run, "--profile", "high-risk")["EVA203"]["state"] == "applied"
    (folder / ".mlgov.toml").write_text('ignore = ["EVA203"]\nprofile = "prototype"\n')
    rows = standing(run)
    assert rows["EVA203"]["reasons"] == ["the settings leave it out"]
    assert rows["MOD001"]["reasons"] == ["off in profile prototype"]


def test_the_text_names_project_and_reason(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").write_text(MANIFEST)
    out = run("rules", "--select", "EVA203,EXP301", "--explain-applicability").out
    assert out.startswith("churn: stage development, profile standard: 1 applied, 0 abstained, 1 not applicable\n")
    assert "  EVA203  target-not-met  applied: 1 found\n" in out
    assert "  EXP301  underpowered    not applicable: no experiment is stated\n" in out


def test_an_incomplete_reading_is_no_answer(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").write_text(MANIFEST + "a: [\n")
    answer = run("rules", "--explain-applicability")
    assert answer.code == 2
    assert "mlgov.yaml cannot be read, so the answer would have gaps" in answer.err
    (folder / "mlgov.yaml").unlink()
    assert run("rules", "--explain-applicability").code == 2
    assert run("rules", "--explain-applicability", ".", "-o", "markdown").code == 2
