"""Metrics from a confusion matrix, with nothing invented where a denominator is zero."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlgov.statistics import confusion_metrics

counts = st.integers(0, 10**6)


def test_known_matrix() -> None:
    found = confusion_metrics(tp=80, fp=20, fn=30, tn=870)
    assert found.n == 1000
    assert found.accuracy == pytest.approx(0.95)
    assert found.recall == pytest.approx(80 / 110)
    assert found.specificity == pytest.approx(870 / 890)
    assert found.precision == pytest.approx(0.8)
    assert found.f1 == pytest.approx(0.761905, rel=1e-6)
    assert found.mcc == pytest.approx(0.735083, rel=1e-5)
    assert found.kappa == pytest.approx(0.734043, rel=1e-5)
    assert found.prevalence == pytest.approx(0.11)


def test_undefined_ratio_is_none() -> None:
    found = confusion_metrics(tp=0, fp=0, fn=0, tn=10)
    assert found.accuracy == found.specificity == 1.0
    undefined = (found.recall, found.precision, found.f1, found.mcc, found.kappa, found.balanced_accuracy)
    assert undefined == (None,) * 6


@given(counts, counts, counts, counts)
def test_swapped_classes_swap_the_metrics(tp: int, fp: int, fn: int, tn: int) -> None:
    assume(tp + fp + fn + tn)
    there, back = confusion_metrics(tp, fp, fn, tn), confusion_metrics(tn, fn, fp, tp)
    assert (there.recall, there.precision) == (back.specificity, back.negative_predictive_value)
    assert (there.accuracy, there.balanced_accuracy, there.kappa) == (back.accuracy, back.balanced_accuracy, back.kappa)
    if there.mcc is not None:
        assert back.mcc == pytest.approx(there.mcc)
        assert abs(there.mcc) <= 1 + 1e-12
