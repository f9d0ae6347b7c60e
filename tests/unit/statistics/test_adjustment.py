"""Corrections of a planned size, and its length in days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.statistics import (
    ab_duration_days,
    allocation_inflation,
    clustered_n,
    cuped_n,
    ratio_variance,
    t_corrected_n,
)


def test_cuped_saves_the_explained_variance() -> None:
    assert cuped_n(1000, 0.5) == cuped_n(1000, -0.5) == 750
    assert cuped_n(1000, 0) == 1000


def test_clusters_cost_their_design_effect() -> None:
    assert clustered_n(1000, 21, 0.05) == pytest.approx(2000)
    assert clustered_n(1000, 1, 0.9) == 1000
    assert clustered_n(1000, 10, 1) == 10000


def test_t_correction_meets_the_exact_t_size() -> None:
    assert t_corrected_n(1004.66) == pytest.approx(1005.62, abs=0.01)


@given(st.floats(0.01, 100))
def test_even_split_is_cheapest_and_the_order_of_arms_is_free(ratio: float) -> None:
    assert allocation_inflation(ratio) >= 1.0
    assert allocation_inflation(ratio) == pytest.approx(allocation_inflation(1.0 / ratio))


def test_ratio_of_a_constant_denominator_has_the_variance_of_a_mean() -> None:
    assert ratio_variance(3.0, 2.0, 5.0, 0.0, 0.0, 100) == pytest.approx(5.0 / 4.0 / 100)


def test_ratio_of_proportional_metrics_has_no_variance() -> None:
    assert ratio_variance(6.0, 2.0, 9.0 * 4.0, 4.0, 3.0 * 4.0, 100) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("arguments", "days", "weeks"),
    [
        ((7682, 1200, 0.5, 7), 13, 14),
        ((7200, 1200, 0.6, 7), 10, 14),
        ((100, 1200, 1.0, 7), 1, 7),
        ((100, 1200, 1.0, 10), 1, 14),
        ((8400, 1200, 1.0, 0), 7, 7),
        ((8401, 1200, 1.0, 0), 8, 14),
    ],
)
def test_duration(arguments: tuple[int, float, float, int], days: int, weeks: int) -> None:
    assert ab_duration_days(*arguments) == (days, weeks)


@given(st.integers(1, 10**7), st.floats(1, 10**6), st.floats(0.01, 1), st.integers(0, 60))
def test_duration_holds_the_sample_in_whole_weeks(total: int, daily: float, share: float, least: int) -> None:
    found = ab_duration_days(total, daily, share, least)
    assert found.days_raw * daily * share >= total * (1 - 1e-9)
    assert found.days_full_weeks % 7 == 0
    assert found.days_full_weeks >= max(found.days_raw, least)
