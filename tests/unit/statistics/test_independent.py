"""Comparisons without paired data confirm or stay undecided, and never refute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.statistics import (
    auc_verdict,
    independent_verdict,
    mae_verdict,
    one_sample_t_test,
    rmse_verdict,
    welch_t_test,
)

runs = st.lists(st.integers(-100, 100).map(float), min_size=3, max_size=8).filter(lambda values: len(set(values)) > 1)


@given(st.floats(-10, 10), st.floats(0, 5), st.floats(0, 5))
def test_loss_is_never_confirmed_and_nothing_is_refuted(gain: float, se_new: float, se_ref: float) -> None:
    found = independent_verdict(gain, se_new, se_ref)
    assert found.verdict in ("confirmed", "undecided")
    assert found.verdict == "undecided" or gain > 0
    assert found.pvalue == pytest.approx(independent_verdict(-gain, se_ref, se_new).pvalue)


def test_verdicts_by_metric() -> None:
    assert auc_verdict(0.90, 0.80, 500, 500).verdict == "confirmed"
    assert auc_verdict(0.90, 0.89, 50, 50).verdict == "undecided"
    assert auc_verdict(0.80, 0.90, 500, 500).verdict == "undecided"
    assert rmse_verdict(2.0, 2.5, 400).verdict == "confirmed"
    assert rmse_verdict(2.0, 2.5, 400, kurtosis=50).verdict == "undecided"
    assert rmse_verdict(2.5, 2.0, 400).verdict == "undecided"
    assert mae_verdict(1.4, 2.0, 1.8, 2.5, 400).verdict == "confirmed"
    assert mae_verdict(1.8, 2.5, 1.4, 2.0, 400).verdict == "undecided"


def test_no_measured_error_confirms_nothing() -> None:
    assert independent_verdict(0.1, 0.0, 0.0).verdict == "undecided"


def test_welch_meets_a_known_value() -> None:
    found = welch_t_test([0.91, 0.92, 0.93], [0.88, 0.90, 0.89, 0.87])
    assert found == pytest.approx((4.041452, 4.959184, 0.0100769), rel=1e-4)


@given(runs, runs)
def test_welch_negates_with_the_sets(new: list[float], ref: list[float]) -> None:
    there, back = welch_t_test(new, ref), welch_t_test(ref, new)
    assert (-back.t, back.df, back.pvalue) == pytest.approx(there)
    assert min(len(new), len(ref)) - 1 - 1e-9 <= there.df <= len(new) + len(ref) - 2 + 1e-9


def test_runs_against_one_known_value() -> None:
    found = one_sample_t_test([0.91, 0.92, 0.93], 0.90)
    assert found.mean == pytest.approx(0.92)
    assert found.sd == pytest.approx(0.01)
    assert (found.t, found.df, found.pvalue) == pytest.approx((3.4641016, 2, 0.0741799), rel=1e-6)
    assert one_sample_t_test([0.91, 0.92, 0.93], 0.92).pvalue == pytest.approx(1.0)


@pytest.mark.parametrize("runs", [[0.9, 0.91], [0.9, 0.9, 0.9]])
def test_too_little_to_tell_runs_from_a_value(runs: list[float]) -> None:
    with pytest.raises(ValueError, match="runs"):
        one_sample_t_test(runs, 0.8)
