"""Evaluation rules: whole repositories without a manifest, other units, the other side removed, what only looks wrong."""

import json
from pathlib import Path

import pytest

import mlgov_rules.evaluation
from mlgov.catalogue import installed_formats, rules_of
from mlgov.engine import Judgement, Plan, judge
from mlgov.finding import Severity
from mlgov.inventory import take
from mlgov.lifecycle.assembly import assemble
from mlgov.snapshot import MemoryTree

RULES = tuple(rules_of(mlgov_rules.evaluation))
HEAD = "apiVersion: mlgov/v1\nproject: {id: churn}\n"
CARD = "# Model card: churn\n\n- **Version**: %s\n\n## Results\n\n| Metric | %s |\n|---|---|\n%s"
CHURN = Path(__file__).resolve().parents[3] / "examples" / "churn"


def judged(files: dict[str, str], profile: str = "standard") -> Judgement:
    """What all rules of the family say about a tree of files."""
    tree = MemoryTree(dict(files))
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    assembled = assemble(inventory.evidence, tree, shelf.look_up, "2026-11-20")
    return judge(Plan(RULES, profile, lambda _, usual: max(usual, Severity.INFO)), assembled.projects, {})


def found(files: dict[str, str] | str, *codes: str) -> list[str]:
    """`CODE message` of what the cross and statistical rules find; of the named rules only, where some are named."""
    verdicts = judged({"mlgov.yaml": HEAD + files} if isinstance(files, str) else files).verdicts
    assert "INT001" not in {v.code for v in verdicts}
    asked = [v for v in verdicts if (v.code in codes if codes else not v.code.startswith("EVA0"))]
    return [f"{v.code} {v.message}" for v in asked]


def metrics(**values: object) -> str:
    """A results file."""
    return json.dumps(values)


def card(version: str, *rows: str, column: str = "Value") -> str:
    """A model card with one table."""
    text = CARD % (version, column, "".join(f"| {row} |\n" for row in rows))
    return text if version else text.replace("- **Version**: \n\n", "")


# card against results file, without a manifest


def test_card_and_results_of_two_versions() -> None:
    files = {"MODEL_CARD.md": card("v3", "ROC-AUC | 0.95"), "metrics.json": metrics(model_version="v2", roc_auc=0.71)}
    assert found(files) == [
        "EVA205 MODEL_CARD.md says ROC-AUC = 0.95 for version v3, metrics.json says roc_auc = 0.71 for version v2"
    ]


@pytest.mark.parametrize(("said", "measured"), [("v2", "v2"), ("v2", "2"), ("", ""), ("v3", ""), ("", "v2")])
def test_card_and_results_of_one_version_or_of_unstated_ones(said: str, measured: str) -> None:
    version = {"model_version": measured} if measured else {}
    files = {"MODEL_CARD.md": card(said, "ROC-AUC | 0.95"), "metrics.json": metrics(roc_auc=0.71, **version)}
    assert found(files) == [
        "EVA204 MODEL_CARD.md says ROC-AUC = 0.95, metrics.json says roc_auc = 0.71, which differs beyond the printed precision"
    ]


@pytest.mark.parametrize(
    ("row", "result"),
    [
        ("F1 | 0.85", {"f1_score": 0.8451}),
        ("F1-Score | 84.5 %", {"f1": 0.8451}),
        ("Accuracy | ~0.85", {"accuracy": 0.841}),
        ("Validation F1 Macro | 0.971", {"val_f1_macro": 0.9709008}),
        ("**Recall** | **0.845**", {"test_recall": 0.84512}),
        ("MAE | 4,521", {"mae": 4521.3}),
        ("F1 | 0.90", {"f1_macro": 0.81}),  # nobody knows how the card's is averaged
        ("Precision@5 | 0.90", {"precision": 0.81}),
        ("Accuracy | 0.90", {"val_accuracy": 0.81, "test_accuracy": 0.79}),  # nor on which split
        ("Accuracy | 0.79", {"val_accuracy": 0.81, "test_accuracy": 0.79}),
        ("Latency p95 | 45 ms", {"latency_p95": 45}),  # nor in which unit
        ("Something else | 0.9", {"accuracy": 0.81}),
    ],
)
def test_numbers_of_a_card_that_are_right_or_cannot_be_compared(row: str, result: dict[str, float]) -> None:
    assert found({"MODEL_CARD.md": card("", row), "metrics.json": metrics(**result)}) == []


