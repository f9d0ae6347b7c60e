"""What looking early does to an experiment, and the designs that allow it."""

import math
from functools import lru_cache
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.looks import crossing_probability
from mlgov.statistics.normal import critical_z, normal_quantile
from mlgov.statistics.roots import crossing

# The work grows with the square of the looks; beyond this a plan is continuous monitoring: use the
# always-valid one.
MOST_LOOKS = 1000
# Each evaluation is a full integration, and nobody reads more digits of a critical value.
_TOLERANCE = 1e-9


class GroupSequential(NamedTuple):
    """Error of peeking uncorrected, the corrected critical value, and the price in sample size."""

    naive_type1: float
    critical_z: float
    inflation: float


def naive_type1(looks: int, alpha: float = 0.05) -> float:
    """Return the real two-sided error of testing at fixed `alpha` at each of `looks` equally spaced looks.

    Raises ValueError for looks outside 1..1000 or alpha outside (0, 1). Source: Armitage, McPherson & Rowe
    1969.
    """
    return _naive(_looks(looks), domain.probability("alpha", alpha))


def group_sequential(looks: int, alpha: float = 0.05, power: float = 0.8, method: str = "pocock") -> GroupSequential:
    """Return the two-sided design with `looks` equally spaced looks that holds `alpha` over all of them.

    `critical_z` is the constant c: the bound is c at every look (pocock) or c sqrt(K / k) at look k
    (obrien_fleming, so c is the bound of the final look). `inflation` is the largest sample of the design
    over the fixed sample of equal power. Raises ValueError for looks outside 1..1000 or power not above alpha
    / 2. Source: Pocock 1977; O'Brien & Fleming 1979; Jennison & Turnbull 2000.
    """
    domain.one_of("method", method, "pocock", "obrien_fleming")
    if domain.probability("power", power) <= domain.probability("alpha", alpha):
        raise ValueError(f"power must exceed alpha, {power!r} <= {alpha!r}")
    return _design(_looks(looks), float(alpha), float(power), method)


def always_valid_half_width(n: int, sd: float, rho: float, alpha: float = 0.05) -> float:
    """Return the half-width of a confidence sequence for a mean, valid at every `n` at once.

    sqrt((n sd^2 + rho) / n^2 ln((n sd^2 + rho) / (rho alpha^2))), in the unit of `sd`; rho > 0 is fixed
    before the data and places the sample size at which the sequence is tightest. Source: Robbins 1970; Johari
    et al. 2017.
    """
    n, rho = domain.count("n", n, 1), domain.positive("rho", rho)
    spread = n * domain.positive("sd", sd) ** 2 + rho
    return math.sqrt(spread * math.log(spread / (rho * domain.probability("alpha", alpha) ** 2))) / n


def _looks(looks: int) -> int:
    looks = domain.count("looks", looks, 1)
    if looks > MOST_LOOKS:
        raise ValueError(f"looks must not exceed {MOST_LOOKS}, not {looks}: plan an always-valid sequence")
    return looks


def _bounds(constant: float, looks: int, method: str) -> list[float]:
    """Return the bounds on the scale of the sum, where a z bound is multiplied by sqrt(look)."""
    if method == "pocock":
        return [constant * math.sqrt(look) for look in range(1, looks + 1)]
    return [constant * math.sqrt(looks)] * looks


@lru_cache(maxsize=256)
def _naive(looks: int, alpha: float) -> float:
    return crossing_probability(_bounds(critical_z(alpha, 2), looks, "pocock"))


@lru_cache(maxsize=256)
def _design(looks: int, alpha: float, power: float, method: str) -> GroupSequential:
    z_a, z_b = critical_z(alpha, 2), normal_quantile(power)
    if looks == 1:
        return GroupSequential(alpha, z_a, 1.0)
    # Between no correction and Bonferroni's: the first errs too often, the second too rarely.
    constant = crossing(
        lambda c: crossing_probability(_bounds(c, looks, method)) - alpha,
        z_a * 0.999,
        critical_z(alpha / looks, 2),
        _TOLERANCE,
    )
    bounds, root = _bounds(constant, looks, method), math.sqrt(looks)
    # The final look alone reaches the power at c + z_b, earlier looks only add to it.
    drift = crossing(
        lambda d: crossing_probability(bounds, d / root) - power, 0.0, constant + max(z_b, 0.0) + 1.0, _TOLERANCE
    )
    return GroupSequential(_naive(looks, alpha), constant, (drift / (z_a + z_b)) ** 2)
