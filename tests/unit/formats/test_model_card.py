"""Model cards: what lines, tables, sections and front matter state, and what they do not."""

from typing import Any

import pytest

from mlgov.lifecycle.fact import Fact
from tests.unit.formats.reading import facts, inventory, project, values

RESULTS = "evaluation.results[]"
CRITERIA = "evaluation.acceptance[]"


def card(body: str, path: str) -> list[Any]:
    return values({"MODEL_CARD.md": f"# Model card\n\n## Results\n\n{body}\n"}, "model-card", path)


def row(metric: str, value: str, **more: Any) -> dict[str, Any]:
    return {"metric": metric, "value": value, **more}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- **ROC AUC**: 0.95", row("ROC AUC", "0.95")),
        ("Accuracy: 85.7 %", row("Accuracy", "85.7 %")),
        ("**Accuracy:** ~0.9", row("Accuracy", "~0.9")),
        ("- F1 = 0.71", row("F1", "0.71")),
        ("- Accuracy: 0.95 on the test set (n = 500)", row("Accuracy", "0.95", split="test", n="500")),
        ("- Test recall: 0.5", row("Test recall", "0.5", split="test")),
        ("- RMSE: $4,794", row("RMSE", "4,794")),
        ("- 정확도: 0.91", row("정확도", "0.91")),
        ("| Field | Value |\n|---|---|\n| Accuracy | 0.9 |", row("Accuracy", "0.9")),
    ],
)
def test_a_line_states_a_result(line: str, expected: dict[str, Any]) -> None:
    assert expected in card(line, RESULTS)


@pytest.mark.parametrize(
    "line",
    [
        "- Threshold for alerts: 0.9",
        "- Accuracy: improved by 0.9",
        "- Accuracy: 0.8-0.9",
        "```\nAccuracy: 0.9\n```",
        "    Accuracy: 0.9",
        "![Accuracy: 0.9](https://badge.example.org/x.svg)",
        "[![Accuracy: 0.9](https://badge.example.org/x.svg)](https://example.org)",
        "<!-- Accuracy: 0.9 -->",
        "| Epoch | Accuracy |\n|---|---|\n| 1 | 0.8 |\n| 2 | 0.9 |",
        "| Column | Mean |\n|---|---|\n| age | 43.1 |",
        "| Metric | Description |\n|---|---|\n| Accuracy | share of right answers |",
        "- Accuracy: the share of 100 right answers",
    ],
)
def test_other_numbers_are_no_results(line: str) -> None:
    assert card(line, RESULTS) == []


def test_numbers_under_examples_and_history_are_not_read() -> None:
    body = "## Example output\n\n- Accuracy: 0.9\n\n## Version history\n\n- Accuracy: 0.8\n\n| Metric | Value |\n|---|---|\n| F1 | 0.7 |"
    assert card(body, RESULTS) == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("| Metric | Train | Test |\n|---|---|---|\n| **AUC** | 0.87 | **0.85** |",
         [row("AUC", "0.87", split="train"), row("AUC", "0.85", split="test")]),
        ("| Split | Accuracy | F1 ↑ |\n|---|---|---|\n| Validation | 0.8 | 0.7 |",
         [row("Accuracy", "0.8", split="validation"), row("F1", "0.7", split="validation")]),
        ("| Metric | Value |\n|---|---|\n| Validation F1 Macro | 0.971 |",
         [row("Validation F1 Macro", "0.971", split="validation")]),
        ("| Model | AUC |\n|---|---|\n| A | 0.8 |\n| B (ours) | 0.9 |",
         [row("AUC", "0.8", variant="A"), row("AUC", "0.9")]),
        ("| Model | AUC |\n|---|---|\n| XGBoost | 0.8 |", [row("AUC", "0.8")]),
        ("| Gender | Recall | n |\n|---|---|---|\n| female | 0.6 | 1,200 |\n| all | 0.7 | 2,000 |",
         [row("Recall", "0.6", slice="female", n="1,200"), row("Recall", "0.7", n="2,000")]),
        ("| Dataset | Metric | Value |\n|---|---|---|\n| A1 | WER | 4.1 |", [row("WER", "4.1", dataset="A1")]),
        ("| Metric | v2 | v3 |\n|---|---|---|\n| AUC | 0.7 | 0.8 |",
         [row("AUC", "0.7", model_version="v2"), row("AUC", "0.8", model_version="v3")]),
        ("| Threshold | Precision | Recall |\n|---|---|---|\n| 0.5 | 0.6 | 0.7 |",
         [row("Precision", "0.6", threshold="0.5"), row("Recall", "0.7", threshold="0.5")]),
        ("| Metric | Box | Mask |\n|---|---|---|\n| AP | 0.806 (80.6%)| 0.752 |",
         [row("AP", "0.806", variant="Box"), row("AP", "0.752", variant="Mask")]),
        ("| Metric | Value | Status |\n|---|---|---|\n| AUC | ✅ 0.9 | ✅ |", [row("AUC", "0.9")]),
        ("| Metric | Cross-Validation |\n|---|---|\n| R² | 0.758 ± 0.023 |",
         [row("R²", "0.758", split="cross_validation", sd="0.023")]),
        ("| 지표 | 테스트 | 목표 |\n|---|---|---|\n| 재현율 | 0.61 | 0.75 이상 |", [row("재현율", "0.61", split="test")]),
    ],
)  # fmt: skip
def test_a_table_states_results(table: str, expected: list[dict[str, Any]]) -> None:
    assert card(table, RESULTS) == expected


