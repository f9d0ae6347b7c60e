"""The rubric and the coverage: every piece of evidence exists in the model, and only what applies counts."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from mlgov.catalogue import installed_formats, installed_rules
from mlgov.coverage import STATES, Row, citations, coverage
from mlgov.crosswalk import FRAMEWORKS, framework
from mlgov.engine import Plan, judge
from mlgov.inventory import take
from mlgov.lifecycle.assembly import assemble
from mlgov.lifecycle.manifest import Manifest
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record, record_types
from mlgov.lifecycle.stated import stated
from mlgov.score import Answer, Score, rubric, score
from mlgov.snapshot import MemoryTree
from mlgov.standing import standings
from mlgov.testkit import TODAY

RULES = installed_rules()
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: pre_launch}\n"
TESTS = [test for group in rubric("ml-test-score")["groups"] for test in group["items"]]


def project_of(text: str, **files: str) -> Project:
    tree = MemoryTree({"mlgov.yaml": HEAD + text, **files})
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    return assemble(inventory.evidence, tree, shelf.look_up, TODAY).projects[0]


def examined(text: str, **files: str) -> tuple[Project, Any, Any]:
    project = project_of(text, **files)
    plan = Plan(RULES, "standard", lambda _, usual: usual)
    judgement = judge(plan, [project], {})
    return project, {s.code: s for s in standings(project, RULES, plan, judgement)}, judgement.verdicts


def scored(text: str, **files: str) -> Score:
    return score(*examined(text, **files), "ml-test-score")


def answer(found: Score, test: str) -> Answer:
    return next(a for a in found.answers if a.id == test)


def rows(text: str, name: str = "requirements") -> Mapping[str, Row]:
    return {r.id: r for r in coverage(*examined(text), framework(name), citations(RULES))}


def exists(path: str) -> bool:
    """True if the lifecycle model has such a field."""
    kinds: list[type[Record]] = [Manifest]
    for step in path.replace("[]", "").split("."):
        fields = [f for kind in kinds for n, f in kind.model_fields.items() if step in (f.alias or n, n)]
        if not fields and path.startswith("process.questions."):
            return True
        if not fields:
            return False
        kinds = [kind for field in fields for kind in record_types(field.annotation)]
    return True


def test_the_rubric_has_the_28_tests_in_four_groups() -> None:
    groups = {g["name"]: len(g["items"]) for g in rubric("ml-test-score")["groups"]}
    assert groups == {"Data": 7, "Model": 7, "Infrastructure": 7, "Monitoring": 7}
    assert all(test["documented"] and test["automated"] and test["rules"] for test in TESTS)
    assert {code for test in TESTS for code in test["rules"]} <= {rule.code for rule in RULES}


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_framework_names_source_and_date_and_its_fields_exist(name: str) -> None:
    found = framework(name)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found.date)
    assert found.source
    assert len({r.id for r in found.requirements}) == len(found.requirements)
    assert [f for r in found.requirements for f in r.fields if not exists(f.partition(" = ")[0])] == []


def test_the_frameworks_are_complete() -> None:
    sizes = {name: len(framework(name).requirements) for name in FRAMEWORKS}
    assert sizes == {"requirements": 250, "nist-ai-rmf": 72, "eu-ai-act": 30, "iso-42001": 38}


def test_the_evidence_of_the_rubric_exists_in_the_model() -> None:
    parts = [p.strip() for t in TESTS for e in (*t["documented"], *t["automated"]) for p in e.split("&")]
    paths = [p.partition(" = ")[0] for p in parts if not p.startswith(("file:", "alert:"))]
    assert [path for path in paths if not exists(path)] == []


def test_no_framework_and_no_state_claims_compliance() -> None:
    words = [*STATES, *(r.text for n in FRAMEWORKS for r in framework(n).requirements)]
    assert not [word for word in words if "complian" in word.lower() or "certif" in word.lower()]


ROLLBACK = "rollout: {stages: [{id: full, kind: full}], rollback: {%s}}\n"
WHOLE = "triggers: [{metric: errors, max: 2%, manual: true}], procedure: docs/x.md, target_version: '1', owner: sam, max_time: 5m"


def test_documented_gives_a_half_and_automated_gives_one() -> None:
    assert answer(scored(""), "Infrastructure 7").points == 0.0
    manual = answer(scored(ROLLBACK % WHOLE), "Infrastructure 7")
    assert (manual.points, manual.reason) == (0.5, "documented: rollout.rollback.procedure")
    assert manual.origins[0].pointer.endswith("/procedure")
    assert answer(scored(ROLLBACK % (WHOLE + ", automatic: true")), "Infrastructure 7").points == 1.0


def test_a_gap_leaves_a_half_and_a_contradiction_nothing() -> None:
    partly = answer(scored(ROLLBACK % "procedure: docs/x.md, automatic: true"), "Infrastructure 7")
    assert partly.points == 0.5
    assert "but DEP003: " in partly.reason
    late = "metrics: [{id: errors, unit: fraction}]\nmonitoring: {alerts: [{name: E, metric: errors, op: gt, threshold: 5%}]}\n"
    against = answer(scored(late + ROLLBACK % WHOLE.replace(", manual: true", "")), "Infrastructure 7")
    assert against.points == 0.0
    assert against.reason.startswith("DEP203: ")


def test_what_is_declared_not_applicable_does_not_count() -> None:
    found = scored("rollout: {not_applicable: {reason: a report}}\n")
    assert answer(found, "Infrastructure 7").points is None
    assert found.sums["Infrastructure"] == 0.0


def test_an_alert_is_automation_only_with_a_level() -> None:
    signal = "monitoring: {signals: [{id: lat, kind: latency, metric: l}], alerts: [{name: Slow, signal: lat%s}]}\n"
    assert stated("alert:latency", project_of(signal % "")) == []
    assert stated("alert:latency", project_of(signal % ", op: gt, threshold: 1"))


def test_files_are_looked_for_below_the_project() -> None:
    assert stated("file:**/tests/**/test_*.py", project_of("", **{"tests/test_a.py": ""}))
    assert not stated("file:**/tests/**/test_*.py", project_of("", **{"src/test_set.py": ""}))


def test_the_total_is_the_smallest_sum() -> None:
    found = scored(ROLLBACK % WHOLE)
    assert set(found.sums) == {"Data", "Model", "Infrastructure", "Monitoring"}
    assert found.total == min(found.sums.values()) == 0.0


def test_placeholders_and_empty_lists_are_no_evidence() -> None:
    assert stated("problem.business_goal", project_of("problem: {business_goal: TODO}\n")) == []
    assert stated("problem.users[]", project_of("problem: {users: []}\n")) == []
    assert stated("baselines[].kind = human", project_of("baselines: [{id: a, kind: random}]\n")) == []


def test_coverage_tells_found_missing_and_not_asked_apart() -> None:
    low = "metrics: [{id: recall, scope: offline, unit: fraction, acceptable: {min: 0.8}}]\n"
    low += "evaluation: {results: [{metric: recall, value: 0.7, split: test}]}\n"
    found = rows("problem: {business_goal: keep customers}\nserving: {not_applicable: {reason: a report}}\n" + low)
    assert found["S4-03"].state == "found"
    assert (found["S1-07"].state, found["S1-07"].gaps[0].code) == ("found, with findings", "EVA203")
    assert (found["S4-12"].state, found["S4-12"].gaps[0].code) == ("missing", "FRM001")
    assert found["S0-13"].state == "outside of what is checked"
    assert found["S4-48"].state == "declared not applicable"


def test_references_of_rules_are_citations() -> None:
    cited = citations(RULES)
    assert {"MEASURE 2.6", "MEASURE 2.7", "Article 15"} <= cited["EVA004"]
    assert {"Annex IV 1(d)", "Annex IV 1(e)"} <= cited["DEP001"]
    assert "Annex IV 2(g)" in cited["EVA203"]
    known = {r.id for name in FRAMEWORKS for r in framework(name).requirements}
    strange = {i for ids in cited.values() for i in ids if i[:1] in "GMA" and i not in known}
    assert strange <= {"GOVERN 4", "Annex IV 1", "Annex IV", "Article 6", "Article 50"}
