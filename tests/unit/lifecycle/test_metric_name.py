"""What the names of metrics say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.lifecycle.metric_name import metric_name

from .joined import manifest


@pytest.mark.parametrize(
    ("text", "base", "split", "average", "k"),
    [
        ("Validation F1 Macro", "f1", "validation", "macro", None),
        ("val_f1_macro", "f1", "validation", "macro", None),
        ("ROC-AUC", "roc_auc", None, None, None),
        ("AUC-ROC", "roc_auc", None, None, None),
        ("rocAuc", "roc_auc", None, None, None),
        ("test_precision@5", "precision", "test", None, 5),
        ("Accuracy (test)", "accuracy", "test", None, None),
        ("R²", "r2", None, None, None),
        ("PR AUC", "average_precision", None, None, None),
        ("정확도", "accuracy", None, None, None),
        ("retention_30d", "retention_30d", None, None, None),
    ],
)
def test_names_are_taken_apart(text: str, base: str, split: str | None, average: str | None, k: int | None) -> None:
    name = metric_name(text)
    assert (name.base, name.split, name.average, name.k) == (base, split, average, k)


@given(st.text(max_size=60))
def test_any_name_is_survived(text: str) -> None:
    metric_name(text)


def test_a_name_that_could_mean_two_metrics_matches_none() -> None:
    project, _ = manifest(
        "metrics:\n- {id: recall_at_1, type: recall, k: 1}\n- {id: recall_at_5, type: recall, k: 5}\n"
    )
    assert project.metric("recall") is None
    found = project.metric("recall_at_5")
    assert found is not None
    assert found.k == 5


def test_aliases_and_series_name_a_metric() -> None:
    project, _ = manifest("metrics: [{id: quality, aliases: [val_f1_macro], series: [model_quality]}]\n")
    assert project.metric("val_f1_macro") is project.metric("model_quality") is project.metrics[0]
