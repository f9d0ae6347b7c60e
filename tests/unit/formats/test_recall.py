"""What cards, settings and records say that other files can contradict, and what looks so and is not said."""

from typing import Any

import pytest

from tests.unit.formats.reading import facts, project, values

HEAD = "# Model card\n\n## Model architecture\n\n"


def card(body: str, path: str, name: str = "MODEL_CARD.md", **more: str) -> list[Any]:
    return values({name: f"{HEAD}{body}\n", **more}, "model-card", path)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("See the [data card](../docs/DATA_CARD.md#splits).", ["/docs/DATA_CARD.md"]),
        ("See the [data card](<./DATA%20CARD.md> 'title').", ["/models/DATA CARD.md"]),
        ("Tested in `tests/test_fairness.py`.", ["tests/test_fairness.py"]),
        ("Plots in `reports/curve.png`, model in `models/model.pkl`, settings in `conf/a.yaml`.", []),
        ("[paper](https://example.org/paper.md), [mail](mailto:a@example.org), [top](#top), [site](/about)", []),
        ("[outside](../../../other/README.md)", []),
        ("```\npytest tests/test_fairness.py\n[x](gone.md)\n```", []),
        ("![curve](curve.md)", []),
        ("<!-- see [old](old.md) -->", []),
    ],
)
def test_a_card_names_files(line: str, expected: list[str]) -> None:
    assert card(line, "project.card.files[]", "models/MODEL_CARD.md") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("`RandomForestClassifier(n_estimators=100, max_depth=10)`", {"n_estimators": "100", "max_depth": "10"}),
        ("- LogisticRegression (C=1.0, class_weight='balanced')\n- XGBClassifier(eta=0.1)",
         {"logistic_regression_c": "1.0", "logistic_regression_class_weight": "balanced", "xgboost_learning_rate": "0.1"}),
        ("`Pipeline(steps=3)` with `predict(threshold=0.5)`", {}),
    ],
)  # fmt: skip
def test_calls_in_a_card_are_hyperparameters(body: str, expected: dict[str, str]) -> None:
    stated = [f for f in facts({"MODEL_CARD.md": HEAD + body}, "model-card") if "hyperparameters" in f.path]
    assert {f.path.removeprefix("training.hyperparameters."): f.value for f in stated} == expected


def test_the_place_of_an_argument_is_its_value() -> None:
    (fact,) = (f for f in facts({"MODEL_CARD.md": HEAD + "`SVC(C=10)`"}, "model-card") if "hyperparameters" in f.path)
    assert fact.origin.pointer == "@5:8-10"


def test_several_configurations_stand_side_by_side() -> None:
    table = "## Hyperparameters\n\n| Name | Base | Large | Meaning |\n|---|---|---|---|\n| Epochs | 3 | 2 | rounds |\n| Batch size | 2 | 8 | rows |"
    assert card(table, "training.configurations[]") == [
        {"name": "Base", "hyperparameters": {"epochs": "3", "batch_size": "2"}},
        {"name": "Large", "hyperparameters": {"epochs": "2", "batch_size": "8"}},
    ]
    assert not card(table, "training.hyperparameters.epochs")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- **Split:** 80% train / 20% test", {"train": "80%", "test": "20%"}),
        ("| Field | Value |\n|---|---|\n| Split | 70% train / 15% validation / 15% test |",
         {"train": "70%", "validation": "15%", "test": "15%"}),
        ("The split keeps 20% for test.", {}),
        ("- Split: 80% train / 30% test", {}),
        ("| Metric | Train | Test |\n|---|---|---|\n| Disparate impact ratio | 0.8 | 0.2 |", {}),
        ("- Split: 80% train / 20% test\n- Old split: 70% train / 30% test", {}),
    ],
)  # fmt: skip
def test_a_model_card_states_the_whole_split_or_nothing(line: str, expected: dict[str, str]) -> None:
    assert {p["part"]: p["fraction"] for p in card(line, "data.splits.parts[]")} == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- **Target:** `Exited` (1 = left)", ["Exited"]),
        ("- Target: at least 0.8", []),
        ("- Target: customers who leave", []),
        ("- Target: churn", []),
    ],
)
def test_a_model_card_names_its_target_in_code_marks(line: str, expected: list[str]) -> None:
    assert card(line, "data.labels.name") == expected


