"""Confidence intervals of metrics that can be had from counts or from summary numbers alone."""

import math
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.chi_squared import chi2_upper_point
from mlgov.statistics.normal import confidence_z


class Interval(NamedTuple):
    """Lower and upper limit."""

    low: float
    high: float


class DifferenceInterval(NamedTuple):
    """Difference of two proportions (first minus second) and its limits."""

    diff: float
    low: float
    high: float


class F1Interval(NamedTuple):
    """F1 of the positive class and its limits."""

    f1: float
    low: float
    high: float


class MeanErrorInterval(NamedTuple):
    """Standard error of a mean absolute error, and its limits in the unit of the target."""

    se: float
    low: float
    high: float


def wilson_ci(k: int, n: int, conf: float = 0.95) -> Interval:
    """Return the Wilson score interval of `k` successes in `n` independent trials.

    Centre (p + z^2/2n) / (1 + z^2/n), half-width z / (1 + z^2/n) sqrt(pq/n + z^2/4n^2). Raises ValueError for
    k > n, n < 1 or conf outside (0, 1). Source: Wilson 1927; Brown, Cai & DasGupta 2001.
    """
    k, n = domain.part("k", k, "n", n)
    z, p = confidence_z(conf), k / n
    shrink = 1.0 + z * z / n
    centre = (p + z * z / (2.0 * n)) / shrink
    half = z / shrink * math.sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n))
    # At the ends the limit is exact, and rounding must not push it past the estimate.
    return Interval(0.0 if k == 0 else max(0.0, centre - half), 1.0 if k == n else min(1.0, centre + half))


def newcombe_diff_ci(k1: int, n1: int, k2: int, n2: int, conf: float = 0.95) -> DifferenceInterval:
    """Return the interval of k1/n1 - k2/n2 for two independent samples.

    Newcombe's hybrid of the two Wilson intervals (his method 10). Not for two models on one test set: those
    are paired. Raises ValueError as `wilson_ci` does. Source: Newcombe 1998.
    """
    k1, n1 = domain.part("k1", k1, "n1", n1)
    k2, n2 = domain.part("k2", k2, "n2", n2)
    p1, p2 = k1 / n1, k2 / n2
    first, second = wilson_ci(k1, n1, conf), wilson_ci(k2, n2, conf)
    low = p1 - p2 - math.hypot(p1 - first.low, second.high - p2)
    high = p1 - p2 + math.hypot(first.high - p1, p2 - second.low)
    return DifferenceInterval(p1 - p2, low, high)


def f1_ci(tp: int, fp: int, fn: int, conf: float = 0.95) -> F1Interval:
    """Return binary F1 and its interval from confusion counts.

    The Jaccard index J = tp / (tp + fp + fn) is binomial given its denominator and F1 = 2J / (1 + J), so
    Wilson's limits are mapped. Raises ValueError when all three counts are 0. Source: Lam et al. 2022,
    "Wilson indirect".
    """
    tp, fp, fn = domain.count("tp", tp), domain.count("fp", fp), domain.count("fn", fn)
    if tp + fp + fn == 0:
        raise ValueError("tp, fp and fn must not all be 0: F1 is undefined")
    jaccard = wilson_ci(tp, tp + fp + fn, conf)
    return F1Interval(
        2.0 * tp / (2.0 * tp + fp + fn),
        2.0 * jaccard.low / (1.0 + jaccard.low),
        2.0 * jaccard.high / (1.0 + jaccard.high),
    )


def rmse_ci(rmse: float, n: int, conf: float = 0.95) -> Interval:
    """Return the interval of a root mean squared error, in the unit of the target.

    rmse sqrt(n / chi2) at both chi-squared quantiles; exact for zero-mean normal errors only, see `rmse_se`
    for heavy tails. Raises ValueError for rmse < 0 or n < 1.
    """
    rmse, n = domain.not_negative("rmse", rmse), domain.count("n", n, 1)
    tail = (1.0 - domain.probability("conf", conf)) / 2.0
    low, high = (rmse * math.sqrt(n / chi2_upper_point(q, n)) for q in (tail, 1.0 - tail))
    return Interval(low, high)


def rmse_se(rmse: float, n: int, kurtosis: float = 3.0) -> float:
    """Return the standard error of a root mean squared error: rmse sqrt((kurtosis - 1) / 4n); 3 is the normal one."""
    if domain.number("kurtosis", kurtosis) < 1.0:
        raise ValueError(f"kurtosis must be at least 1, not {kurtosis!r}")
    return domain.not_negative("rmse", rmse) * math.sqrt((kurtosis - 1.0) / (4.0 * domain.count("n", n, 1)))


def mae_ci(mae: float, rmse: float, n: int, conf: float = 0.95) -> MeanErrorInterval:
    """Return standard error and interval of a mean absolute error from mae, rmse and `n`, without raw data.

    Var|e| = rmse^2 - mae^2 exactly, so se = sqrt((rmse^2 - mae^2) / (n - 1)). Raises ValueError for n < 2, or
    naming `rmse` when it is below mae, which no errors allow.
    """
    mae, rmse = domain.not_negative("mae", mae), domain.not_negative("rmse", rmse)
    if rmse < mae:
        raise ValueError(f"rmse must not be below mae: {rmse!r} < {mae!r}")
    se = math.sqrt((rmse - mae) * (rmse + mae) / (domain.count("n", n, 2) - 1))
    z = confidence_z(conf)
    return MeanErrorInterval(se, mae - z * se, mae + z * se)


def width_ratio(low: float, high: float, value: float, n: int, conf: float = 0.95) -> float:
    """Return how wide a stated interval is, as a multiple of Wilson's for a proportion `value` of `n`.

    Far below 1 the stated interval cannot come from `n` independent items; above 1 it may well (clusters).
    """
    if domain.number("high", high) < domain.number("low", low):
        raise ValueError(f"high must not be below low: {high!r} < {low!r}")
    n = domain.count("n", n, 1)
    own = wilson_ci(math.floor(domain.share("value", value) * n + 0.5), n, conf)
    return (high - low) / (own.high - own.low)
