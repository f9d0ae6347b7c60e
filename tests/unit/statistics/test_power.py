"""Sample size and power: inverse to each other, monotone, and blind to the names of the arms."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mlgov.statistics import (
    mde_one_proportion,
    mde_two_proportions,
    n_interval_width,
    n_noninferiority_proportions,
    n_one_proportion,
    n_two_means,
    n_two_proportions,
    power_one_proportion,
    power_two_means,
    power_two_proportions,
)

rates = st.floats(0.01, 0.99)
levels = st.floats(0.001, 0.2)
powers = st.floats(0.5, 0.99)
sides = st.sampled_from([1, 2])
variances = st.sampled_from(["pooled", "unpooled"])


def apart(p1: float, p2: float) -> None:
    assume(abs(p1 - p2) > 1e-3)


@given(rates, rates, levels, powers, sides, variances)
def test_power_at_the_planned_size_is_the_planned_power(
    p1: float, p2: float, alpha: float, power: float, side: int, variance: str
) -> None:
    apart(p1, p2)
    needed = math.ceil(n_two_proportions(p1, p2, alpha, power, side, 1.0, variance).n1)
    reached = power_two_proportions(p1, p2, needed, needed, alpha, side, variance).power
    assert reached >= power - 1e-9
    if needed > 1:
        assert power_two_proportions(p1, p2, needed - 1, needed - 1, alpha, side, variance).power < power


@given(rates, rates, levels, powers, sides)
def test_power_at_the_planned_window_is_the_planned_power(
    p0: float, p1: float, alpha: float, power: float, side: int
) -> None:
    apart(p0, p1)
    needed = n_one_proportion(p0, p1, alpha, power, side).total
    assert power_one_proportion(p0, p1, needed, alpha, side).power >= power - 1e-9


@given(st.floats(0.02, 0.5), st.integers(200, 10**6), st.integers(200, 10**6), levels, powers, sides)
def test_detectable_effect_has_the_wanted_power(
    p1: float, n1: int, n2: int, alpha: float, power: float, side: int
) -> None:
    mde = mde_two_proportions(p1, n1, n2, alpha, power, side).mde_abs
    assert power_two_proportions(p1, p1 + mde, n1, n2, alpha, side).power == pytest.approx(power, rel=1e-8)


@given(st.floats(0.02, 0.5), st.integers(100, 10**6), levels, powers)
def test_window_and_its_detectable_effect_are_inverse(p0: float, n: int, alpha: float, power: float) -> None:
    mde = mde_one_proportion(p0, n, alpha, power).mde_abs
    assert n_one_proportion(p0, p0 + mde, alpha, power).n == pytest.approx(n, rel=1e-8)


@given(rates, rates, st.floats(0.01, 0.5), st.floats(0.1, 10))
def test_size_falls_with_the_effect(p1: float, p2: float, shrink: float, ratio: float) -> None:
    apart(p1, p2)
    # From 0.5 outwards the variance falls as well, so the comparison is about the effect alone on that side.
    nearer = p1 + (p2 - p1) * (1.0 - shrink)
    apart(nearer, p1)
    for variance in ("pooled", "unpooled"):
        further, close = (n_two_proportions(p1, p, ratio=ratio, variance=variance).n1 for p in (p2, nearer))
        assert further < close


@given(st.floats(0.01, 10), st.floats(0.1, 10), st.floats(0.1, 10), levels, powers)
def test_size_for_means_falls_with_the_effect_and_rises_with_power(
    delta: float, sd1: float, sd2: float, alpha: float, power: float
) -> None:
    size = n_two_means(delta, sd1, sd2, alpha, power).n1
    assert n_two_means(delta * 1.1, sd1, sd2, alpha, power).n1 < size
    assert n_two_means(delta, sd1, sd2, alpha, power + 0.005).n1 > size
    assert n_two_means(-delta, sd2, sd1, alpha, power).n1 == pytest.approx(size)


@given(st.floats(0.05, 10), st.floats(0.1, 10), st.floats(0.1, 10), levels, powers, st.sampled_from([1, 2]))
def test_size_and_power_for_means_are_inverse(
    delta: float, sd1: float, sd2: float, alpha: float, power: float, sides: int
) -> None:
    n = math.ceil(n_two_means(delta, sd1, sd2, alpha, power, sides).n1)
    assert power_two_means(delta, sd1, sd2, n, n, alpha, sides).power >= power - 1e-12
    if n > 1:
        assert power_two_means(delta, sd2, sd1, n - 1, n - 1, alpha, sides).power < power


@given(rates, rates, st.integers(2, 10**6), st.integers(2, 10**6), levels, variances)
def test_power_rises_with_size_and_ignores_the_order_of_arms(
    p1: float, p2: float, n1: int, n2: int, alpha: float, variance: str
) -> None:
    apart(p1, p2)
    power = power_two_proportions(p1, p2, n1, n2, alpha, 2, variance).power
    assert power_two_proportions(p2, p1, n2, n1, alpha, 2, variance).power == pytest.approx(power, rel=1e-9)
    assert power_two_proportions(1 - p1, 1 - p2, n1, n2, alpha, 2, variance).power == pytest.approx(power, rel=1e-6)
    assert power_two_proportions(p1, p2, 2 * n1, 2 * n2, alpha, 2, "unpooled").power >= (
        power_two_proportions(p1, p2, n1, n2, alpha, 2, "unpooled").power
    )


@given(rates, rates, st.floats(0.1, 10), variances)
def test_size_ignores_the_order_of_arms(p1: float, p2: float, ratio: float, variance: str) -> None:
    apart(p1, p2)
    there = n_two_proportions(p1, p2, ratio=ratio, variance=variance)
    back = n_two_proportions(p2, p1, ratio=1.0 / ratio, variance=variance)
    assert (there.n1, there.n2) == pytest.approx((back.n2, back.n1), rel=1e-9)


@given(st.floats(0.5, 0.99), st.floats(0.001, 0.1), powers)
def test_wider_margin_needs_fewer_units(p: float, margin: float, power: float) -> None:
    sizes = [n_noninferiority_proportions(p, p, width, power=power).n1 for width in (margin, 2 * margin)]
    assert sizes[1] == pytest.approx(sizes[0] / 4)


def test_known_windows() -> None:
    assert n_one_proportion(0.92, 0.90).total == 1221
    assert n_one_proportion(0.01, 0.02).total == 793
    assert mde_one_proportion(0.01, 140).mde_abs == pytest.approx(0.027, abs=5e-4)
    assert n_interval_width(0.8, 0.1).total == 246


def test_pooled_and_unpooled_differ_most_at_unequal_allocation() -> None:
    even, uneven = (
        [n_two_proportions(0.1, 0.12, ratio=r, variance=v).n1 for v in ("pooled", "unpooled")] for r in (1, 10)
    )
    assert even[0] / even[1] == pytest.approx(1.0, abs=1e-3)
    assert abs(uneven[0] / uneven[1] - 1.0) > 0.03
