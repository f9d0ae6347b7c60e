"""Rules of experiments: other units, the other side removed, native experiments, and what only looks wrong."""

import json

import pytest

from mlgov.catalogue import installed_rules
from mlgov.testkit import judged

RULES = {rule.code: rule for rule in installed_rules()}
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn, stage: pre_launch}\n"


def messages(code: str, manifest: str, **more: str) -> list[str]:
    """What one rule reports about a manifest; nothing else may be wrong with it."""
    files = {"mlgov.yaml": HEAD + manifest, **{name.replace("__", "/"): text for name, text in more.items()}}
    verdicts = judged(RULES[code], files).verdicts
    assert {v.code for v in verdicts} <= {code}, [v.message for v in verdicts]
    return [v.message for v in verdicts]


def without(manifest: str, section: str) -> str:
    """The manifest without one of its sections, each of which is one line."""
    return "".join(line + "\n" for line in manifest.splitlines() if not line.startswith(section + ":"))


PLAN = (
    "primary_metrics: [conversion], baseline_rate: 0.10, mde: {value: 0.02, type: absolute}, alpha: 0.05, power: 0.8,"
    " sample_size_per_arm: 2000"
)
ARMS = "arms: [{id: control, control: true, allocation: 0.5}, {id: new, allocation: 0.5}]"
METRIC = "metrics: [{id: conversion, direction: maximize, unit: fraction, scope: online}]\n"
FIRES = {
    "EXP201": (
        "metrics: [{id: a, scope: online, role: primary, target: {min: 1}}, {id: b, scope: online}]\n"
        "experiments: [{id: e, primary_metrics: [b]}]"
    ),
    "EXP202": (
        "metrics: [{id: error_rate, unit: percent}]\nserving: {slos: [{id: s, metric: error_rate, max: 1}]}\n"
        "experiments: [{id: e, guardrails: [{metric: error_rate, margin: 0.4%, baseline: 0.8}]}]"
    ),
    "EXP203": (
        METRIC + "baselines: [{id: b, results: [{metric: conversion, value: 0.031, split: online, n: 20000}]}]\n"
        f"experiments: [{{id: e, {PLAN}}}]"
    ),
    "EXP204": "problem: {scale: {daily_units: 100}}\nexperiments: [{id: e, sample_size_per_arm: 2000, duration: 2w}]",
    "EXP205": "metrics: [{id: m, maturity: 30d}]\nexperiments: [{id: e, duration: 2w, primary_metrics: [m]}]",
    "EXP206": (
        METRIC + "problem: {impact: {expected_effect: {metric: conversion, value: 1%, type: absolute}}}\n"
        f"experiments: [{{id: e, {PLAN}}}]"
    ),
    "EXP301": f"experiments: [{{id: e, {PLAN}}}]",
    "EXP303": f"experiments: [{{id: e, {ARMS}, results: {{counts: {{control: 50912, new: 49088}}}}}}]",
}
# which section may be missing although the rule still knows enough
NEEDLESS = {("EXP301", "metrics")}


@pytest.mark.parametrize("code", FIRES)
def test_fires(code: str) -> None:
    assert len(messages(code, FIRES[code])) == 1


@pytest.mark.parametrize(
    ("code", "section"),
    [(code, line.partition(":")[0]) for code, text in FIRES.items() for line in text.splitlines()],
)
def test_is_silent_where_one_side_is_missing(code: str, section: str) -> None:
    if (code, section) not in NEEDLESS:
        assert messages(code, without(FIRES[code], section)) == []


