"""Alerts ring without cause more rarely, and miss more often, the more windows they wait for."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.statistics import alert_false_alarm, alert_quality

rates = st.floats(0.01, 0.99)


@given(rates, st.floats(0, 1), st.integers(1, 60))
def test_false_alarm_is_the_binomial_sum(p: float, threshold: float, n: int) -> None:
    exact = sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1) if k < threshold * n - 1e-9)
    assert alert_false_alarm(p, threshold, n).false_alarm == pytest.approx(exact, rel=1e-9, abs=1e-15)


@given(rates, rates, st.floats(0, 1), st.integers(1, 500), st.integers(1, 5))
def test_waiting_trades_false_alarms_for_misses(p: float, q: float, threshold: float, n: int, windows: int) -> None:
    now, later = (alert_quality(p, q, threshold, n, count) for count in (windows, windows + 1))
    assert later.false_alarm <= now.false_alarm
    assert later.miss >= now.miss
    single = alert_false_alarm(p, threshold, n).false_alarm
    assert now.false_alarm == pytest.approx(single**windows)


def test_threshold_that_floats_miss_by_a_hair() -> None:
    # Seven of a hundred is not below 7%, although 0.07 * 100 exceeds 7 in floats.
    seven = alert_false_alarm(0.07, 0.07, 100).false_alarm
    assert seven == pytest.approx(alert_false_alarm(0.07, 0.0699, 100).false_alarm)


def test_extreme_thresholds() -> None:
    assert alert_false_alarm(0.9, 0.0, 10).false_alarm == 0.0
    assert alert_false_alarm(0.9, 1.0, 10).false_alarm == pytest.approx(1 - 0.9**10)