def test_a_column_may_be_a_baseline_or_a_target() -> None:
    table = "| Metric | Test | Baseline | Target |\n|---|---|---|---|\n| Recall | 0.53 | 0.40 | ≥ 0.60 |\n| MAPE | 27.6% | 30% | 15% |"
    assert card(table, RESULTS) == [row("Recall", "0.53", split="test"), row("MAPE", "27.6%", split="test")]
    assert card(table, CRITERIA) == [{"metric": "Recall", "min": "0.60"}, {"metric": "MAPE", "max": "15%"}]
    assert card(table, "baselines[]") == [{"id": "baseline", "results": [row("Recall", "0.40"), row("MAPE", "30%")]}]


def test_a_row_may_be_a_baseline() -> None:
    table = "| Model | Acc |\n|---|---|\n| 1. Baseline logreg | 0.793 |\n| 2. Balanced | 0.753 |\n| **3. EG (shipped)** | 0.777 |"
    assert card(table, "baselines[]") == [
        {"id": "baseline_logreg", "kind": "simple_model", "results": [row("Acc", "0.793")]}
    ]
    assert card(table, RESULTS) == [row("Acc", "0.753", variant="Balanced"), row("Acc", "0.777")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Target: recall >= 0.6", {"metric": "recall", "min": "0.6"}),
        ("- Minimum ROC-AUC: 0.80", {"metric": "roc_auc", "min": "0.80"}),
        ("- Accuracy: ≥ 90 %", {"metric": "Accuracy", "min": "90 %"}),
        ("- Maximum RMSE: 3.5", {"metric": "rmse", "max": "3.5"}),
        ("- RMSE target: 3.5", {"metric": "rmse", "max": "3.5"}),
        ("### Acceptance criteria\n\n- recall must be at least 75 %", {"metric": "recall", "min": "75 %"}),
        ("### Targets\n\n- Recall: 0.75", {"metric": "Recall", "min": "0.75"}),
    ],
)
def test_a_line_states_a_criterion(line: str, expected: dict[str, Any]) -> None:
    assert card(line, CRITERIA) == [expected]
    assert card(line, RESULTS) == []


def test_a_heading_or_a_sentence_tells_the_split_and_the_number_of_items() -> None:
    table = "| Metric | Value |\n|---|---|\n| F1 | 0.7 |"
    assert card(f"### Held-out test set, n = 300\n\n{table}", RESULTS) == [row("F1", "0.7", split="test", n="300")]
    assert card(f"On the validation set it reaches:\n\n{table}", RESULTS) == [row("F1", "0.7", split="validation")]
    assert card(f"### Performance at threshold (0.5)\n\n{table}", RESULTS) == [row("F1", "0.7", threshold="0.5")]
    assert card(f"We split into train and test set and training set.\n\n{table}", RESULTS) == [row("F1", "0.7")]


def test_what_the_card_says_once_holds_for_all_its_numbers() -> None:
    body = "- Version: v3\n- Evaluated on: data/train.csv\n- Evaluation date: 2026-10-01\n\n| Metric | Value |\n|---|---|\n| F1 | 0.7 |"
    (found,) = (f for f in facts({"MODEL_CARD.md": f"# Model card\n\n{body}\n"}, "model-card") if f.path == RESULTS)
    assert found.value == row(
        "F1", "0.7", model_version="v3", dataset="data/train.csv", date="2026-10-01", split="train"
    )
    assert found.parts["model_version"].pointer == "@3:12-14"


def test_a_test_set_has_rows() -> None:
    body = "- Test set: 5,000 rows\n- Training set: ~20k rows\n- Test accuracy: 0.9"
    assert card(body, "data.datasets[]") == [{"role": "test", "rows": "5,000"}]
    assert card(body, RESULTS) == [row("Test accuracy", "0.9", split="test", n="5,000")]


