"""Recomputed metrics equal values worked out by hand, and refuse what nobody defines."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mlgov.lifecycle.known_metrics import KNOWN
from mlgov.verification.metrics import Asked, Incomputable, Sample, compute, estimate
from mlgov.verification.metrics.computing import functions
from mlgov.verification.metrics.paired import difference

TRUTH = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
SAID = np.array([1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0])
SCORE = np.array([0.9, 0.8, 0.3, 0.7, 0.2, 0.1, 0.1, 0.4])
BINARY = Sample(TRUTH, SAID, SCORE)
NUMBERS = Sample(np.array([1.0, 2.0, 4.0]), np.array([2.0, 2.0, 1.0]))
RANKED = Sample(
    np.array([0.0, 1.0, 0.0, 1.0, 0.0]),
    score=np.array([0.9, 0.8, 0.7, 0.9, 0.1]),
    query=np.array(["a", "a", "a", "b", "b"]),
)


@pytest.mark.parametrize(
    ("sample", "name", "value"),
    [
        (BINARY, "accuracy", 6 / 8),
        (BINARY, "zero_one_loss", 2 / 8),
        (BINARY, "balanced_accuracy", (2 / 3 + 4 / 5) / 2),
        (BINARY, "precision", 2 / 3),
        (BINARY, "recall", 2 / 3),
        (BINARY, "f1", 2 / 3),
        (BINARY, "specificity", 4 / 5),
        (BINARY, "false_positive_rate", 1 / 5),
        (BINARY, "false_negative_rate", 1 / 3),
        (BINARY, "roc_auc", 13 / 15),
        (BINARY, "gini", 11 / 15),
        (BINARY, "brier_score", float(np.mean((SCORE - TRUTH) ** 2))),
        (BINARY, "ks_statistic", 2 / 3),
        (NUMBERS, "mae", 4 / 3),
        (NUMBERS, "rmse", math.sqrt(10 / 3)),
        (NUMBERS, "wape", 4 / 7),
        (NUMBERS, "max_error", 3),
        (RANKED, "mrr", 3 / 4),
        (RANKED, "ndcg", (1 / math.log2(3) + 1) / 2),
        (RANKED, "map", 3 / 4),
    ],
)
def test_a_metric_has_the_value_worked_out_by_hand(sample: Sample, name: str, value: float) -> None:
    assert any(math.isclose(found, value, rel_tol=1e-12) for found in compute(Asked(name), sample))


def test_a_rank_cuts_rankings() -> None:
    assert compute(Asked("hit_rate", k=1), RANKED)[0] == 0.5
    assert compute(Asked("precision", k=1), RANKED)[0] == 0.5
    assert compute(Asked("recall", k=2), RANKED)[0] == 1


def test_a_declared_threshold_decides_instead_of_the_prediction() -> None:
    assert compute(Asked("recall", threshold=0.25), BINARY)[0] == 1
    assert 2 / 3 in compute(Asked("recall", threshold=0.3), BINARY)  # beyond it, or from it on


def test_classes_may_be_words_and_weights_count() -> None:
    words = Sample(np.array(["cat", "dog", "cow"]), np.array(["cat", "dog", "dog"]), weight=np.array([1.0, 1.0, 2.0]))
    assert compute(Asked("accuracy"), words) == (0.5,)
    assert compute(Asked("f1", average="macro"), words)[0] == pytest.approx((1 + 0.5 + 0) / 3)


@pytest.mark.parametrize(
    ("sample", "asked", "reason"),
    [
        (Sample(np.array(["a", "b", "c"]), np.array(["a", "b", "b"])), Asked("f1"), "averaged"),
        (Sample(np.array(["cat", "dog"]), np.array(["cat", "dog"])), Asked("recall"), "positive"),
        (Sample(TRUTH, SAID), Asked("roc_auc"), "scores"),
        (Sample(TRUTH, SAID, SCORE * 9), Asked("log_loss"), "probabilities"),
        (Sample(TRUTH, score=SCORE), Asked("f1"), "predictions"),
        (Sample(np.ones(3), np.ones(3), np.ones(3)), Asked("roc_auc"), "one class"),
        (BINARY, Asked("ndcg"), "queries"),
        (BINARY, Asked("bleu"), "does not know"),
        (Sample(np.array([]), np.array([])), Asked("accuracy"), "no such row"),
        (Sample(np.array(["x"]), np.array(["y"])), Asked("mae"), "numbers"),
    ],
)
def test_what_nobody_defines_is_refused(sample: Sample, asked: Asked, reason: str) -> None:
    with pytest.raises(Incomputable, match=reason):
        compute(asked, sample)


def test_every_metric_that_can_be_computed_is_a_known_one() -> None:
    assert set(functions()) <= set(KNOWN)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1, width=32)), min_size=5, max_size=40))
def test_limits_hold_the_value_and_do_not_depend_on_the_order(rows: list[tuple[bool, float]]) -> None:
    truth = np.array([float(flag) for flag, _ in rows])
    score = np.array([value for _, value in rows])
    if len(set(truth)) < 2:
        return
    sample, turned = Sample(truth, score=score), Sample(truth[::-1], score=score[::-1])
    for asked in (Asked("accuracy", threshold=0.5), Asked("recall", threshold=0.5), Asked("roc_auc")):
        found, again = estimate(asked, sample), estimate(asked, turned)
        assert found.values == pytest.approx(again.values)
        if found.low is not None and found.high is not None:
            assert found.low - 1e-9 <= found.values[0] <= found.high + 1e-9


def test_paired_accuracy_is_mcnemar() -> None:
    theirs = Sample(TRUTH, np.array([0.0, 0, 0, 0, 0, 0, 0, 0]), SCORE)
    found = difference(Asked("accuracy"), BINARY, theirs)
    assert (found.only_ours, found.only_theirs) == (2, 1)
    assert found.p == pytest.approx(stats.binomtest(1, 3, 0.5).pvalue)
    assert found.ours - found.theirs == pytest.approx(1 / 8)


def test_paired_areas_are_delong() -> None:
    random = np.random.default_rng(7)
    truth = (random.random(400) < 0.4).astype(float)
    good, bad = truth + random.normal(0, 1, 400), truth * 0.3 + random.normal(0, 1, 400)
    found = difference(Asked("roc_auc"), Sample(truth, score=good), Sample(truth, score=bad))
    draws = []
    for _ in range(300):
        at = random.integers(0, 400, 400)
        parts = (compute(Asked("roc_auc"), Sample(truth[at], score=score[at]))[0] for score in (good, bad))
        draws.append(next(parts) - next(parts))
    assert found.p < 0.01
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(float(np.std(draws)), rel=0.2)


def test_a_bootstrap_is_always_the_same_and_symmetric() -> None:
    random = np.random.default_rng(3)
    true = random.normal(0, 1, 200)
    ours, theirs = Sample(true, true + random.normal(0, 0.5, 200)), Sample(true, true + random.normal(0, 1, 200))
    one, again, other = (difference(Asked("mae"), a, b) for a, b in ((ours, theirs), (ours, theirs), (theirs, ours)))
    assert one == again
    assert one.p <= 0.01
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
