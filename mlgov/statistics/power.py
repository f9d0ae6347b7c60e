"""What a sample of given size is able to show: power, and the smallest effect that it detects."""

import math
from collections.abc import Callable
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.normal import critical_z, normal_cdf, power_z
from mlgov.statistics.roots import crossing


class Power(NamedTuple):
    """Probability that a test shows an effect which is there."""

    power: float


class DetectableEffect(NamedTuple):
    """Smallest absolute difference that is shown with the wanted power."""

    mde_abs: float


def power_two_proportions(
    p1: float,
    p2: float,
    n1: int,
    n2: int,
    alpha: float = 0.05,
    sides: int = 2,
    variance: str = "unpooled",
) -> Power:
    """Return the power of two arms of `n1` and `n2` units to tell rate `p2` from rate `p1`.

    Phi((|p1 - p2| - z_a se0) / se1), se1 from both rates, se0 the same (unpooled) or from the mean rate
    (pooled). Raises ValueError for rates outside (0, 1) or n < 1. Source: Fleiss, Levin & Paik 2003, chapter
    4.
    """
    p1, p2 = domain.probability("p1", p1), domain.probability("p2", p2)
    n1, n2 = domain.count("n1", n1, 1), domain.count("n2", n2, 1)
    domain.one_of("variance", variance, "unpooled", "pooled")
    z_a = critical_z(alpha, sides)
    se1 = se0 = math.sqrt(p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2)
    if variance == "pooled":
        mean = (n1 * p1 + n2 * p2) / (n1 + n2)
        se0 = math.sqrt(mean * (1.0 - mean) * (1.0 / n1 + 1.0 / n2))
    return Power(normal_cdf((abs(p1 - p2) - z_a * se0) / se1))


def power_two_means(
    delta: float, sd1: float, sd2: float, n1: int, n2: int, alpha: float = 0.05, sides: int = 2
) -> Power:
    """Return the power of two arms of `n1` and `n2` units to show a difference `delta` of means, in the unit of `sd1`.

    Phi(|delta| / sqrt(sd1^2 / n1 + sd2^2 / n2) - z_a), the inverse of `n_two_means`. Raises ValueError for delta 0, a
    standard deviation not above 0 or n < 1. Source: Kohavi, Tang & Xu 2020, chapter 17.
    """
    if domain.number("delta", delta) == 0.0:
        raise ValueError("delta must not be 0: no sample shows a difference of nothing")
    sd1, sd2 = domain.positive("sd1", sd1), domain.positive("sd2", sd2)
    n1, n2 = domain.count("n1", n1, 1), domain.count("n2", n2, 1)
    return Power(normal_cdf(abs(delta) / math.sqrt(sd1**2 / n1 + sd2**2 / n2) - critical_z(alpha, sides)))


def mde_two_proportions(
    p1: float, n1: int, n2: int, alpha: float = 0.05, power: float = 0.8, sides: int = 2
) -> DetectableEffect:
    """Return the smallest rise d such that rate p1 + d is told from `p1` with the wanted power.

    Solves unpooled power(p1, p1 + d) = power, which grows with d. A lower-is-better metric mirrors: pass 1 -
    p1. Raises ValueError naming `n1` when the arms are too small to show even a rise to 1.
    """
    p1 = domain.probability("p1", p1)
    n1, n2 = domain.count("n1", n1, 1), domain.count("n2", n2, 1)
    z_a, z_b = power_z(alpha, power, sides)

    def surplus(rise: float) -> float:
        p2 = p1 + rise
        return rise - (z_a + z_b) * math.sqrt(p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2)

    return DetectableEffect(_smallest(surplus, 1.0 - p1, "n1"))


def power_one_proportion(p0: float, p1: float, n: int, alpha: float = 0.05, sides: int = 1) -> Power:
    """Return the power of a window of `n` units to tell rate `p1` from the known rate `p0`.

    Phi((|p1 - p0| - z_a sqrt(p0 q0 / n)) / sqrt(p1 q1 / n)). Raises ValueError for rates outside (0, 1) or n
    < 1.
    """
    p0, p1, n = domain.probability("p0", p0), domain.probability("p1", p1), domain.count("n", n, 1)
    edge = critical_z(alpha, sides) * math.sqrt(p0 * (1.0 - p0) / n)
    return Power(normal_cdf((abs(p1 - p0) - edge) / math.sqrt(p1 * (1.0 - p1) / n)))


def mde_one_proportion(p0: float, n: int, alpha: float = 0.05, power: float = 0.8, sides: int = 1) -> DetectableEffect:
    """Return the smallest rise above the known rate `p0` that a window of `n` units shows with the wanted power.

    Inverse of `n_one_proportion`. Raises ValueError naming `n` when the window is too small for any rise.
    """
    p0, n = domain.probability("p0", p0), domain.count("n", n, 1)
    z_a, z_b = power_z(alpha, power, sides)
    edge = z_a * math.sqrt(p0 * (1.0 - p0) / n)

    def surplus(rise: float) -> float:
        p1 = p0 + rise
        return rise - edge - z_b * math.sqrt(max(0.0, p1 * (1.0 - p1)) / n)

    return DetectableEffect(_smallest(surplus, 1.0 - p0, "n"))


def _smallest(surplus: Callable[[float], float], most: float, name: str) -> float:
    if surplus(most) < 0.0:
        raise ValueError(f"{name} is too small: no effect at all is shown with this power")
    return crossing(surplus, 0.0, most)
