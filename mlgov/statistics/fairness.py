"""Gaps between groups, each with the interval that its group sizes allow."""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.intervals import DifferenceInterval, newcombe_diff_ci
from mlgov.statistics.multiplicity import alpha_adjust
from mlgov.statistics.normal import confidence_z

LimitVerdict = Literal["confirmed", "cleared", "inconclusive"]


class ImpactRatio(NamedTuple):
    """Rate of group 1 over rate of group 2, and its limits."""

    ratio: float
    low: float
    high: float


class EqualizedOdds(NamedTuple):
    """Gaps of true and false positive rate (group 1 minus group 2), and the larger of the two without sign."""

    tpr_gap: float
    fpr_gap: float
    eo_gap: float


class GroupCounts(NamedTuple):
    """Confusion counts of one group: true positives of all positives, false positives of all negatives."""

    tp: int
    pos: int
    fp: int
    neg: int


class PairGap(NamedTuple):
    """Positions of two groups in the input, and their gaps with simultaneous limits."""

    first: int
    second: int
    tpr: DifferenceInterval
    fpr: DifferenceInterval


def disparate_impact_ratio(k1: int, n1: int, k2: int, n2: int, conf: float = 0.95) -> ImpactRatio:
    """Return the ratio of selection rates, group 1 over group 2, with Katz' logarithmic interval.

    r exp(-+ z sqrt(1/k1 - 1/n1 + 1/k2 - 1/n2)). Raises ValueError for k > n, or k = 0, where the logarithm
    does not exist. Source: Katz et al. 1978; 29 CFR 1607.4(D) for the 80% rule.
    """
    k1, n1 = domain.part("k1", k1, "n1", n1)
    k2, n2 = domain.part("k2", k2, "n2", n2)
    if 0 in (k1, k2):
        raise ValueError(f"{'k2' if k1 else 'k1'} must be at least 1: the ratio has no interval")
    ratio = k1 / n1 / (k2 / n2)
    reach = math.exp(confidence_z(conf) * math.sqrt(max(0.0, 1.0 / k1 - 1.0 / n1 + 1.0 / k2 - 1.0 / n2)))
    return ImpactRatio(ratio, ratio / reach, ratio * reach)


def equalized_odds_gap(
    tp1: int, pos1: int, fp1: int, neg1: int, tp2: int, pos2: int, fp2: int, neg2: int
) -> EqualizedOdds:
    """Return the gaps of true and false positive rate between two groups; pos and neg count the true classes.

    Raises ValueError for tp > pos, fp > neg or a group without positives or negatives. Source: Hardt et al.
    2016.
    """
    (tp1, pos1), (fp1, neg1) = domain.part("tp1", tp1, "pos1", pos1), domain.part("fp1", fp1, "neg1", neg1)
    (tp2, pos2), (fp2, neg2) = domain.part("tp2", tp2, "pos2", pos2), domain.part("fp2", fp2, "neg2", neg2)
    tpr_gap, fpr_gap = tp1 / pos1 - tp2 / pos2, fp1 / neg1 - fp2 / neg2
    return EqualizedOdds(tpr_gap, fpr_gap, max(abs(tpr_gap), abs(fpr_gap)))


def equalized_odds_intervals(groups: Sequence[GroupCounts], conf: float = 0.95) -> list[PairGap]:
    """Return both gaps of every pair of groups, with Newcombe limits that hold `conf` over all of them together.

    Sidak's level over 2 gaps times the number of pairs. Raises ValueError for fewer than two groups.
    """
    if len(groups) < 2:
        raise ValueError(f"groups needs at least 2 values, not {len(groups)}")
    for i, group in enumerate(groups):
        domain.part(f"groups[{i}].tp", group.tp, f"groups[{i}].pos", group.pos)
        domain.part(f"groups[{i}].fp", group.fp, f"groups[{i}].neg", group.neg)
    pairs = list(combinations(range(len(groups)), 2))
    each = 1.0 - alpha_adjust(1.0 - domain.probability("conf", conf), 2 * len(pairs), "sidak").alpha_each
    found = []
    for i, j in pairs:
        a, b = groups[i], groups[j]
        tpr = newcombe_diff_ci(a.tp, a.pos, b.tp, b.pos, each)
        found.append(PairGap(i, j, tpr, newcombe_diff_ci(a.fp, a.neg, b.fp, b.neg, each)))
    return found


def ratio_verdict(low: float, high: float, limit: float = 0.8) -> LimitVerdict:
    """Return whether a ratio breaks its lower limit: confirmed when all of the interval does, cleared when none."""
    low, high = _ordered(low, high)
    limit = domain.positive("limit", limit)
    return "confirmed" if high < limit else "cleared" if low >= limit else "inconclusive"


def gap_verdict(low: float, high: float, limit: float) -> LimitVerdict:
    """Return whether a gap of either sign exceeds its limit: confirmed, cleared or inconclusive."""
    low, high = _ordered(low, high)
    limit = domain.not_negative("limit", limit)
    if low > limit or high < -limit:
        return "confirmed"
    return "cleared" if -limit <= low and high <= limit else "inconclusive"


def _ordered(low: float, high: float) -> tuple[float, float]:
    if domain.number("high", high) < domain.number("low", low):
        raise ValueError(f"high must not be below low: {high!r} < {low!r}")
    return low, high