@pytest.mark.parametrize(
    ("row", "result"),
    [
        ("F1 | 0.86", {"f1_score": 0.8451}),
        ("Test accuracy | 0.90", {"val_accuracy": 0.90, "test_accuracy": 0.79}),
        ("Accuracy | 85.7%", {"accuracy": 0.812}),
        ("RMSE | 4,396", {"rmse": 4794.2}),
    ],
)
def test_numbers_of_a_card_that_are_wrong(row: str, result: dict[str, float]) -> None:
    assert len(found({"MODEL_CARD.md": card("", row), "metrics.json": metrics(**result)})) == 1


def test_a_card_that_lists_the_other_models_too_is_right_about_one_of_them() -> None:
    files = {"MODEL_CARD.md": card("", "Accuracy | 0.79", "Accuracy | 0.75"), "metrics.json": metrics(accuracy=0.7521)}
    assert found(files) == []


def test_results_that_differ_among_themselves_say_nothing_about_the_card() -> None:
    files = {
        "MODEL_CARD.md": card("", "Accuracy | 0.90"),
        "reports/metrics.json": metrics(accuracy=0.81),
        "metrics/scores.json": metrics(accuracy=0.83),
    }
    assert found(files) == []


def test_one_root_cause_is_one_finding() -> None:
    files = {
        "MODEL_CARD.md": card("", "Accuracy | 0.90", "Accuracy | 0.90"),
        "mlgov.yaml": HEAD
        + "evaluation: {results: [{metric: accuracy, value: 0.81, source: {file: metrics.json, pointer: /accuracy}}]}",
        "metrics.json": metrics(accuracy=0.81),
    }
    assert [f[:6] for f in found(files)] == ["EVA204"]


def test_two_cards_of_which_one_is_also_contradicted_by_the_results() -> None:
    files = {
        "MODEL_CARD.md": card("", "Accuracy | 0.90"),
        "docs/model_card.md": card("", "Accuracy | 0.81"),
        "metrics.json": metrics(accuracy=0.8123),
    }
    assert [f[:6] for f in found(files)] == ["EVA204"]
    del files["metrics.json"]
    assert found(files) == ["EVA212 Accuracy is 0.90 in MODEL_CARD.md and 0.81 in docs/model_card.md"]


def test_cards_of_several_models_do_not_contradict_each_other() -> None:
    files = {
        "docs/churn_model_card.md": card("", "Accuracy | 0.90 | ≥ 0.80", column="Value | Target"),
        "docs/fraud_model_card.md": card("", "Accuracy | 0.70", "Recall | 0.61"),
        "metrics.json": metrics(accuracy=0.70, recall=0.65),
    }
    files = {
        path: text.replace("|---|---|\n| Accuracy | 0.90", "|---|---|---|\n| Accuracy | 0.90")
        for path, text in files.items()
    }
    assert found(files) == []
    files["metrics_fraud.json"] = files.pop("metrics.json")
    assert [f[:6] for f in found(files)] == ["EVA204"]


def test_percent_in_one_file_and_fraction_in_the_other_is_no_mismatch() -> None:
    files = {"MODEL_CARD.md": card("", "Accuracy | 93.1"), "metrics.json": metrics(accuracy=0.93067)}
    assert [f[:6] for f in found(files)] == ["EVA216"]


def test_a_metrics_file_of_the_training_data() -> None:
    results = metrics(model_version="v2", roc_auc=0.99, f1_score=0.98, dataset="data/train.csv")
    (finding,) = found({"metrics.json": results})
    assert finding == "EVA206 roc_auc = 0.99, f1_score = 0.98: presented as final, but measured on the training data"
    assert found({"metrics.json": metrics(roc_auc=0.99, dataset="data/test.csv")}) == []
    assert found({"metrics.json": metrics(train_roc_auc=0.99, test_roc_auc=0.9)}) == []


def test_a_primary_metric_that_no_result_reports() -> None:
    manifest = "metrics: [{id: recall, role: primary}]\n"
    files = {"mlgov.yaml": HEAD + manifest, "metrics.json": metrics(roc_auc=0.9)}
    assert found(files) == ["EVA201 primary metric recall has no result"]
    assert found({"mlgov.yaml": HEAD + manifest, "metrics.json": metrics(test_recall=0.9)}) == []


def test_a_card_that_misses_its_own_target() -> None:
    text = card("", "Recall | 0.667 | 0.536 | ≥ 0.60", "MAPE | 25.3% | 14% | ≤ 15%", column="Train | Test | Target")
    (finding,) = found({"MODEL_CARD.md": text.replace("|---|---|", "|---|---|---|---|")})
    assert finding == "EVA213 MODEL_CARD.md sets Recall min 0.60 and itself reports 0.536"


