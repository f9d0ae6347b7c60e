"""Requirement rules: single faults in a complete project, other units, the other side removed, what only looks wrong."""

from pathlib import Path

import pytest

from mlgov.catalogue import installed_formats, installed_rules
from mlgov.engine import Plan, judge
from mlgov.inventory import take
from mlgov.lifecycle.assembly import assemble
from mlgov.snapshot import MemoryTree
from mlgov.testkit import judged

RULES = {rule.code: rule for rule in installed_rules()}
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: pre_launch}\n"
EXAMPLE = Path(__file__).parents[3] / "examples" / "churn"
COMPLETE = {str(p.relative_to(EXAMPLE)): p.read_text("utf-8") for p in sorted(EXAMPLE.rglob("*")) if p.is_file()}


def messages(code: str, manifest: str, more: dict[str, str] | None = None) -> list[str]:
    """What one rule reports about a manifest; nothing else may be wrong with it."""
    verdicts = judged(RULES[code], {"mlgov.yaml": HEAD + manifest, **(more or {})}).verdicts
    assert {v.code for v in verdicts} <= {code}, [v.message for v in verdicts]
    return [v.message for v in verdicts]


# one fault in the complete project: the text that is replaced, and by what
PLANTED = {
    "REQ001": ("business_goal: keep more customers with the call capacity that exists", "business_goal: TBD"),
    "REQ002": ("  why: calls are the largest retention cost\n", ""),
    "REQ003": (", baseline: rules_2024, why_not: misses leavers without tickets", ""),
    "REQ004": ("    repetition: {answer: yes, reason: agents judge thousands of accounts per day}\n", ""),
    "REQ005": ("  ethics_review: {outcome: pass, reviewer: eva, date: 2026-06-10}\n", ""),
    "REQ006": ("    data_access: easy\n", ""),
    "REQ007": ("  type: human-in-the-loop\n", ""),
    "REQ008": (", priority: accuracy, prediction_frequency", ", prediction_frequency"),
    "REQ009": ("  failure: {consequence: minor, description: a needless call or a missed customer}\n", ""),
    "REQ010": ("  - {of: problem, by: eva, on: 2026-11-16, outcome: approved}\n", ""),
    "REQ101": (", metric: retention_30d, target: {min: 0.82}, due: 2027-03-31}]", "}]"),
    "REQ102": ("complexity: {answer: high,", "complexity: {answer: low,"),
    "REQ201": ("risk_tier: medium", "risk_tier: low\n  x-note: low"),
    "REQ202": (", verification: review, priority: should", ", priority: should"),
    "REQ203": ("threshold: 0.62, acceptable: {min: 0.60}", "threshold: 0.62, acceptable: {min: 0.55}"),
    "REQ204": ("budget: {amount: 60000,", "budget: {amount: 6000,"),
}


@pytest.mark.parametrize("code", PLANTED)
def test_the_complete_project_is_clean_and_one_fault_is_found(code: str) -> None:
    old, new = PLANTED[code]
    text = COMPLETE["mlgov.yaml"]
    assert old in text
    broken = text.replace(old, new)
    if code == "REQ201":
        broken = broken.replace("consequence: minor", "consequence: serious")
    for manifest, count in ((text, 0), (broken, 1)):
        found = judged(RULES[code], {**COMPLETE, "mlgov.yaml": manifest}, "standard").verdicts
        assert len([v for v in found if v.code == code]) == count


