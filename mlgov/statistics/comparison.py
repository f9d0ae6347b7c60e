"""Compares two proportions: two models on one test set, or two independent groups."""

import math
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.beta import binomial_cdf
from mlgov.statistics.normal import two_sided_p


class McNemar(NamedTuple):
    """Statistic and two-sided p value of McNemar's test."""

    statistic: float
    pvalue: float


class PairedBounds(NamedTuple):
    """What two accuracies on the same items leave open: discordant items and p values."""

    disc_min: int
    disc_max: int
    p_best: float
    p_indep: float
    p_worst: float


class ZTest(NamedTuple):
    """Statistic and two-sided p value of a z test."""

    z: float
    pvalue: float


def mcnemar(b: int, c: int, method: str = "exact") -> McNemar:
    """Return McNemar's test of paired counts: `b` items only the first got right, `c` only the second.

    exact: min(b, c) against Bin(b + c, 1/2), doubled; uncorrected: (b - c)^2 / (b + c); corrected:
    (|b - c| - 1)^2 / (b + c), which is meant for b != c. Without discordant items p is 1. Raises ValueError for
    negative counts. Source: McNemar 1947; Edwards 1948.
    """
    b, c = domain.count("b", b), domain.count("c", c)
    domain.one_of("method", method, "exact", "corrected", "uncorrected")
    if method == "exact":
        fewer = min(b, c)
        return McNemar(float(fewer), min(1.0, 2.0 * binomial_cdf(fewer, b + c, 0.5)))
    if b + c == 0:
        return McNemar(0.0, 1.0)
    distance = abs(b - c) - (1 if method == "corrected" else 0)
    statistic = distance * distance / (b + c)
    # A chi-squared variable with one degree of freedom is a squared normal one.
    return McNemar(statistic, two_sided_p(math.sqrt(statistic)))


def two_proportion_ztest(k1: int, n1: int, k2: int, n2: int) -> ZTest:
    """Return the pooled z test of k1/n1 against k2/n2 for independent groups; z > 0 when the first is larger.

    z = (p1 - p2) / sqrt(p q (1/n1 + 1/n2)) with the common rate p. Groups that agree perfectly at 0 or 1 give
    z = 0. Raises ValueError for k > n or n < 1.
    """
    k1, n1 = domain.part("k1", k1, "n1", n1)
    k2, n2 = domain.part("k2", k2, "n2", n2)
    p = (k1 + k2) / (n1 + n2)
    se = math.sqrt(p * (1.0 - p) * (1.0 / n1 + 1.0 / n2))
    z = (k1 / n1 - k2 / n2) / se if se else 0.0
    return ZTest(z, two_sided_p(z))


def paired_accuracy_bounds(acc_new: float, acc_ref: float, n: int) -> PairedBounds:
    """Return the p values that two accuracies on the same `n` items still allow, when b and c are not published.

    With k = round(acc n) and D = |k1 - k2| the discordant items number between D and min(k1 + k2, 2n - k1 -
    k2). p_best = min(1, 2^(1 - D)) is a proven lower bound of the exact p; p_worst = 2 Phi(-D / sqrt(most))
    the largest, up to the normal approximation; p_indep the unpaired, unpooled one. Raises ValueError for accuracies
    outside [0, 1] or n < 1.
    """
    n = domain.count("n", n, 1)
    k_new, k_ref = (
        math.floor(domain.share(*named) * n + 0.5) for named in (("acc_new", acc_new), ("acc_ref", acc_ref))
    )
    return paired_count_bounds(k_new, k_ref, n)


def paired_count_bounds(k_new: int, k_ref: int, n: int) -> PairedBounds:
    """Return the same bounds from the numbers of items that each model got right."""
    k_new, n = domain.part("k_new", k_new, "n", n)
    k_ref, n = domain.part("k_ref", k_ref, "n", n)
    least = abs(k_new - k_ref)
    most = min(k_new + k_ref, 2 * n - k_new - k_ref)
    # ldexp underflows to 0 where a power of 0.5 would too, without ever overflowing.
    return PairedBounds(
        disc_min=least,
        disc_max=most,
        p_best=min(1.0, math.ldexp(1.0, 1 - least)),
        p_indep=_unpaired_p(k_new, k_ref, n),
        p_worst=two_sided_p(least / math.sqrt(most)) if most else 1.0,
    )


def _unpaired_p(k_new: int, k_ref: int, n: int) -> float:
    """Return the p value of the unpooled z test, as if the two models had seen different items."""
    spread = k_new * (n - k_new) / n + k_ref * (n - k_ref) / n
    # Two perfect (or hopeless) models agree; a perfect and a hopeless one differ beyond any doubt.
    return two_sided_p((k_new - k_ref) / math.sqrt(spread)) if spread else float(k_new == k_ref)
