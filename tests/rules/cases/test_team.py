"""Rules of the team: the other side removed, other spellings, and what only looks wrong."""

import pytest

from mlgov.catalogue import installed_rules
from mlgov.testkit import judged

RULES = {rule.code: rule for rule in installed_rules()}
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: pre_launch}\n"


def messages(code: str, manifest: str, **files: str) -> list[str]:
    """What one rule reports about a manifest; nothing else may be wrong with it."""
    verdicts = judged(RULES[code], {"mlgov.yaml": HEAD + manifest, **files}).verdicts
    assert {v.code for v in verdicts} <= {code}, [v.message for v in verdicts]
    return [v.message for v in verdicts]


@pytest.mark.parametrize(
    "criterion",
    [
        "F1 > .9 by Q3", "accuracy of 95%", "model beats the baseline", "launched on time", "hits the quarterly targets",
        "ships by Friday", "success of the experiment", "정확도 95% 이상", "목표 달성", "프로젝트 성공 여부", "revenue >= 1000",
    ],
)  # fmt: skip
def test_outcomes_are_told_from_work(criterion: str) -> None:
    assert len(messages("ORG101", f"process: {{review_criteria: ['{criterion}']}}")) == 1


@pytest.mark.parametrize(
    "criterion",
    [
        "code quality", "documentation", "collaboration", "clear reports of what did not work", "release notes are complete",
        "experiments are reproducible", "precision of language", "reviews within 2 days", "not whether the launch succeeds",
        "문서화", "코드 리뷰 참여", "실험 기록의 재현 가능성", "지표 선택의 근거", "independent of project success",
    ],
)  # fmt: skip
def test_work_is_not_an_outcome(criterion: str) -> None:
    assert messages("ORG101", f"process: {{review_criteria: ['{criterion}']}}") == []


def test_the_criterion_is_not_printed_as_a_whole() -> None:
    assert messages("ORG101", "process: {review_criteria: ['Kim: F1 > 0.9']}") == [
        "the review criterion 'F1 > 0.9' ties a person to an outcome"
    ]


QUIET = {
    "no confidence": ("ORG102", "plan: {tasks: [{id: a, p_success: 0.1}], milestones: [{id: m, requires: [a]}]}"),
    "no tasks": ("ORG102", "plan: {milestones: [{id: m, confidence: 0.9}]}"),
    "printed precision": (
        "ORG102",
        "plan: {tasks: [{id: a, p_success: 0.647}], milestones: [{id: m, confidence: 0.65, requires: [a]}]}",
    ),
    "a circle of tasks": (
        "ORG102",
        (
            "plan: {tasks: [{id: a, p_success: 0.9, requires: [b]}, {id: b, p_success: 0.9, requires: [a]}],"
            " milestones: [{id: m, confidence: 0.8, requires: [a]}]}"
        ),
    ),
    "no list of people": ("ORG201", "risks: [{id: r, owner: kim}]"),
    "no holders": ("ORG201", "team: {people: [{id: ada}]}"),
    "a channel": ("ORG201", "team: {people: [{id: ada}]}\nprocess: {escalation: {contact: '#churn'}}"),
    "a link is not followed": (
        "ORG202",
        "team: {roles: [{role: mlops, holders: [sam], deliverables: ['https://wiki.example.org/x']}]}",
    ),
    "no archetype": ("ORG203", "team: {ownership: {model: cy}, roles: [{role: ml_researcher, holders: [cy]}]}"),
    "the owner has no role": (
        "ORG203",
        "team: {archetype: independent, ownership: {model: cy}, roles: [{role: ml_researcher, holders: [bo]}]}",
    ),
    "one person is both": (
        "ORG203",
        (
            "team: {archetype: embedded, ownership: {model: cy},"
            " roles: [{role: ml_researcher, holders: [cy]}, {role: ml_engineer, holders: ['@cy']}]}\n"
            "plan: {tasks: [{id: a, assignees: [cy, di]}]}"
        ),
    ),
    "no list in the document": (
        "ORG204",
        "metrics: [{id: f1}]\nprocess: {questions: {quality_metrics: {answer: ROC AUC}}}",
    ),
    "nothing configured": ("ORG204", "process: {questions: {quality_metrics: {items: [ROC AUC]}}}"),
    "an old decision": (
        "ORG204",
        (
            "training: {candidates: [{id: gbm}, {id: logreg}], selection: {selected: gbm}}\n"
            "process: {decisions: [{status: superseded, decision: logreg}, {status: accepted, decision: gbm}]}"
        ),
    ),
    "one day of slack": (
        "ORG205",
        "plan: {tasks: [{id: a, end: 2026-10-31}, {id: b, start: 2026-10-30, requires: [a]}]}",
    ),
    "no dates": ("ORG205", "plan: {tasks: [{id: a}, {id: b, start: 2026-10-30, requires: [a]}]}"),
    "no deadline": ("ORG205", "plan: {tasks: [{id: a, end: 2036-10-31}]}"),
}


@pytest.mark.parametrize("name", QUIET)
def test_stays_quiet(name: str) -> None:
    assert messages(*QUIET[name]) == []


@pytest.mark.parametrize(
    ("chance", "confidence", "fires"),
    [("0.5", "0.65", True), ("50%", "65%", True), ("0.7", "65%", False), ("0.85", "committed", True)],
)
def test_probabilities_in_any_unit(chance: str, confidence: str, fires: bool) -> None:
    plan = f"plan: {{tasks: [{{id: a, p_success: {chance}}}], milestones: [{{id: m, confidence: {confidence}, requires: [a]}}]}}"
    assert bool(messages("ORG102", plan)) is fires


@pytest.mark.parametrize(
    ("mine", "theirs", "differ"),
    [
        ("MIT", "mit", False),
        ("The MIT License", "mit", False),
        ("Apache License, Version 2.0", "apache-2.0", False),
        ("GPL-3.0-or-later", "gpl-3.0", False),
        ("MIT OR Apache-2.0", "apache-2.0", False),
        ("CC-BY-4.0", "cc-by-nc-4.0", True),
        ("BSD 3-Clause", "mit", True),
        ("Proprietary", "mit", False),
    ],
)
def test_licences_are_compared_as_ids(mine: str, theirs: str, differ: bool) -> None:
    manifest = f"apiVersion: mlgov/v1\nproject: {{id: p, license: {{weights: '{mine}'}}}}\n"
    card = f"---\nlicense: {theirs}\nbase_model: org/base\n---\n# Card\n"
    verdicts = judged(RULES["ORG207"], {"mlgov.yaml": manifest, "README.md": card}).verdicts
    assert bool(verdicts) is differ


def test_only_the_case_of_a_codeowners_path_differs() -> None:
    found = messages("ORG206", "team: {codeowners: [{pattern: /ML/, owners: ['@a']}]}", **{"ml/train.py": ""})
    assert found == ["the CODEOWNERS pattern /ML/ matches no file; ml differs only in case"]
