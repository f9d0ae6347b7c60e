"""The three-valued verdict is sound: no table with the printed accuracies contradicts it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.statistics import (
    improvement_verdict,
    mcnemar,
    paired_accuracy_bounds,
    paired_count_bounds,
    paired_verdict,
    two_proportion_ztest,
)

sizes = st.integers(1, 5000)


def tables(k_new: int, k_ref: int, n: int) -> list[tuple[int, int]]:
    """Every pair (b, c) that two models with these numbers of right answers can have."""
    return [(b, b - k_new + k_ref) for b in range(k_new + 1) if 0 <= b - k_new + k_ref <= n - k_new]


@pytest.mark.parametrize("n", [1, 2, 6, 10, 17])
def test_best_p_is_the_smallest_of_all_tables(n: int) -> None:
    for k_new in range(n + 1):
        for k_ref in range(n + 1):
            bounds = paired_count_bounds(k_new, k_ref, n)
            possible = tables(k_new, k_ref, n)
            assert min(mcnemar(b, c).pvalue for b, c in possible) >= bounds.p_best - 1e-12
            discordant = [b + c for b, c in possible]
            assert (min(discordant), max(discordant)) == (bounds.disc_min, bounds.disc_max)


@given(sizes, st.data())
def test_bounds_are_ordered_and_ignore_which_model_is_new(n: int, data: st.DataObject) -> None:
    k_new, k_ref = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    found = paired_count_bounds(k_new, k_ref, n)
    assert 0 <= found.disc_min <= found.disc_max or k_new == k_ref
    # The approximate worst p is only that: with few discordant items it may fall below the exact bound.
    assert found.p_best <= found.p_worst or found.disc_min <= 1 or found.disc_max < 3 * found.disc_min
    assert found.p_indep <= found.p_worst + 1e-9
    assert paired_count_bounds(k_ref, k_new, n) == found
    assert paired_accuracy_bounds(k_new / n, k_ref / n, n) == found


@given(st.integers(2, 5000), st.data())
def test_best_p_is_below_the_independent_p_when_models_mostly_agree(n: int, data: st.DataObject) -> None:
    k_ref = data.draw(st.integers(n // 4, 3 * n // 4))
    k_new = data.draw(st.integers(max(0, k_ref - n // 8), min(n, k_ref + n // 8)))
    found = paired_count_bounds(k_new, k_ref, n)
    if 6 <= found.disc_min <= found.disc_max / 4:
        assert found.p_best <= found.p_indep <= found.p_worst + 1e-12


@pytest.mark.parametrize(
    ("new", "ref", "n", "verdict"),
    [
        (0.914, 0.910, 500, "refuted"),
        (0.885, 0.840, 1000, "confirmed"),
        (0.93, 0.90, 500, "undecided"),
        (0.90, 0.93, 500, "refuted"),
        (0.90, 0.90, 500, "refuted"),
        (1.0, 0.0, 50, "confirmed"),
        (1.0, 1.0, 50, "refuted"),
    ],
)
def test_known_verdicts(new: float, ref: float, n: int, verdict: str) -> None:
    assert improvement_verdict(new, ref, n).verdict == verdict


@pytest.mark.parametrize(("gain", "verdict"), [(5, "refuted"), (6, "undecided")])
def test_five_items_can_never_show_a_gain_and_six_may(gain: int, verdict: str) -> None:
    assert improvement_verdict((800 + gain) / 1000, 0.8, 1000).verdict == verdict


def test_coarse_printing_widens_the_gap_to_refute_and_narrows_it_to_confirm() -> None:
    # Two digits on 10,000 items leave a hundred counts each: 0.91 and 0.90 may differ by nothing or by two hundred.
    coarse = improvement_verdict(0.91, 0.90, 10_000, decimals_new=2, decimals_ref=2)
    assert (coarse.verdict, coarse.disc_min, coarse.p_worst) == ("undecided", 200, 1.0)
    # Printed as 0.91 and 0.91 they may still differ by a hundred, so nothing is refuted.
    assert improvement_verdict(0.91, 0.91, 10_000, decimals_new=2, decimals_ref=2).verdict == "undecided"
    assert improvement_verdict(0.91, 0.91, 10_000).verdict == "refuted"


def test_impossible_proportion_falls_back_to_the_nearest_count() -> None:
    assert improvement_verdict(0.9137, 0.91, 200, decimals_new=4, decimals_ref=2).verdict == "refuted"


def test_paired_counts_decide_alone() -> None:
    shown = improvement_verdict(0.93, 0.90, 500, b=25, c=10)
    assert shown.verdict == "confirmed"
    assert shown.pvalue == mcnemar(25, 10).pvalue
    assert improvement_verdict(0.93, 0.90, 500, b=50, c=35).verdict == "refuted"
    assert improvement_verdict(0.90, 0.93, 500, b=10, c=25).verdict == "refuted"
    assert paired_verdict(25, 10) == "confirmed"
    assert paired_verdict(10, 25) == paired_verdict(0, 0) == "refuted"


@given(st.integers(1, 60), st.data(), st.floats(0.001, 0.3))
def test_no_table_contradicts_a_refutation(n: int, data: st.DataObject, alpha: float) -> None:
    k_new, k_ref = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    found = improvement_verdict(k_new / n, k_ref / n, n, alpha)
    if found.verdict == "refuted":
        assert all(mcnemar(b, c).pvalue >= alpha or b <= c for b, c in tables(k_new, k_ref, n))
    if found.verdict == "confirmed":
        assert all(mcnemar(b, c).pvalue < alpha and b > c for b, c in tables(k_new, k_ref, n))
    if k_new > k_ref:
        worst = max(mcnemar(b, c).pvalue for b, c in tables(k_new, k_ref, n))
        assert found.p_worst_exact == pytest.approx(worst, rel=1e-9)


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar_ignores_order_and_the_correction_is_careful(b: int, c: int) -> None:
    for method in ("exact", "corrected", "uncorrected"):
        assert mcnemar(b, c, method) == mcnemar(c, b, method)
    if b != c:
        assert mcnemar(b, c, "uncorrected").pvalue <= mcnemar(b, c, "corrected").pvalue <= 1.0
    exact = sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) * 2 / 2 ** (b + c)
    assert mcnemar(b, c).pvalue == pytest.approx(min(1.0, exact), rel=1e-9)


@given(sizes, sizes, st.data())
def test_z_test_negates_with_the_groups(n1: int, n2: int, data: st.DataObject) -> None:
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    there, back = two_proportion_ztest(k1, n1, k2, n2), two_proportion_ztest(k2, n2, k1, n1)
    assert (-back.z, back.pvalue) == pytest.approx(there)
    assert 0.0 <= there.pvalue <= 1.0


def test_approximation_alone_confirms_nothing() -> None:
    # 18 against 8 is possible here: 0.0499 in normal approximation, 0.076 exactly.
    found = improvement_verdict(18 / 100, 8 / 100, 100)
    assert found.p_worst < 0.05 < found.p_worst_exact
    assert found.verdict == "undecided"