# the worked example, and its faults


def churn(**changed: tuple[str, str]) -> list[str]:
    """What is found in the worked example after a text in one of its files is replaced."""
    names = {"card": "MODEL_CARD.md", "manifest": "mlgov.yaml", "results": "reports/metrics.json"}
    files = {str(p.relative_to(CHURN)): p.read_text(encoding="utf-8") for p in CHURN.rglob("*") if p.is_file()}
    for which, (old, new) in changed.items():
        assert old in files[names[which]]
        files[names[which]] = files[names[which]].replace(old, new)
    return [f"{v.code} {v.message}" for v in judged(files).verdicts]


def test_the_worked_example_has_no_fault() -> None:
    assert churn() == []


@pytest.mark.parametrize(
    ("which", "old", "new", "code"),
    [
        ("card", "| ROC AUC | 0.871 |", "| ROC AUC | 0.93 |", "EVA204"),
        ("results", '"recall": 0.625', '"recall": 0.595', "EVA204"),
        ("manifest", 'serving:\n  target: cloud', 'serving:\n  x-note: newer\n  target: cloud', ""),
        ("manifest", "tp: 4500, fp: 2500, fn: 2700", "tp: 4400, fp: 2500, fn: 2700", "EVA101"),
        ("manifest", "threshold: 0.62\n  fallback", "threshold: 0.5\n  fallback", "EVA210"),
        ("manifest", "compression: {method: none,", "compression: {method: pruning, variant: half,", "EVA209"),
        ("manifest", "role: primary, direction: maximize, unit: fraction, target: {min: 0.87}, acceptable: {min: 0.85}",
         "role: primary, direction: maximize, unit: fraction, target: {min: 0.95}, acceptable: {min: 0.9}", "EVA203"),
        ("manifest", "min_improvement: 0.01", "min_improvement: 0.05", "EVA203"),
        ("manifest", "max: 0.10}]}", "max: 0.01}]}", "EVA302"),
        ("manifest", "ci: {low: 0.866, high: 0.876", "ci: {low: 0.8705, high: 0.8715", "EVA306"),
        ("manifest", "criteria: [{id: beats_previous, status: passed}]", "criteria: [{id: beats_previous, status: failed}]",
         "EVA214"),
    ],
)  # fmt: skip
def test_the_worked_example_with_a_fault(which: str, old: str, new: str, code: str) -> None:
    codes = {words[:6] for words in churn(**{which: (old, new)})}
    assert (code in codes) if code else not codes


# units, removed sides, NaN


@pytest.mark.parametrize(
    ("value", "bound", "unit", "missed"),
    [
        ("0.84", "{min: 0.9}", "fraction", True),
        ("84%", "{min: 0.9}", "fraction", True),
        ("0.84", "{min: 90%}", "fraction", True),
        ("84", "{min: 90}", "percent", True),
        ("91", "{min: 90}", "percent", False),
        ("0.57", "{max: 57%}", "fraction", False),
        ("57", "{max: 57%}", "percent", False),
        ("250", "{max: 0.2s}", "ms", True),
        ("0.25s", "{max: 200}", "ms", True),
        ("180ms", "{max: 0.2}", "s", False),
        ("250ms", "{max: 0.2}", "s", True),
    ],
)
def test_a_bound_in_any_unit(value: str, bound: str, unit: str, missed: bool) -> None:
    body = (
        "metrics: [{id: m, unit: %s, acceptable: %s}]\nevaluation: {results: [{metric: m, value: %s, split: test}]}\n"
    )
    assert bool(found(body % (unit, bound, value), "EVA203")) is missed


def test_the_end_of_the_interval_can_be_judged_instead_of_the_value() -> None:
    body = "metrics: [{id: accuracy, acceptable: {min: 0.9}}]\nevaluation: {results: [{metric: accuracy, value: 0.91, n: 500}]}\n"
    tree = MemoryTree({"mlgov.yaml": HEAD + body})
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    projects = assemble(inventory.evidence, tree, shelf.look_up, "2026-11-20").projects
    rule = next(r for r in RULES if r.code == "EVA203")
    for confidence, count in ((False, 0), (True, 1)):
        plan = Plan((rule,), "standard", lambda _, usual: usual, {"EVA203": {"confidence": confidence}})
        assert len(judge(plan, projects, {}).verdicts) == count