def test_the_primary_metric_is_defined() -> None:
    assert card("Primary metric: PR-AUC (test)", "metrics[]") == [
        {"id": "average_precision", "name": "PR-AUC", "role": "primary", "type": "average_precision"}
    ]
    assert card("- **Primary metric**: churn capture", "metrics[]") == [
        {"id": "churn_capture", "name": "churn capture", "role": "primary"}
    ]


@pytest.mark.parametrize(
    ("line", "path", "value"),
    [
        ("- Version: v3", "project.version", "v3"),
        ("**Model version:** 1.4.0", "project.version", "1.4.0"),
        ("License: Apache-2.0", "project.license.weights", "Apache-2.0"),
        ("- Owner: ada@example.org", "team.ownership.model", "ada@example.org"),
        ("- Base model: bert-base-uncased", "training.architecture.base_model", "bert-base-uncased"),
        ("- Decision threshold: 0.62", "training.threshold.value", "0.62"),
        ("- Random seed: 42", "training.lineage.seed", "42"),
        ("- 버전: 2.0.0", "project.version", "2.0.0"),
    ],
)
def test_a_line_states_a_detail(line: str, path: str, value: str) -> None:
    assert card(line, path) == [value]


def test_the_title_names_a_version_where_no_line_does() -> None:
    assert values({"MODEL_CARD.md": "# Churn list v1.2\n"}, "model-card", "project.version") == ["v1.2"]
    assert values({"MODEL_CARD.md": "# Churn list v1.2\n\nVersion: 1.2.0\n"}, "model-card", "project.version") == [
        "1.2.0"
    ]
    assert not values({"MODEL_CARD.md": "# YOLOv5 on COCO\n"}, "model-card", "project.version")


PROSE = """\
# Churn

## 1. Intended Use

Ranking accounts.

- For agents.

**Out of scope:**

- Pricing

## Bias, Risks, and Limitations

1. Young accounts.
2. New countries.

## Training Hyperparameters

- learning_rate: 5e-05

| Name | Value |
|---|---|
| Max depth | 6 |

## Preprocessing

- Scaling

## Factors

Age band.

## Metrics

<!-- nothing yet -->

## Ethical considerations

TBD

## 🚀 Training data:

Accounts of 2026.
"""


def test_sections_hold_what_they_say() -> None:
    found = facts({"docs/model_card.md": PROSE}, "model-card")

    def said(path: str) -> list[Any]:
        return [f.value for f in found if f.path == path]

    assert said("project.card.file") == ["/docs/model_card.md"]
    assert said("project.intended_use") == ["Ranking accounts. For agents."]
    assert said("project.out_of_scope_use[]") == ["Pricing"]
    assert said("evaluation.limitations[]") == [{"statement": "Young accounts."}, {"statement": "New countries."}]
    assert said("data.preprocessing.steps[]") == ["Scaling"]
    assert said("project.card.factors[]") == ["Age band."]
    assert said("training.hyperparameters.learning_rate") == ["5e-05"]
    assert said("training.hyperparameters.max_depth") == ["6"]
    assert said("project.card.sections[]") == ["intended_use", "caveats", "ethics", "factors", "training_data"]


def test_a_placeholder_is_told_at_its_place_and_is_no_text() -> None:
    text = (
        "# Model card\n\n## Intended use\n\nTODO\n\n## Limitations\n\n- [More Information Needed]\n\n```\nTODO\n```\n"
    )
    found = inventory({"MODEL_CARD.md": text})
    assert [(d.code, d.origins[0].pointer) for d in found.defects] == [("INT007", "@5:1"), ("INT007", "@9:3")]
    assert {f.path for e in found.evidence for f in e.facts} == {"project.card.file"}


@pytest.mark.parametrize(
    "line", ["- Cloud provider: N/A", "- Paper: -", "| a | b |\n|---|---|\n| x | — |", "- Known issues: none"]
)
def test_an_answer_is_no_placeholder(line: str) -> None:
    assert not inventory({"MODEL_CARD.md": f"# Model card\n\n## Model details\n\n{line}\n"}).defects


def test_impossible_dates_are_told_at_their_place() -> None:
    text = "# Model card\n\n- Date: 2026-02-30\n\nTrained from 2025-01-01 to 2025-13-01.\n\n`2026-02-31`\n\n```\n2026-02-31\n```\n"
    text += "\nRun 2026-02-30/7, https://example.org/2026-02-30/, id-2026-99-99, 2024-02-29.\n"
    found = inventory({"MODEL_CARD.md": text}).defects
    assert [(d.code, d.origins[0].pointer) for d in found] == [("INT008", "@3:9"), ("INT008", "@5:28")]


