"""Intervals hold their estimate, narrow with size and mirror with the data."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.statistics import (
    auc_delong,
    auc_hanley_mcneil,
    binomial_upper_bound,
    confusion_metrics,
    f1_ci,
    mae_ci,
    n_zero_failures,
    newcombe_diff_ci,
    noninferiority_from_counts,
    noninferiority_from_interval,
    rmse_ci,
    rmse_se,
    width_ratio,
    wilson_ci,
)

parts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
confidences = st.floats(0.5, 0.999)
scores = st.lists(st.integers(-5, 5), min_size=2, max_size=12)


@given(parts, confidences)
def test_wilson_holds_the_estimate_narrows_and_mirrors(part: tuple[int, int], conf: float) -> None:
    k, n = part
    found = wilson_ci(k, n, conf)
    assert 0.0 <= found.low <= k / n <= found.high <= 1.0
    larger = wilson_ci(2 * k, 2 * n, conf)
    assert larger.high - larger.low < found.high - found.low
    mirrored = wilson_ci(n - k, n, conf)
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx(found, abs=1e-12)


@given(parts, parts, confidences)
def test_newcombe_holds_the_difference_and_swaps_with_the_samples(
    first: tuple[int, int], second: tuple[int, int], conf: float
) -> None:
    there, back = newcombe_diff_ci(*first, *second, conf), newcombe_diff_ci(*second, *first, conf)
    assert -1.0 - 1e-12 <= there.low <= there.diff <= there.high <= 1.0 + 1e-12
    assert (-back.diff, -back.high, -back.low) == pytest.approx(there, abs=1e-12)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500), confidences)
def test_f1_agrees_with_the_confusion_matrix_and_ignores_which_error(tp: int, fp: int, fn: int, conf: float) -> None:
    found = f1_ci(tp, fp, fn, conf)
    assert found.f1 == pytest.approx(confusion_metrics(tp, fp, fn, 7).f1)
    assert found.low <= found.f1 + 1e-12
    assert found.f1 <= found.high + 1e-12
    assert f1_ci(tp, fn, fp, conf) == found


@given(st.floats(0.01, 0.99), st.integers(1, 5000), st.integers(1, 5000), confidences)
def test_hanley_mcneil_holds_the_area_and_narrows(auc: float, n_pos: int, n_neg: int, conf: float) -> None:
    found = auc_hanley_mcneil(auc, n_pos, n_neg, conf)
    assert 0.0 <= found.low <= auc <= found.high <= 1.0
    assert auc_hanley_mcneil(auc, 2 * n_pos, 2 * n_neg, conf).se < found.se


@given(scores, scores)
def test_delong_area_is_the_share_of_ordered_pairs_and_mirrors(pos: list[int], neg: list[int]) -> None:
    found = auc_delong(pos, neg)
    pairs = [1.0 if p > n else 0.5 if p == n else 0.0 for p in pos for n in neg]
    assert found.auc == pytest.approx(sum(pairs) / len(pairs))
    mirrored = auc_delong(neg, pos)
    assert (1 - mirrored.auc, mirrored.se) == pytest.approx(found, abs=1e-12)


@given(st.floats(0.01, 100), st.integers(1, 200_000), confidences)
def test_rmse_interval_narrows_and_meets_its_normal_form(rmse: float, n: int, conf: float) -> None:
    found = rmse_ci(rmse, n, conf)
    assert found.low <= found.high
    larger = rmse_ci(rmse, 2 * n, conf)
    assert larger.high - larger.low < found.high - found.low
    if n > 1000 and conf > 0.9:
        z = (found.high - found.low) / 2 / rmse_se(rmse, n)
        assert wilson_ci(500, 1000, conf).high - 0.5 == pytest.approx(z / math.sqrt(4000 + 4 * z * z), rel=0.01)


@pytest.mark.parametrize("conf", [0.8, 0.95, 0.999])
def test_rmse_interval_has_no_seam_between_its_two_methods(conf: float) -> None:
    below, above = rmse_ci(1.0, 99_999, conf), rmse_ci(1.0, 100_000, conf)
    assert below.low < above.low < 1.0 < above.high < below.high
    assert above == pytest.approx(below, rel=1e-6)


@given(st.floats(0.01, 100), st.floats(1, 10), st.integers(2, 10**6), confidences)
def test_mae_interval_is_centred_and_narrows(mae: float, factor: float, n: int, conf: float) -> None:
    found = mae_ci(mae, mae * factor, n, conf)
    assert found.low + found.high == pytest.approx(2 * mae)
    assert mae_ci(mae, mae * factor, n + 1, conf).se <= found.se


@given(parts, confidences)
def test_upper_bound_lies_above_the_rate_and_rises_with_failures(part: tuple[int, int], conf: float) -> None:
    failures, n = part
    bound = binomial_upper_bound(failures, n, conf).upper
    assert failures / n < bound <= 1.0 or failures == n
    if failures:
        assert binomial_upper_bound(failures - 1, n, conf).upper < bound


@given(st.floats(1e-6, 0.9), st.floats(0.5, 0.999))
def test_trials_without_failure_prove_the_claimed_rate_and_one_fewer_do_not(p_max: float, conf: float) -> None:
    n = n_zero_failures(p_max, conf).n
    assert binomial_upper_bound(0, n, conf).upper <= p_max * (1 + 1e-9)
    if n > 1:
        assert binomial_upper_bound(0, n - 1, conf).upper > p_max * (1 - 1e-9)


def test_known_trials() -> None:
    assert n_zero_failures(1e-4).n == 29956
    assert n_zero_failures(0.5, 0.75).n == 2


def test_stated_interval_is_measured_in_binomial_widths() -> None:
    assert width_ratio(0.908, 0.912, 0.91, 500) == pytest.approx(0.08, abs=0.005)
    own = wilson_ci(455, 500)
    assert width_ratio(own.low, own.high, 0.91, 500) == pytest.approx(1.0)


def test_heavy_tails_widen_the_error_of_rmse() -> None:
    assert rmse_se(2.5, 400) == pytest.approx(2.5 / math.sqrt(800))
    assert rmse_se(2.5, 400, kurtosis=9) == pytest.approx(2 * rmse_se(2.5, 400))


def test_no_difference_seen_is_not_noninferiority_shown() -> None:
    assert not noninferiority_from_counts(90, 100, 92, 100, 0.05).shown
    assert noninferiority_from_counts(9000, 10000, 9010, 10000, 0.05).shown
    assert noninferiority_from_interval(-0.019, 0.02)
    assert not noninferiority_from_interval(-0.02, 0.02)
