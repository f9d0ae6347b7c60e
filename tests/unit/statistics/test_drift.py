"""Drift measures vanish without drift, do not care for scale or order, and floors fall with the window."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.statistics import js_distance, ks_critical, psi, psi_least_window, psi_noise_floor, srm_test

pairs = st.integers(2, 12).flatmap(
    lambda bins: st.tuples(*[st.lists(st.integers(1, 500), min_size=bins, max_size=bins)] * 2)
)
levels = st.floats(0.001, 0.2)


@given(pairs)
def test_psi_is_symmetric_and_knows_no_scale(windows: tuple[list[int], list[int]]) -> None:
    first, second = windows
    found = psi(first, second).psi
    assert found >= 0.0
    assert psi(second, first).psi == pytest.approx(found, abs=1e-12)
    assert psi([7 * value for value in first], second).psi == pytest.approx(found, abs=1e-12)
    assert psi(first, first).psi == 0.0
    proportions = [value / sum(first) for value in first]
    assert psi(proportions, second).psi == pytest.approx(found, abs=1e-12)


def test_empty_bin_gets_half_a_count_and_a_bin_empty_in_both_none() -> None:
    assert psi([10, 0], [5, 5]).psi == pytest.approx(psi([10.5, 0.5], [5, 5]).psi)
    assert psi([10, 20, 0], [20, 10, 0]).psi == psi([10, 20], [20, 10]).psi


@given(pairs)
def test_jensen_shannon_is_a_distance(windows: tuple[list[int], list[int]]) -> None:
    first, second = windows
    found = js_distance(first, second).distance
    assert 0.0 <= found <= 1.0
    assert js_distance(second, first).distance == pytest.approx(found, abs=1e-9)
    assert js_distance(first, second, base=math.e).distance == pytest.approx(found * math.log(2) ** 0.5, abs=1e-9)


def test_disjoint_windows_have_distance_one() -> None:
    assert js_distance([1, 0], [0, 1]).distance == pytest.approx(1.0)
    assert js_distance([3, 1], [3, 1]).distance == 0.0


def test_small_shift_has_a_divergence_of_an_eighth_of_psi() -> None:
    first, second = [100, 200, 300, 250, 150], [105, 205, 295, 245, 150]
    assert 8 * js_distance(first, second, base=math.e).distance ** 2 == pytest.approx(psi(first, second).psi, rel=0.01)


@given(st.integers(2, 50), st.integers(10, 10**6), st.integers(10, 10**6), levels)
def test_floor_falls_with_either_window_and_rises_with_bins(bins: int, n_ref: int, n_cur: int, alpha: float) -> None:
    floor = psi_noise_floor(bins, n_ref, n_cur, alpha).psi_critical
    assert psi_noise_floor(bins, n_ref, n_cur + 1, alpha).psi_critical < floor
    assert psi_noise_floor(bins, n_ref + 1, n_cur, alpha).psi_critical < floor
    assert psi_noise_floor(bins + 1, n_ref, n_cur, alpha).psi_critical > floor
    assert psi_noise_floor(bins, n_cur, n_ref, alpha).psi_critical == pytest.approx(floor)


@pytest.mark.parametrize(
    ("threshold", "alpha", "window"), [(0.1, 0.05, 173), (0.2, 0.05, 86), (0.1, 0.001, 287), (0.2, 0.001, 142)]
)
def test_smallest_window_under_a_threshold(threshold: float, alpha: float, window: int) -> None:
    assert psi_least_window(threshold, 10, 10_000, alpha) == window
    assert psi_noise_floor(10, 10_000, window, alpha).psi_critical < threshold
    assert psi_noise_floor(10, 10_000, window - 1, alpha).psi_critical >= threshold


def test_no_window_helps_a_small_reference() -> None:
    assert psi_least_window(0.1, 10, 100) is None


@given(st.integers(1, 10**6), st.integers(1, 10**6), levels)
def test_ks_distance_falls_with_size_and_is_symmetric(n: int, m: int, alpha: float) -> None:
    found = ks_critical(n, m, alpha).d_critical
    assert ks_critical(n + 1, m, alpha).d_critical < found
    assert ks_critical(m, n, alpha).d_critical == pytest.approx(found)


def test_known_ks_constants() -> None:
    assert ks_critical(2, 2, 0.05).d_critical == pytest.approx(1.35810, rel=1e-5)
    assert ks_critical(2, 2, 0.01).d_critical == pytest.approx(1.62762, rel=1e-5)
    assert ks_critical(10**6, 10**6).d_critical == pytest.approx(0.0019, abs=5e-5)


@given(st.lists(st.integers(0, 10**5), min_size=2, max_size=8).filter(any), st.data())
def test_sample_ratio_test_ignores_the_order_of_arms_and_the_scale(counts: list[int], data: st.DataObject) -> None:
    ratio = data.draw(st.lists(st.integers(1, 9), min_size=len(counts), max_size=len(counts)))
    found = srm_test(counts, ratio)
    assert 0.0 <= found.pvalue <= 1.0
    assert srm_test(counts[::-1], ratio[::-1]) == pytest.approx(found, abs=1e-9)
    assert srm_test(counts, [value / 7 for value in ratio]) == pytest.approx(found, abs=1e-9)


def test_perfect_split_has_p_one() -> None:
    assert srm_test([300, 600, 100], [3, 6, 1]) == (0.0, 1.0)