FRONT = """\
---
license: other
license_name: churn-licence
datasets: [acme/churn-2026]
metrics: [roc_auc]
base_model: [acme/base]
pipeline_tag: tabular-classification
model-index:
- name: churn
  results:
  - task: {type: tabular-classification}
    dataset: {type: acme/churn-2026, name: Churn 2026, config: eu, split: test, revision: abc1234}
    metrics:
    - {type: roc_auc, value: 0.871, name: Test ROC AUC}
    - {type: f1, value: "63.4 ± 1.2", args: {average: macro}}
    - {type: accuracy, value: [1, 2]}
---
# x
"""


def test_front_matter_states_facts_with_pointers() -> None:
    found = facts({"README.md": FRONT}, "model-card")

    def said(path: str) -> list[Fact]:
        return [f for f in found if f.path == path]

    assert [f.value for f in said("project.license.weights")] == ["churn-licence"]
    assert [f.value for f in said("training.architecture.base_model")] == ["acme/base"]
    assert {f.value for f in said("framing.task")} == {"tabular-classification"}
    assert said("data.datasets[]")[0].value == {"id": "acme/churn-2026", "aliases": ["acme/churn-2026"]}
    assert said("metrics[]")[0].value == {"id": "roc_auc", "type": "roc_auc"}
    where = {"dataset": "acme/churn-2026/eu", "split": "test", "dataset_version": "abc1234"}
    auc, f1 = said(RESULTS)
    assert auc.value == {"metric": "roc_auc", "value": 0.871, **where}
    assert auc.origin.pointer == "/model-index/0/results/0/metrics/0/value"
    assert f1.value == {"metric": "f1", "value": "63.4", "average": "macro", **where}


def test_several_models_and_several_tasks_are_variants() -> None:
    two = "---\nmodel-index:\n- name: a\n  results: [{task: {type: t}, dataset: {type: d, name: d}, metrics: [{type: f1, value: 0.1}]}]\n"
    two += "- name: b\n  results: [{task: {type: t}, dataset: {type: d, name: d}, metrics: [{type: f1, value: 0.2}]}]\n---\n"
    assert [r["variant"] for r in values({"README.md": two}, "model-card", RESULTS)] == ["a", "b"]
    assert not values({"README.md": two}, "model-card", "project.name")
    tasks = "---\nmodel-index:\n- name: a\n  results:\n"
    for task, value in (("x", 0.7), ("y", 0.4)):
        tasks += (
            f"  - {{task: {{type: {task}}}, dataset: {{type: d, name: d}}, metrics: [{{type: f1, value: {value}}}]}}\n"
        )
    found = values({"README.md": tasks + "---\n"}, "model-card", RESULTS)
    assert [(r["variant"], r["value"]) for r in found] == [("x", 0.7), ("y", 0.4)]


@pytest.mark.parametrize(
    "path",
    ["MODEL_CARD.md", "docs/model_card.md", "models/modelcard.md", "model-card.md", "docs/model card.md",
     "model_cards/churn.md", "churn_model_card.md", "references/cards/churn.md", "ModelCard.md"],
)  # fmt: skip
def test_a_card_may_lie_anywhere(path: str) -> None:
    text = "# Churn\n\n## Intended use\n\nA.\n\n## Limitations\n\nB.\n"
    assert values({path: text}, "model-card", "project.card.file") == ["/" + path]


@pytest.mark.parametrize("text", ["# Model Card for churn", "# Model card: churn", "# Model Card"])
def test_a_readme_is_a_card_where_its_title_says_so(text: str) -> None:
    assert values({"README.md": f"{text}\n\n## Uses\n\nA.\n\n## Results\n\nB.\n"}, "model-card", "project.card.file")
    assert not values({"README.md": f"{text}\n\nAll about it.\n"}, "model-card", "project.card.file")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    unix = facts({"README.md": FRONT + "\n## Results\n\n- F1: 0.5\n"}, "model-card")
    windows = (FRONT + "\n## Results\n\n- F1: 0.5\n").replace("\n", "\r\n").encode("utf-8-sig")
    assert facts({"README.md": windows}, "model-card") == unix


def test_a_card_is_compared_at_its_printed_precision() -> None:
    files = {"MODEL_CARD.md": "# Model card\n\n- Test accuracy: 85.7 %\n", "metrics.json": '{"test_accuracy": 0.8571}'}
    said, measured = project(files).results
    assert project(files).comparer.agree(said, measured)


@pytest.mark.parametrize(
    "hostile",
    ["| a " * 20_000 + "|\n" + "|---" * 20_000 + "|\n", "- Accuracy: 0.9\n" * 15_000, "# x\n\nTest set\n\n" * 4_000,
     "Accuracy: " + "0.9 " * 50_000, "- " * 10_000, "2026-02-30 " * 20_000, "**a:**\n\n" * 8_000],
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(hostile: str) -> None:
    found = inventory({"MODEL_CARD.md": "# Model card\n\n" + hostile})
    assert not [d for d in found.defects if d.code == "INT002"]
