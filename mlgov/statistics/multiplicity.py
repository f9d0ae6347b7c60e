"""What happens to errors and power when several hypotheses are tested, and how to correct for it."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from mlgov.statistics import domain


class AdjustedAlpha(NamedTuple):
    """Level at which each single test must be held."""

    alpha_each: float


class AdjustedPValues(NamedTuple):
    """Adjusted p values, in the order of the input."""

    adjusted: list[float]


class FamilyError(NamedTuple):
    """Probability of at least one false positive in the family."""

    fwer: float


def alpha_adjust(alpha: float, m: int, method: str = "bonferroni") -> AdjustedAlpha:
    """Return the level for each of `m` tests that keeps the family at `alpha`.

    bonferroni: alpha / m; sidak: 1 - (1 - alpha)^(1/m), exact for independent tests. Raises ValueError for m
    < 1.
    """
    alpha, m = domain.probability("alpha", alpha), domain.count("m", m, 1)
    domain.one_of("method", method, "bonferroni", "sidak")
    # expm1 and log1p, because 1 - (1 - alpha) loses the digits of a small alpha.
    return AdjustedAlpha(alpha / m if method == "bonferroni" else -math.expm1(math.log1p(-alpha) / m))


def fwer(alpha: float, m: int) -> FamilyError:
    """Return the probability of a false positive among `m` independent tests: 1 - (1 - alpha)^m."""
    alpha, m = domain.probability("alpha", alpha), domain.count("m", m, 1)
    return FamilyError(-math.expm1(m * math.log1p(-alpha)))


def p_adjust(p: Sequence[float], method: str = "holm") -> AdjustedPValues:
    """Return p values that may each be compared with the level of the whole family.

    holm, bonferroni and sidak hold the family error, bh the false discovery rate. Raises ValueError for an
    empty list or a p value outside [0, 1]. Source: Holm 1979; Benjamini & Hochberg 1995.
    """
    domain.one_of("method", method, "holm", "bh", "bonferroni", "sidak")
    values = [domain.share("p", value) for value in domain.numbers("p", p)]
    m = len(values)
    if method == "bonferroni":
        return AdjustedPValues([min(1.0, m * value) for value in values])
    if method == "sidak":
        return AdjustedPValues([_sidak_p(value, m) for value in values])
    return AdjustedPValues(_holm(values) if method == "holm" else _benjamini_hochberg(values))


def _sidak_p(p: float, m: int) -> float:
    return 1.0 if p == 1.0 else -math.expm1(m * math.log1p(-p))


def _holm(values: list[float]) -> list[float]:
    """Step down: the i-th smallest of m is multiplied by m - i + 1, and never falls below the one before."""
    adjusted, so_far, m = [0.0] * len(values), 0.0, len(values)
    for rank, index in enumerate(sorted(range(m), key=values.__getitem__)):
        so_far = max(so_far, min(1.0, (m - rank) * values[index]))
        adjusted[index] = so_far
    return adjusted


def _benjamini_hochberg(values: list[float]) -> list[float]:
    """Step up: the i-th smallest of m is multiplied by m / i, and never exceeds the one after."""
    adjusted, so_far, m = [0.0] * len(values), 1.0, len(values)
    for rank, index in enumerate(sorted(range(m), key=values.__getitem__, reverse=True)):
        so_far = min(so_far, m / (m - rank) * values[index])
        adjusted[index] = so_far
    return adjusted


def guardrail_power(power: float, guardrails: int) -> float:
    """Return the power each metric needs so that success and all guardrails pass together with `power`.

    1 - (1 - power) / (G + 1), the union bound, valid under any correlation. "Ship only if all are
    non-inferior" needs no correction of alpha, only this one of power. Source: Schultzberg, Ankargren &
    Fraanberg 2024 (Spotify).
    """
    return 1.0 - (1.0 - domain.probability("power", power)) / (domain.count("guardrails", guardrails) + 1)


def joint_power(power: float, m: int) -> float:
    """Return the probability that `m` independent tests of equal power all succeed: power^m."""
    return float(domain.probability("power", power) ** domain.count("m", m, 1))


def expected_false_alerts(alpha: float, tests: float) -> float:
    """Return how many of `tests` tests of healthy data raise an alarm: alpha times their number."""
    return domain.probability("alpha", alpha) * domain.not_negative("tests", tests)
