"""Measures of drift between two windows, and the values they take when nothing has drifted."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.chi_squared import chi2_upper_point


class StabilityIndex(NamedTuple):
    """Population stability index, in nats."""

    psi: float


class StabilityFloor(NamedTuple):
    """Population stability index that pure noise exceeds with probability alpha."""

    psi_critical: float


class JensenShannon(NamedTuple):
    """Jensen-Shannon distance, the root of the divergence."""

    distance: float


class KolmogorovSmirnov(NamedTuple):
    """Largest distance of two distribution functions that noise allows."""

    d_critical: float


def psi(expected: Sequence[float], actual: Sequence[float]) -> StabilityIndex:
    """Return the population stability index of two windows over the same bins: sum (a - e) ln(a / e).

    Takes counts or proportions. Counts with an empty bin get half a count in each bin; a bin that is empty in
    both windows is left out. Raises ValueError for lists of different length, or for proportions with an empty
    bin, where the index is infinite.
    """
    pairs = [pair for pair in zip(*_same_bins("expected", expected, "actual", actual), strict=True) if any(pair)]
    e, a = _filled("expected", [x for x, _ in pairs]), _filled("actual", [y for _, y in pairs])
    return StabilityIndex(math.fsum((y - x) * math.log(y / x) for x, y in zip(e, a, strict=True)))


def _filled(name: str, values: list[float]) -> list[float]:
    """Return proportions of which none is 0."""
    if min(values) == 0.0:
        if not all(value.is_integer() for value in values) or sum(values) <= 1.0:
            raise ValueError(f"{name} has an empty bin, which only counts can mend: give counts")
        values = [value + 0.5 for value in values]
    total = math.fsum(values)
    return [value / total for value in values]


def psi_noise_floor(bins: int, n_ref: int, n_cur: int, alpha: float = 0.05) -> StabilityFloor:
    """Return the index that windows of `n_ref` and `n_cur` rows exceed with probability `alpha` without any drift.

    (1/n_ref + 1/n_cur) times the upper `alpha` point of chi-squared with bins - 1 degrees of freedom. Holds
    from about 300 rows; smaller windows exceed it a little more often. Raises ValueError for fewer than 2
    bins or n < 1. Source: Yurdakul 2018.
    """
    bins, alpha = domain.count("bins", bins, 2), domain.probability("alpha", alpha)
    n_ref, n_cur = domain.count("n_ref", n_ref, 1), domain.count("n_cur", n_cur, 1)
    return StabilityFloor(chi2_upper_point(alpha, bins - 1) * (1.0 / n_ref + 1.0 / n_cur))


def psi_least_window(threshold: float, bins: int, n_ref: int, alpha: float = 0.05) -> int | None:
    """Return the smallest window whose noise floor lies under `threshold`; None when the reference is too small."""
    threshold, bins = domain.positive("threshold", threshold), domain.count("bins", bins, 2)
    point = chi2_upper_point(domain.probability("alpha", alpha), bins - 1)
    room = threshold / point - 1.0 / domain.count("n_ref", n_ref, 1)
    return math.floor(1.0 / room) + 1 if room > 0.0 else None


def js_distance(p: Sequence[float], q: Sequence[float], base: float = 2) -> JensenShannon:
    """Return the Jensen-Shannon distance of two distributions over the same bins, counts or proportions.

    Root of (KL(p, m) + KL(q, m)) / 2 with m = (p + q) / 2 and logarithms to `base`; in base 2 it lies from 0
    to 1. Empty bins are no trouble. Raises ValueError for lists of different length or a base not above 1.
    Source: Lin 1991; Endres & Schindelin 2003.
    """
    if domain.number("base", base) <= 1.0:
        raise ValueError(f"base must be above 1, not {base!r}")
    left, right = _same_bins("p", p, "q", q)
    total_p, total_q = math.fsum(left), math.fsum(right)
    terms = []
    for x, y in zip((v / total_p for v in left), (v / total_q for v in right), strict=True):
        middle = (x + y) / 2.0
        terms += [v * math.log(v / middle) / 2.0 for v in (x, y) if v > 0.0]
    # The sum is never negative but for rounding.
    return JensenShannon(math.sqrt(max(0.0, math.fsum(terms)) / math.log(base)))


def ks_critical(n: int, m: int, alpha: float = 0.05) -> KolmogorovSmirnov:
    """Return the Kolmogorov-Smirnov distance that windows of `n` and `m` rows exceed with probability `alpha`.

    sqrt(-ln(alpha / 2) / 2) sqrt((n + m) / (n m)), for continuous values and large windows. At a million rows
    it is 0.002: significance is not relevance. Source: Smirnov 1948.
    """
    n, m, alpha = domain.count("n", n, 1), domain.count("m", m, 1), domain.probability("alpha", alpha)
    return KolmogorovSmirnov(math.sqrt(-0.5 * math.log(alpha / 2.0)) * math.sqrt(1.0 / n + 1.0 / m))


def _same_bins(
    first_name: str, first: Sequence[float], second_name: str, second: Sequence[float]
) -> tuple[list[float], list[float]]:
    left, right = domain.weights(first_name, first, 2), domain.weights(second_name, second, 2)
    if len(left) != len(right):
        raise ValueError(f"{second_name} must have as many bins as {first_name}: {len(right)} and {len(left)}")
    return left, right
