"""Scores without a model."""

import math

import pytest

from mlgov.statistics import TRIVIAL_METRICS, trivial_score


@pytest.mark.parametrize(
    ("metric", "arguments", "score", "higher"),
    [
        ("accuracy", {"shares": [0.93, 0.07]}, 0.93, True),
        ("accuracy", {"shares": [50, 30, 20]}, 0.5, True),
        ("accuracy", {"prevalence": 0.07}, 0.93, True),
        ("auc", {}, 0.5, True),
        ("average_precision", {"prevalence": 0.07}, 0.07, True),
        ("balanced_accuracy", {"shares": [50, 30, 20]}, 1 / 3, True),
        ("brier", {"prevalence": 0.2}, 0.16, False),
        ("f1", {"prevalence": 0.25}, 0.4, True),
        ("log_loss", {"shares": [1, 1, 1, 1]}, math.log(4), False),
        ("log_loss", {"prevalence": 0.5}, math.log(2), False),
        ("r2", {}, 0.0, True),
        ("rmse", {"sd": 3.2}, 3.2, False),
    ],
)
def test_trivial_score(metric: str, arguments: dict[str, object], score: float, higher: bool) -> None:
    found = trivial_score(metric, **arguments)  # type: ignore[arg-type]
    assert found.score == pytest.approx(score)
    assert found.higher_is_better is higher


def test_every_listed_metric_has_a_score() -> None:
    for metric in TRIVIAL_METRICS:
        assert math.isfinite(trivial_score(metric, prevalence=0.3, sd=1.0).score)


def test_class_without_rows_changes_nothing() -> None:
    for metric in ("accuracy", "balanced_accuracy", "log_loss"):
        assert trivial_score(metric, shares=[7, 3, 0]) == trivial_score(metric, shares=[7, 3])
