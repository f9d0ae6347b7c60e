"""How many units a comparison needs before it may be expected to show its effect.

All sizes are returned unrounded, with `total` rounded up per arm. Two-sided plans ignore the far tail, which
holds about one millionth at power 0.8. Observations are taken as independent: count the entity, not the row.
"""

import math
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.normal import confidence_z, power_z


class SampleSize(NamedTuple):
    """Units of arm 1 and arm 2, unrounded, and both together after rounding up."""

    n1: float
    n2: float
    total: int


class SingleSampleSize(NamedTuple):
    """Units of a single sample, unrounded and rounded up."""

    n: float
    total: int


def _two_arms(n1: float, ratio: float) -> SampleSize:
    return SampleSize(n1, n1 * ratio, math.ceil(n1) + math.ceil(n1 * ratio))


def n_two_proportions(
    p1: float,
    p2: float,
    alpha: float = 0.05,
    power: float = 0.8,
    sides: int = 2,
    ratio: float = 1.0,
    variance: str = "unpooled",
) -> SampleSize:
    """Return the units per arm that tell rate `p2` from rate `p1`; `ratio` is n2 / n1.

    unpooled: n1 = (z_a + z_b)^2 (p1 q1 + p2 q2 / r) / (p1 - p2)^2; pooled: the null variance uses the mean
    rate. Raises ValueError for rates outside (0, 1) or equal. Source: Fleiss, Levin & Paik 2003, chapter 4.
    """
    p1, p2 = domain.probability("p1", p1), domain.probability("p2", p2)
    if p1 == p2:
        raise ValueError("p2 must differ from p1: no sample shows a difference of nothing")
    ratio = domain.positive("ratio", ratio)
    domain.one_of("variance", variance, "unpooled", "pooled")
    z_a, z_b = power_z(alpha, power, sides)
    spread = p1 * (1.0 - p1) + p2 * (1.0 - p2) / ratio
    null = spread
    if variance == "pooled":
        mean = (p1 + ratio * p2) / (1.0 + ratio)
        null = mean * (1.0 - mean) * (1.0 + 1.0 / ratio)
    return _two_arms(((z_a * math.sqrt(null) + z_b * math.sqrt(spread)) / (p1 - p2)) ** 2, ratio)


def n_two_means(
    delta: float,
    sd1: float,
    sd2: float,
    alpha: float = 0.05,
    power: float = 0.8,
    sides: int = 2,
    ratio: float = 1.0,
) -> SampleSize:
    """Return the units per arm that show a difference `delta` of means, in the unit of `sd1` and `sd2`.

    n1 = (z_a + z_b)^2 (sd1^2 + sd2^2 / r) / delta^2; the "16 sd^2 / delta^2" rule of thumb is this one,
    rounded. Raises ValueError for delta 0 or a standard deviation not above 0. Source: Kohavi, Tang & Xu
    2020, chapter 17.
    """
    if domain.number("delta", delta) == 0.0:
        raise ValueError("delta must not be 0: no sample shows a difference of nothing")
    spread = domain.positive("sd1", sd1) ** 2 + domain.positive("sd2", sd2) ** 2 / domain.positive("ratio", ratio)
    z_a, z_b = power_z(alpha, power, sides)
    return _two_arms((z_a + z_b) ** 2 * spread / delta**2, ratio)


def n_noninferiority_proportions(
    p_ref: float,
    p_new: float,
    margin: float,
    alpha: float = 0.025,
    power: float = 0.8,
    ratio: float = 1.0,
) -> SampleSize:
    """Return the units that show the new rate to be no worse than the reference by more than `margin`.

    n1 (reference arm) = (z_{1-alpha} + z_b)^2 (p_ref q_ref + p_new q_new / r) / (p_new - p_ref + margin)^2;
    one-sided, higher is better. Raises ValueError naming `margin` when the expected loss uses it up. Source:
    ICH E9.
    """
    p_ref, p_new = domain.probability("p_ref", p_ref), domain.probability("p_new", p_new)
    room = p_new - p_ref + domain.positive("margin", margin)
    if room <= 0.0:
        raise ValueError(f"margin must exceed the expected loss p_ref - p_new, {margin!r} <= {p_ref - p_new!r}")
    spread = p_ref * (1.0 - p_ref) + p_new * (1.0 - p_new) / domain.positive("ratio", ratio)
    z_a, z_b = power_z(alpha, power, 1)
    return _two_arms((z_a + z_b) ** 2 * spread / room**2, ratio)


def n_one_proportion(p0: float, p1: float, alpha: float = 0.05, power: float = 0.8, sides: int = 1) -> SingleSampleSize:
    """Return the window size that tells rate `p1` from a known rate `p0` (a canary, an alert).

    n = (z_a sqrt(p0 q0) + z_b sqrt(p1 q1))^2 / (p1 - p0)^2. Raises ValueError for rates outside (0, 1) or
    equal.
    """
    p0, p1 = domain.probability("p0", p0), domain.probability("p1", p1)
    if p0 == p1:
        raise ValueError("p1 must differ from p0: no sample shows a difference of nothing")
    z_a, z_b = power_z(alpha, power, sides)
    n = ((z_a * math.sqrt(p0 * (1.0 - p0)) + z_b * math.sqrt(p1 * (1.0 - p1))) / (p1 - p0)) ** 2
    return SingleSampleSize(n, math.ceil(n))


def n_interval_width(p: float, width: float, conf: float = 0.95) -> SingleSampleSize:
    """Return the sample whose interval for a rate near `p` is `width` wide from end to end: 4 z^2 p q / width^2."""
    p, width = domain.probability("p", p), domain.probability("width", width)
    n = p * (1.0 - p) * (2.0 * confidence_z(conf) / width) ** 2
    return SingleSampleSize(n, math.ceil(n))