ONE_SIDED = {
    "EVA202 no baseline": "evaluation: {results: [{metric: recall, value: 0.6, dataset_version: v2}]}",
    "EVA202 no result": "baselines: [{id: b, kind: random, results: [{metric: recall, value: 0.6, dataset_version: v2}]}]",
    "EVA203 no bound": "metrics: [{id: recall}]\nevaluation: {results: [{metric: recall, value: 0.1}]}",
    "EVA203 no result": "metrics: [{id: recall, acceptable: {min: 0.9}}]",
    "EVA205 no version": "evaluation: {results: [{metric: recall, value: 0.6, model_version: v2}]}",
    "EVA208 no limit": "evaluation: {results: [{metric: recall, value: 0.6, slice: s}], slices: [{id: s, attribute: sex}]}",
    "EVA208 one group": (
        "evaluation: {fairness: {limits: [{measure: metric_difference, metric: recall, attribute: sex, max: 0.1}]}, "
        "results: [{metric: recall, value: 0.6, slice: s, counts: {k: 600, n: 1000}}], slices: [{id: s, attribute: sex}]}"
    ),
    "EVA210 not served": "evaluation: {results: [{metric: recall, value: 0.6, threshold: 0.8}]}",
    "EVA210 not evaluated": "serving: {threshold: 0.5}",
    "EVA211 no bound": "evaluation: {results: [{metric: recall, value: 0.1, slice: s}], slices: [{id: s, attribute: sex}]}",
    "EVA213 no result": "evaluation: {acceptance: [{id: a, metric: recall, min: 0.9}]}",
    "EVA301 no baseline": "evaluation: {results: [{metric: accuracy, value: 0.914, n: 500}]}",
    "EVA304 no margin": "evaluation: {claims: [{id: c, kind: noninferior, metric: recall}]}",
    "EVA305 no claim": "evaluation: {trials: {n: 3, failures: 1}}",
}


@pytest.mark.parametrize("body", ONE_SIDED.values(), ids=ONE_SIDED.keys())
def test_with_one_side_removed_nothing_is_found(body: str) -> None:
    assert found(body + "\n") == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("1.4.0", "v1.4.0", False),
        ("1.4", "1.4.2", False),
        ("1.3", "1.4.0", True),
        ("3", "1.4.0", False),
        ("v3", "v2", True),
        ("4f0c2d1", "4f0c2d1aa0", False),
        ("4f0c2d1", "5f0c2d1", True),
        ("2026-01", "2026-02", True),
        ("production", "champion", False),
    ],
)
def test_versions_that_contradict_each_other(one: str, other: str, differ: bool) -> None:
    body = f"evaluation: {{results: [{{metric: recall, value: 0.6, model_version: '{other}'}}]}}\n"
    files = {"mlgov.yaml": HEAD.replace("churn", f"churn, version: '{one}'") + body}
    assert bool(found(files, "EVA205")) is differ


def test_a_served_version_that_waits_for_its_rollout_is_no_mismatch() -> None:
    body = (
        "evaluation: {results: [{metric: recall, value: 0.6, model_version: '1.5'}]}\nserving: {model_version: '%s'}\n"
    )
    assert found(body % "1.4") == []
    assert len(found(body % "1.6", "EVA205")) == 1


def test_arithmetic_in_results_files() -> None:
    assert found({"metrics.json": metrics(precision=0.8, recall=0.6, f1=0.75)})[0].startswith("EVA101 f1 = 0.75")
    assert found({"metrics.json": metrics(precision=0.8, recall=0.6, f1=0.6857142857)}) == []
    assert found({"metrics.json": metrics(precision_macro=0.8, recall_macro=0.6, f1_macro=0.55)}) == []
    assert found({"metrics.json": metrics(precision=0.8, recall_macro=0.6, f1=0.75)}) == []
    single = {"precision": 0.800000011920929, "recall": 0.6000000238418579, "f1": 0.6857143044471741}
    assert found({"metrics.json": metrics(**single)}) == []
    assert found({"metrics.json": metrics(mae=2.0, rmse=2.0000000001, mse=4.0000000001)}) == []
    assert found({"metrics.json": metrics(r2=85.2)}) == []  # may be a percent
    assert len(found({"metrics.json": metrics(r2=1.05, mae=1.0)})) == 1


def test_arithmetic_of_numbers_of_two_models_is_not_done() -> None:
    models = {"forest": {"precision": 0.8, "recall": 0.9}, "linear": {"precision": 0.7, "f1": 0.99, "recall": 0.99}}
    assert [f for f in found({"metrics.json": json.dumps(models)}) if "forest" in f] == []