QUIET = {
    "a traffic split is no experiment": ("EXP102", "", {"k8s__rollout.yaml": """
apiVersion: argoproj.io/v1alpha1
kind: Experiment
metadata: {name: try}
spec: {duration: 10m, templates: [{name: old, weight: 1}, {name: new, weight: 1}]}
"""}),
    "an experiment of the past": ("EXP204", "experiments: [{id: e, end: 2026-01-14, start: 2026-01-01, sample_size_per_arm: 20000, expected_units_per_day: 10}]", {}),
    "about so many": ("EXP204", "experiments: [{id: e, sample_size_per_arm: 1500, expected_units_per_day: ~200, duration: 14d}]", {}),
    "about so many units": ("EXP301", METRIC + f"experiments: [{{id: e, {PLAN.replace('2000', '~3800')}}}]", {}),
    "a rate that falls needs less": (
        "EXP301",
        "metrics: [{id: conversion, direction: minimize}]\n" + f"experiments: [{{id: e, {PLAN.replace('2000', '3300')}}}]",
        {},
    ),
    "no direction: the kinder one": ("EXP301", f"experiments: [{{id: e, {PLAN.replace('2000', '3300')}}}]", {}),
    "CUPED by nobody knows how much": (
        "EXP301",
        METRIC + f"experiments: [{{id: e, {PLAN}, variance_reduction: {{method: cuped}}}}]",
        {},
    ),
    "a bare number beside seconds": (
        "EXP301",
        "experiments: [{id: e, baseline_mean: 2s, standard_deviation: 500, mde: {value: 20ms, type: absolute}, alpha: 0.05, power: 0.8, sample_size_per_arm: 50}]",
        {},
    ),
    "per cent or a fraction": (
        "EXP301",
        ("metrics: [{id: conversion, direction: maximize, unit: percent}]\n"
        f"experiments: [{{id: e, {PLAN.replace('2000', '3900')}}}]"),
        {},
    ),
    "sizes that no formula takes": (
        "EXP301",
        "experiments: [{id: e, baseline_mean: 1, standard_deviation: 1e-320, mde: {value: 1e300, type: absolute}, alpha: 0.05, power: 0.8, sample_size_per_arm: 5}]",
        {},
    ),
    "a negative spread": (
        "EXP301",
        "experiments: [{id: e, baseline_mean: 1, standard_deviation: -2, mde: {value: 0.1, type: absolute}, alpha: 0.05, power: 0.8, sample_size_per_arm: 5}]",
        {},
    ),
    "a printed rate": (
        "EXP203",
        METRIC + "baselines: [{id: b, results: [{metric: conversion, value: 0.1011, split: online, n: 2000000}]}]\n"
        + f"experiments: [{{id: e, {PLAN}}}]",
        {},
    ),
    "an offline value": (
        "EXP203",
        METRIC + "baselines: [{id: b, results: [{metric: conversion, value: 0.5, split: test, n: 20000}]}]\n"
        + f"experiments: [{{id: e, {PLAN}}}]",
        {},
    ),
    "what chance would do": ("EXP203", METRIC + "baselines: [{id: b, kind: random, results: [{metric: conversion, value: 0.5, split: online, n: 20000}]}]\n" + f"experiments: [{{id: e, {PLAN}}}]", {}),
    "another metric was promised": (
        "EXP206",
        ("metrics: [{id: conversion}, {id: revenue}]\nproblem: {impact: {expected_effect: {metric: revenue, value: 1%, type: relative}}}\n"
        f"experiments: [{{id: e, {PLAN}}}]"),
        {},
    ),
    "no counts": ("EXP303", f"experiments: [{{id: e, {ARMS}, results: {{counts: {{control: 0, new: 0}}}}}}]", {}),
    "an arm more": ("EXP303", f"experiments: [{{id: e, {ARMS}, results: {{counts: {{control: 912, new: 488, holdout: 5}}}}}}]", {}),
    "a result of CUPED": (
        "EXP305",
        f"experiments: [{{id: e, {ARMS}, variance_reduction: {{method: cuped}}, results: {{counts: {{control: 10000, new: 10000}}, successes: {{control: 1000, new: 1050}}, p_value: 0.02}}}}]",
        {},
    ),
    "not significant": ("EXP305", "experiments: [{id: e, alpha: 0.05, results: {effect: 0.4, ci: {low: -0.2, high: 1.1}, decision: not significant, keep the old}}]", {}),
    "insignificant": ("EXP305", "experiments: [{id: e, alpha: 0.05, results: {effect: 0.4, ci: {low: -0.2, high: 1.1}, decision: statistically insignificant}}]", {}),
    "a wider interval": ("EXP305", "experiments: [{id: e, alpha: 0.05, results: {effect: 0.4, ci: {low: -0.1, high: 0.9, level: 0.99}, p_value: 0.03}}]", {}),
    "peeking is its own finding": (
        "EXP305",
        "experiments: [{id: e, status: stopped, sample_size_per_arm: 8400, sequential: {looks: 14}, results: {counts: {a: 4020, b: 3980}, decision: ship}}]",
        {},
    ),
    "the switched-off arm of a native file": ("EXP101", "", {"flags.json": json.dumps({
        "$schema": "https://flagd.dev/schema/v0/flags.json",
        "flags": {"m": {"state": "ENABLED", "variants": {"a": "1", "b": "2"}, "defaultVariant": "a", "targeting": {"fractional": [{"var": "id"}, ["a", 100], ["b", 0]]}}},
    })}),
    "a plan that a native file completes": (
        "EXP002",
        "experiments: [{id: calls_a, primary_metrics: [m], alpha: 0.05, power: 0.8, mde: {value: 0.1, type: relative}, baseline_rate: 0.1, sample_size_per_arm: 9000, sequential: {looks: 1}, decision_rule: d, srm_check: {alpha: 0.001}}]",
        {"growthbook.json": json.dumps({"experiment": {
            "trackingKey": "calls-a", "hypothesis": "h", "hashAttribute": "user", "variations": [{"id": "0"}, {"id": "1"}], "settings": {},
            "phases": [{"dateStarted": "2026-01-01T00:00:00Z", "dateEnded": "2026-01-15T00:00:00Z", "coverage": 1, "trafficSplit": []}],
        }})},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_stays_quiet(name: str) -> None:
    code, manifest, more = QUIET[name]
    assert messages(code, manifest, **more) == []


@pytest.mark.parametrize("duration", ["10d", "240h", "1w 3d".replace(" ", "")])
def test_the_length_is_judged_in_any_unit(duration: str) -> None:
    assert len(messages("EXP102", f"experiments: [{{id: e, duration: {duration}}}]")) == 1


@pytest.mark.parametrize(
    "effect", ["0.02, type: absolute", "2%, type: absolute", "0.2, type: relative", "20%, type: relative"]
)
@pytest.mark.parametrize("rate", ["0.10", "10%"])
@pytest.mark.parametrize(("size", "fires"), [(3838, True), (3839, False)])
def test_the_size_is_judged_in_any_unit(effect: str, rate: str, size: int, fires: bool) -> None:
    plan = f"primary_metrics: [conversion], baseline_rate: {rate}, mde: {{value: {effect}}}, alpha: 5%, power: 80%, sample_size_per_arm: {size}"
    found = messages("EXP301", METRIC + f"experiments: [{{id: e, {plan}}}]")
    assert bool(found) is fires
    assert not fires or "3839 are needed" in found[0]


@pytest.mark.parametrize(("looks", "error"), [(2, "0.08"), (14, "0.22"), (5000, "at least 0.")])
def test_peeking_tells_the_real_error(looks: int, error: str) -> None:
    (found,) = messages("EXP103", f"experiments: [{{id: e, alpha: 0.05, sequential: {{looks: {looks}}}}}]")
    assert error in found


def test_a_mismatch_of_the_sample_silences_the_result() -> None:
    manifest = f"experiments: [{{id: e, {ARMS}, results: {{counts: {{control: 50912, new: 49088}}, effect: 1.0, ci: {{low: 2.0, high: 3.0}}}}}}]"
    assert len(messages("EXP303", manifest)) == len(messages("EXP305", manifest)) == 1
    assert "EXP305" in RULES["EXP303"].implies


@pytest.mark.parametrize(("analysed", "fires"), [("payment", True), ("card", False), ("household", False)])
def test_units_of_payments(analysed: str, fires: bool) -> None:
    plan = f"experiments: [{{id: a, randomization_unit: card, analysis_unit: {analysed}}}]\n"
    assert bool(messages("EXP104", plan)) is fires
