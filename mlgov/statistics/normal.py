"""The standard normal distribution: probabilities, quantiles and critical values."""

import math
from functools import lru_cache

from mlgov.statistics import domain

_ROOT_TWO = math.sqrt(2.0)


def normal_cdf(x: float) -> float:
    """Return P(Z <= x) for a standard normal Z, accurate far into the lower tail."""
    return 0.5 * math.erfc(-x / _ROOT_TWO)


def normal_sf(x: float) -> float:
    """Return P(Z > x) for a standard normal Z, accurate far into the upper tail."""
    return 0.5 * math.erfc(x / _ROOT_TWO)


def two_sided_p(z: float) -> float:
    """Return P(|Z| >= |z|), the two-sided p value of a z statistic."""
    return math.erfc(abs(z) / _ROOT_TWO)


@lru_cache(maxsize=256)
def normal_quantile(q: float) -> float:
    """Return the x with P(Z <= x) = q, for q strictly between 0 and 1."""
    # Imported here: the standard module costs milliseconds that a run without any such rule need not pay.
    from statistics import NormalDist

    return NormalDist().inv_cdf(q)


def critical_z(alpha: float, sides: int) -> float:
    """Return z with upper tail alpha / sides: the value a test statistic must pass.

    Taken from the lower tail, so that very small alpha does not vanish in 1 - alpha.
    """
    domain.one_of("sides", sides, 1, 2)
    return -normal_quantile(domain.probability("alpha", alpha) / sides)


def confidence_z(conf: float) -> float:
    """Return z of a two-sided interval with confidence `conf`: 1.96 for 0.95."""
    return -normal_quantile((1.0 - domain.probability("conf", conf)) / 2.0)


def power_z(alpha: float, power: float, sides: int) -> tuple[float, float]:
    """Return (z_alpha, z_power) of a plan.

    Raises ValueError when power does not exceed alpha / sides: a test has that power without any data, so no
    sample size belongs to it.
    """
    z_alpha = critical_z(alpha, sides)
    if domain.probability("power", power) <= alpha / sides:
        raise ValueError(f"power must exceed alpha / sides, {power!r} <= {alpha / sides!r}")
    return z_alpha, normal_quantile(power)
