"""Judges in three values whether a candidate beats its baseline beyond noise."""

import math
from typing import Literal, NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.arithmetic import admissible_counts
from mlgov.statistics.comparison import mcnemar, paired_count_bounds

Verdict = Literal["refuted", "undecided", "confirmed"]


class ImprovementVerdict(NamedTuple):
    """Verdict and the numbers behind it.

    `p_worst` is the largest p in normal approximation, `p_worst_exact` that of the exact test on the least
    favourable table; `pvalue` is the exact paired one, where b and c were given.
    """

    verdict: Verdict
    disc_min: int
    disc_max: int
    p_best: float
    p_indep: float
    p_worst: float
    p_worst_exact: float
    pvalue: float | None


def improvement_verdict(
    acc_new: float,
    acc_ref: float,
    n: int,
    alpha: float = 0.05,
    decimals_new: int | None = None,
    decimals_ref: int | None = None,
    b: int | None = None,
    c: int | None = None,
) -> ImprovementVerdict:
    """Return whether accuracy `acc_new` beats `acc_ref` on the same `n` items beyond noise.

    refuted: no paired result with these accuracies has exact p below `alpha`, or there is no gain at all;
    confirmed: every one has; undecided: publish b and c. `decimals_*` say how many digits were printed: where
    several counts round to the same text, the widest gap is used to refute and the narrowest to confirm. With `b`
    (only the new one right) and `c` (only the old one right) the exact test alone decides. Raises ValueError for
    accuracies outside [0, 1], n < 1, or one of b and c without the other.
    """
    alpha, n = domain.probability("alpha", alpha), domain.count("n", n, 1)
    new, ref = _counts("acc_new", acc_new, decimals_new, n), _counts("acc_ref", acc_ref, decimals_ref, n)
    widest = paired_count_bounds(max(new), min(ref), n)
    p_best = widest.p_best if max(new) > min(ref) else 1.0
    p_worst, p_exact = _worst(min(new), max(ref), n)
    paired = _paired_p(b, c, n)
    low, high = (p_best, p_exact) if paired is None else (paired, paired)
    verdict: Verdict = "refuted" if low >= alpha else "confirmed" if high < alpha else "undecided"
    return ImprovementVerdict(
        verdict, widest.disc_min, widest.disc_max, p_best, widest.p_indep, p_worst, p_exact, paired
    )


def _worst(k_new: int, k_ref: int, n: int) -> tuple[float, float]:
    """Return the approximate and the exact p of the table with the most discordant items."""
    if k_new <= k_ref:
        return 1.0, 1.0
    bounds = paired_count_bounds(k_new, k_ref, n)
    # The approximation alone would confirm gains that the exact test, given b and c, then takes back.
    fewer = (bounds.disc_max - bounds.disc_min) // 2
    return bounds.p_worst, mcnemar(fewer + bounds.disc_min, fewer).pvalue


def paired_verdict(b: int, c: int, alpha: float = 0.05) -> Verdict:
    """Return the verdict from paired counts alone: confirmed when the exact p is below `alpha` and b > c."""
    alpha = domain.probability("alpha", alpha)
    return "confirmed" if _gain_p(b, c) < alpha else "refuted"


def _counts(name: str, accuracy: float, decimals: int | None, n: int) -> tuple[int, int]:
    """Return the smallest and largest count that the printed accuracy may stand for."""
    nearest = math.floor(domain.share(name, accuracy) * n + 0.5)
    if decimals is None:
        return nearest, nearest
    # No count at all is an impossible proportion, which is another finding; the nearest count keeps this one
    # sane.
    possible = admissible_counts(accuracy, decimals, n) or range(nearest, nearest + 1)
    return possible[0], possible[-1]


def _paired_p(b: int | None, c: int | None, n: int) -> float | None:
    if b is None and c is None:
        return None
    if b is None or c is None:
        raise ValueError(f"{'b' if b is None else 'c'} is missing: paired counts come in twos")
    if domain.count("b", b) + domain.count("c", c) > n:
        raise ValueError(f"b and c must not exceed n together: {b} + {c} > {n}")
    return _gain_p(b, c)


def _gain_p(b: int, c: int) -> float:
    """Return the exact two-sided p of a gain; a loss is no evidence for one, however certain it is."""
    p = mcnemar(b, c).pvalue
    return p if b > c else 1.0