def test_metrics_of_the_project_count_in_cards_and_readmes() -> None:
    files = {
        "thresholds.yaml": "accuracy: 0.8\ngroundedness: {min: 0.9}\n",
        "PRD.md": "# PRD\n\n| Metric | Target |\n|---|---|\n| Tone of voice | >= 4 |\n",
        "MODEL_CARD.md": "# Model card\n\n## Results\n\n| Metric | Value |\n|---|---|\n| Groundedness | 0.94 |\n| Tone of voice | 4.2 |\n| Colour | 3 |\n",
        "metrics.json": '{"accuracy": 0.9, "groundedness": 0.91, "colour": 3}',
    }
    assert [r["metric"] for r in values(files, "model-card", "evaluation.results[]")] == [
        "Groundedness",
        "Tone of voice",
    ]
    assert [r["metric"] for r in values(files, "metrics", "evaluation.results[]")] == ["accuracy", "groundedness"]


def test_requirements_state_their_bounds() -> None:
    text = "# PRD\n\n## Problem\n\nx\n\n## Requirements\n\n- R1: Recall must be at least 0.80.\n- R2: It is quick.\n\n| Metric | Minimum |\n|---|---|\n| Precision | 60 % |\n| Colour | 3 |\n"
    rows = values({"PRD.md": text}, "product-document", "problem.requirements[]")
    assert [row.get("acceptance") for row in rows] == [
        {"metric": "Recall", "min": "0.80"},
        None,
        {"metric": "Precision", "min": "60 %"},
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("min_f1: 0.7", [{"metric": "f1", "min": 0.7}]),
        ("accuracy: 0.8\nrmse: 12", [{"metric": "accuracy", "min": 0.8}, {"metric": "rmse", "max": 12}]),
        ("accuracy: 0.8\ncreativity: 3", [{"metric": "accuracy", "min": 0.8}]),
        ("- {metric: accuracy, min: 0.8}\n- {name: creativity, at_least: 3}",
         [{"metric": "accuracy", "min": 0.8}, {"metric": "creativity", "min": 3}]),
        ("accuracy: .nan\nf1: yes\nrecall: '0.8'\nprecision: 0.5", [{"metric": "precision", "min": 0.5}]),
    ],
)  # fmt: skip
def test_limits_have_a_side_or_are_left_out(text: str, expected: list[dict[str, Any]]) -> None:
    assert values({"thresholds.yaml": text}, "thresholds", "evaluation.acceptance[]") == expected


def test_a_record_of_an_approval_states_its_basis() -> None:
    text = '{"approved": true, "approver": "eva", "model_id": "m1", "key_metrics": {"accuracy": 0.8, "risk": 3}, "thresholds_used": {"accuracy": 0.7, "disparate_impact_threshold": 0.8}}'
    files = {"approval.json": text}
    assert values(files, "approval-record", "evaluation.results[]") == [{"metric": "accuracy", "value": 0.8}]
    assert values(files, "approval-record", "evaluation.acceptance[]") == [{"metric": "accuracy", "min": 0.7}]
    assert values(files, "approval-record", "evaluation.fairness.limits[]") == [
        {"measure": "demographic_parity_ratio", "min": 0.8}
    ]


def test_a_lock_tells_each_digest_with_its_size_once() -> None:
    entry = "{path: a.csv, md5: e4da3b7fbbce2345d7772b0674a318d5, size: 10}"
    text = (
        f"schema: '2.0'\nstages:\n  one: {{cmd: x, deps: [{entry}]}}\n  two: {{cmd: y, deps: [{entry}, {{path: b}}]}}\n"
    )
    (file,) = values({"dvc.lock": text}, "dvc-lock", "training.pipeline.files[]")
    assert file == {"path": "/a.csv", "digest": "md5-e4da3b7fbbce2345d7772b0674a318d5", "size": 10}


def test_one_training_configuration_counts_and_of_two_none() -> None:
    text = "training: {learning_rate: 0.1, epochs: 3}\n"
    assert facts({"configs/config.yaml": text}, "training-config")
    assert not facts({"configs/config.yaml": text, "configs/train.yaml": text}, "training-config")
    assert not facts({"configs/config.yaml": text, "params.yaml": "a: 1"}, "training-config")


def test_a_page_of_series_belongs_to_the_files_around_it() -> None:
    page = "# Exposed metrics\n\n| Name | Type |\n|---|---|\n| a_total | counter |\n| b_total | counter |\n| c_seconds | histogram |\n"
    found = project(
        {
            "docs/operations/monitoring.md": page,
            "infra/rules.yml": "groups: [{name: g, rules: [{alert: A, expr: a_total > 1}]}]",
        }
    )
    assert found.monitoring.exports == ["a_total", "b_total", "c_seconds"]


def test_another_run_of_the_monitor_is_no_run_of_the_model() -> None:
    text = '{"date": "2026-07-04", "run_id": "m7", "model_version": "1.4", "drift_detected": true}'
    (report,) = values({"monitoring/report.json": text}, "monitoring-report", "monitoring.reports[]")
    assert report == {"file": "/monitoring/report.json", "kind": "drift", "model_version": "1.4", "date": "2026-07-04"}