QUIET = {
    "an excused section": ("REQ001", "problem: {not_applicable: {reason: a purchased model}}"),
    "an excused part": (
        "REQ009",
        "problem: {business_goal: g, error_cost: {not_applicable: {reason: r}}, failure: {consequence: minor}}",
    ),
    "an excused answer": (
        "REQ004",
        (
            "problem: {business_goal: g, ml_fit: {pattern: yes, objective_function: yes, complexity: high, data_exists: yes,"
            " repetition: {not_applicable: {reason: done once}}}}"
        ),
    ),
    "an unknown label cost": (
        "REQ006",
        (
            "problem: {business_goal: g, impact: {economic: much, product_need: n, automates: a},\n"
            "  feasibility: {data_access: unknown, label_cost: unknown, data_needed: ~10, data_quality: unknown,"
            " accuracy_need: partly, precedents: [p], human_solvable: no}, readiness: {data_collection: yes, staff: no}}"
        ),
    ),
    "another wiki": ("REQ101", "problem: {business_goal: g, statement: https://wiki.example.org/p}"),
    "a percent in Korean": (
        "REQ101",
        "problem: {business_goal: g, objectives: [{id: a, statement: 재구매율 3% 향상}]}",
    ),
    "no stages": ("REQ102", "problem: {ml_fit: {complexity: low}}\nrollout: {tool: argo}"),
    "a parent is covered": (
        "REQ102",
        (
            "problem: {ml_fit: {pattern: no}}\nrollout: {stages: [{id: full, kind: full}]}\n"
            "risks: [{id: r, covers: problem.ml_fit, mitigation: a person decides}]"
        ),
    ),
    "unknown is no contraindication": (
        "REQ102",
        "problem: {ml_fit: {data_exists: unknown}}\nrollout: {stages: [{id: full, kind: full}]}",
    ),
    "words that hold other words": (
        "REQ201",
        "project: {id: churn, risk_tier: low, domain: [telecommunications, discredited papers]}",
    ),
    "a metric tests it": (
        "REQ202",
        "metrics: [{id: recall}]\nproblem: {requirements: [{id: r, statement: s, acceptance: {metric: recall, max: 0.1}}]}",
    ),
    "stricter everywhere": (
        "REQ203",
        (
            "problem: {requirements: [{id: r, acceptance: {metric: latency_p95, max: 0.3}}]}\n"
            "metrics: [{id: latency_p95, unit: s, acceptable: {max: 200ms}}]\n"
            "serving: {slos: [{id: s, metric: latency_p95, max: 250ms}]}"
        ),
    ),
    "the other side of the bound": (
        "REQ203",
        "problem: {requirements: [{id: r, acceptance: {metric: load, max: 9}}]}\nmetrics: [{id: load, acceptable: {min: 1}}]",
    ),
    "another slice": (
        "REQ203",
        (
            "problem: {requirements: [{id: r, acceptance: {metric: recall, min: 0.9}}]}\nmetrics: [{id: recall, unit: fraction}]\n"
            "evaluation: {slices: [{id: young}], acceptance: [{id: a, metric: recall, min: 0.5, slice: young}]}"
        ),
    ),
    "a budget in words": (
        "REQ204",
        "problem: {constraints: {budget: two people for a year}}\ntraining: {cost: {amount: 9, currency: EUR}}",
    ),
    "per fortnight": (
        "REQ204",
        (
            "problem: {constraints: {budget: {amount: 9, currency: EUR}}}\n"
            "serving: {cost: {amount: 9000, currency: EUR, per: fortnight}}"
        ),
    ),
}


@pytest.mark.parametrize("name", QUIET)
def test_stays_quiet(name: str) -> None:
    code, manifest = QUIET[name]
    if manifest.startswith("project:"):
        verdicts = judged(RULES[code], {"mlgov.yaml": "apiVersion: mlgov/v1\n" + manifest}).verdicts
        assert verdicts == ()
    else:
        assert messages(code, manifest) == []


@pytest.mark.parametrize("required", ["0.90", "90%"])
@pytest.mark.parametrize(("enforced", "unit"), [("0.85", "fraction"), ("85", "percent"), ("85%", "fraction")])
def test_a_requirement_is_compared_in_any_unit(required: str, enforced: str, unit: str) -> None:
    bare = "90" if unit == "percent" and "%" not in required else required
    found = messages(
        "REQ203",
        f"problem: {{requirements: [{{id: r1, acceptance: {{metric: recall, min: {bare}}}}}]}}\n"
        f"metrics: [{{id: recall, unit: {unit}, acceptable: {{min: {enforced}}}}}]\n",
    )
    assert len(found) == 1
    assert "requirement r1 says recall min" in found[0]


def test_one_requirement_that_two_places_undercut_is_one_finding() -> None:
    manifest = (
        "problem: {requirements: [{id: r1, acceptance: {metric: recall, min: 0.9}}]}\n"
        "metrics: [{id: recall, unit: fraction, acceptable: {min: 0.85}}]\n"
        "evaluation: {acceptance: [{id: a, metric: recall, min: 0.8}]}\n"
    )
    (found,) = messages("REQ203", manifest)
    assert found.endswith("the acceptable bound enforces min 0.85, release criterion a enforces min 0.8 (weaker)")


@pytest.mark.parametrize("gone", ["problem", "metrics"])
def test_without_one_side_nothing_is_compared(gone: str) -> None:
    manifest = (
        "problem: {requirements: [{id: r1, acceptance: {metric: recall, min: 0.9}}]}\n"
        "metrics: [{id: recall, unit: fraction, acceptable: {min: 0.85}}]\n"
    )
    lines = [line for line in manifest.splitlines(keepends=True) if not line.startswith(gone)]
    assert messages("REQ203", "".join(lines)) == []


def test_short_reasons_are_an_option() -> None:
    manifest = (
        "problem:\n  business_goal: g\n"
        "  ml_fit: {pattern: yes, objective_function: yes, complexity: high, data_exists: yes, repetition: yes}\n"
    )
    assert messages("REQ004", manifest) == []

    tree = MemoryTree({"mlgov.yaml": HEAD + manifest})
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    projects = assemble(inventory.evidence, tree, shelf.look_up, "2026-11-20").projects
    plan = Plan((RULES["REQ004"],), "high-risk", lambda _, usual: usual, {"REQ004": {"least_reason": 20}})
    (found,) = judge(plan, projects, {}).verdicts
    assert "the reason of pattern" in found.message


def test_native_documents_are_not_asked_for_presence() -> None:
    for code in ("REQ001", "REQ007", "REQ008"):
        assert judged(RULES[code], {"MODEL_CARD.md": "# Model card\n# Metrics\nAccuracy: 0.9\n"}).verdicts == ()
