"""Gaps between groups negate when groups are swapped, and verdicts need the whole interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.statistics import (
    GroupCounts,
    disparate_impact_ratio,
    equalized_odds_gap,
    equalized_odds_intervals,
    gap_verdict,
    newcombe_diff_ci,
    ratio_verdict,
)

parts = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))
groups = st.tuples(parts, parts).map(lambda both: GroupCounts(*both[0], *both[1]))


@given(groups, groups)
def test_swapped_groups_negate_the_gaps(first: GroupCounts, second: GroupCounts) -> None:
    there, back = equalized_odds_gap(*first, *second), equalized_odds_gap(*second, *first)
    assert (-back.tpr_gap, -back.fpr_gap, back.eo_gap) == there
    assert there.eo_gap == max(abs(there.tpr_gap), abs(there.fpr_gap))


@given(parts, parts)
def test_swapped_groups_invert_the_ratio(first: tuple[int, int], second: tuple[int, int]) -> None:
    there, back = disparate_impact_ratio(*first, *second), disparate_impact_ratio(*second, *first)
    assert there.low <= there.ratio <= there.high
    assert (1 / back.ratio, 1 / back.high, 1 / back.low) == pytest.approx(there)


def test_known_ratio_is_a_confirmed_breach() -> None:
    found = disparate_impact_ratio(61, 200, 150, 300)
    assert found == pytest.approx((0.61, 0.480876, 0.773796), rel=1e-5)
    assert ratio_verdict(found.low, found.high) == "confirmed"


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.5, 0.79, "confirmed"), (0.5, 0.8, "inconclusive"), (0.8, 1.2, "cleared"), (0.79, 1.2, "inconclusive")],
)
def test_ratio_verdict(low: float, high: float, verdict: str) -> None:
    assert ratio_verdict(low, high) == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.06, 0.2, "confirmed"),
        (-0.2, -0.06, "confirmed"),
        (-0.05, 0.05, "cleared"),
        (-0.2, 0.2, "inconclusive"),
        (0.01, 0.06, "inconclusive"),
    ],
)
def test_gap_verdict(low: float, high: float, verdict: str) -> None:
    assert gap_verdict(low, high, 0.05) == verdict


def test_simultaneous_intervals_cover_all_pairs_and_are_wider() -> None:
    three = [GroupCounts(80, 100, 10, 200), GroupCounts(70, 100, 20, 200), GroupCounts(60, 100, 30, 200)]
    found = equalized_odds_intervals(three)
    assert [(pair.first, pair.second) for pair in found] == [(0, 1), (0, 2), (1, 2)]
    single = newcombe_diff_ci(80, 100, 70, 100)
    assert found[0].tpr.diff == single.diff
    assert found[0].tpr.low < single.low < single.high < found[0].tpr.high
    assert found[0].tpr == newcombe_diff_ci(80, 100, 70, 100, 0.95 ** (1 / 6))
    assert found[2].fpr.diff == pytest.approx(-0.05)


def test_broken_group_is_named() -> None:
    with pytest.raises(ValueError, match=r"groups\[1\]\.fp"):
        equalized_odds_intervals([GroupCounts(1, 2, 1, 2), GroupCounts(1, 2, 3, 2)])