@pytest.mark.parametrize(
    ("value", "n", "possible"),
    [(0.9137, 200, False), (0.915, 200, True), (0.9137499928474426, 800, True), (0.91, 2000, True)],
)
def test_proportions_in_results_files(value: float, n: int, possible: bool) -> None:
    assert (found({"metrics.json": metrics(accuracy=value, n_samples=n)}, "EVA303") == []) is possible


def test_the_size_of_a_whole_data_set_is_not_what_was_tested() -> None:
    assert found({"metrics.json": metrics(accuracy=0.9137, total_samples=200)}) == []


def test_a_gain_within_noise_in_a_results_file() -> None:
    files = {"metrics.json": metrics(accuracy=0.914, n_test=500, baseline={"accuracy": 0.912})}
    (finding,) = found(files, "EVA301")
    assert finding.endswith("refuted, on n = 500 the smallest possible p is 1 (alpha 0.05)")
    assert found({"metrics.json": metrics(accuracy=0.914, n_test=500, baseline={"accuracy": 0.860})}, "EVA301") == []
    assert found({"metrics.json": metrics(accuracy=0.910, n_test=500, baseline={"accuracy": 0.914})}, "EVA301") == []


def test_many_results_are_judged_in_reasonable_time() -> None:
    classes = {f"class_{i}": {"precision": 0.5, "recall": 0.5, "f1-score": 0.5, "support": 10} for i in range(400)}
    total = {"precision": 0.5, "recall": 0.5, "f1-score": 0.5, "support": 4000}
    report = {**classes, "macro avg": total, "weighted avg": total, "accuracy": 0.5}
    assert found({"classification_report.json": json.dumps(report), "MODEL_CARD.md": card("", "Accuracy | 0.5")}) == []


def test_the_column_of_a_named_baseline_is_not_the_model() -> None:
    manifest = (
        HEAD
        + "metrics: [{id: mae, acceptable: {max: 6.0}}]\nevaluation: {results: [{metric: mae, value: 4.82, n: 90}]}\n"
    )
    files = {"mlgov.yaml": manifest, "MODEL_CARD.md": CARD % ("1.0", "Test | Last week", "| MAE | 4.82 | 7.90 |")}
    assert found({**files, "MODEL_CARD.md": files["MODEL_CARD.md"].replace("|---|---|", "|---|---|---|")}) == []


@pytest.mark.parametrize(("value", "possible"), [("0.905", True), ("90.5 %", True), ("0.095", True), ("0.95", False)])
def test_a_share_of_trials_is_their_number_whatever_the_metric_is_called(value: str, possible: bool) -> None:
    own = f"evaluation: {{results: [{{metric: groundedness, value: {value}, split: test, counts: {{k: 362, n: 400}}}}]}}\n"
    assert (found("metrics: [{id: groundedness, unit: fraction}]\n" + own, "EVA101") == []) is possible


def test_a_card_with_the_right_number_elsewhere_still_contradicts_the_results() -> None:
    front = "---\nmodel-index:\n- name: leaf\n  results:\n  - task: {type: image-classification}\n    dataset: {name: Leaves, type: leaves, split: test}\n    metrics: [{type: accuracy, value: 0.942}]\n---\n"
    results = {"metrics/test.json": metrics(accuracy=0.9417)}
    assert found({"MODEL_CARD.md": front + CARD % ("1.0", "Test", "| Accuracy | 0.942 |"), **results}, "EVA204") == []
    assert found({"MODEL_CARD.md": front + CARD % ("1.0", "Test", "| Accuracy | 0.962 |"), **results}, "EVA204")


@pytest.mark.parametrize("text", ['{"auc": 0.9', "{auc: [1}", "", '{"auc": \x00}'])
def test_a_source_that_cannot_be_parsed_is_told(text: str) -> None:
    manifest = HEAD + "evaluation: {results: [{metric: auc, value: 0.9, source: {file: out/a.json, pointer: /auc}}]}\n"
    tree = MemoryTree({"mlgov.yaml": manifest, "out/a.json": text})
    inventory, shelf = take(tree, installed_formats(), lambda _: True)
    defects = assemble(inventory.evidence, tree, shelf.look_up, "2026-11-20").defects
    assert [d.code for every in defects.values() for d in every] == ["INT011"]


def test_a_broken_file_in_a_folder_of_metrics_is_unreadable() -> None:
    inventory, _ = take(MemoryTree({"metrics/test.json": '{"auc": 0.9'}), installed_formats(), lambda _: True)
    assert [d.code for d in inventory.defects] == ["INT002"]
