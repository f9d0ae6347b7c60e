"""A repository without a manifest: the facts and flaws of six contradictions, each at its exact place."""

from typing import Any

import pytest

from mlgov.finding import Origin
from tests.unit.formats.reading import inventory, place, project

FILES = {
    "MODEL_CARD.md": """\
# Model card: churn

- **Model version**: v3
- Last updated: 2026-02-30

## Intended use

TODO

## Metrics

Primary metric: PR-AUC

| Metric | Value | Baseline |
|---|---|---|
| ROC-AUC | **0.95** | 0.65 |

## Limitations

- Not for accounts younger than 30 days.
""",
    "reports/metrics.json": """\
{
  "model_version": "v2",
  "dataset": "data/train.csv",
  "roc_auc": 0.71
}
""",
    "params.yaml": """\
train:
  learning_rate: 0.1
evaluate:
  min_roc_auc: 0.60
""",
    "data/train.csv": "age,left\n30,0\n",
}


def at(origin: Origin) -> str:
    return place(origin, FILES)


def test_forms_one_project() -> None:
    found = project(FILES)
    assert (found.folder, found.has_manifest, found.stage) == ("", False, "validation")


def test_the_card_and_the_results_speak_about_two_versions() -> None:
    said, measured = project(FILES).results
    assert (said.how, said.literal("value"), said.model_version) == ("declared", "0.95", "v3")
    assert (measured.how, measured.literal("value"), measured.model_version) == ("observed", "0.71", "v2")
    assert at(said.at("value")) == "MODEL_CARD.md:16:15"
    assert at(said.at("model_version")) == "MODEL_CARD.md:3:22"
    assert at(measured.at("value")) == "reports/metrics.json:4:14"
    assert at(measured.at("model_version")) == "reports/metrics.json:2:20"
    comparer = project(FILES).comparer
    assert comparer.same_metric(*project(FILES).results)
    assert not comparer.agree(said, measured)


def test_the_results_come_from_the_training_data() -> None:
    measured = project(FILES).results[1]
    assert (measured.dataset, measured.split) == ("data/train.csv", "train")
    assert at(measured.at("split")) == at(measured.at("dataset")) == "reports/metrics.json:3:14"


def test_the_criterion_lies_below_the_baseline() -> None:
    found = project(FILES)
    (criterion,) = found.evaluation.acceptance
    (baseline,) = found.baselines
    (gate,) = found.training.pipeline.gates
    assert (criterion.metric, criterion.literal("min")) == ("roc_auc", "0.60")
    assert (gate.metric, gate.literal("min"), gate.file) == ("roc_auc", "0.60", "/params.yaml")
    assert baseline.results[0].literal("value") == "0.65"
    assert found.comparer.same_metric(baseline.results[0], found.results[1])
    assert at(criterion.at("min")) == "params.yaml:4:16"
    assert at(baseline.results[0].at("value")) == "MODEL_CARD.md:16:24"


def test_no_result_reports_the_primary_metric() -> None:
    found = project(FILES)
    (primary,) = found.primaries("offline")
    assert (primary.id, primary.name) == ("average_precision", "PR-AUC")
    assert at(primary.at("role")) == "MODEL_CARD.md:12:17"
    assert all(found.metric(result.metric) is None for result in found.results)


@pytest.mark.parametrize(("code", "where", "word"), [("INT007", "@8:1", "TODO"), ("INT008", "@4:17", "2026-02-30")])
def test_a_placeholder_and_an_impossible_date_are_told(code: str, where: str, word: str) -> None:
    (found,) = (d for d in inventory(FILES).defects if d.code == code)
    assert found.origins[0] == Origin("MODEL_CARD.md", where)
    assert word in found.message


def test_a_placeholder_is_no_intended_use() -> None:
    found: Any = project(FILES).identity
    assert found.intended_use is None
    assert "intended_use" not in found.card.sections
    assert found.card.sections == ["metrics", "caveats"]
