"""Corrections that turn a textbook sample size into the one a real design needs, and into days."""

import math
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.normal import critical_z


class Duration(NamedTuple):
    """Days until the sample is complete, as such and in whole weeks."""

    days_raw: int
    days_full_weeks: int


def cuped_n(n: float, rho: float) -> float:
    """Return the units needed after CUPED with a covariate of correlation `rho`: n (1 - rho^2).

    Raises ValueError for |rho| >= 1. Source: Deng, Xu, Kohavi & Walker 2013.
    """
    if abs(domain.number("rho", rho)) >= 1.0:
        raise ValueError(f"rho must lie strictly between -1 and 1, not {rho!r}")
    return domain.positive("n", n) * (1.0 - rho * rho)


def clustered_n(n: float, cluster_size: float, icc: float) -> float:
    """Return the units needed when they come in clusters: n (1 + (m - 1) icc).

    `cluster_size` is the mean number m of units per cluster, `icc` the correlation within one, from 0 to 1.
    Source: Donner & Klar 2000.
    """
    if domain.number("cluster_size", cluster_size) < 1.0:
        raise ValueError(f"cluster_size must be at least 1, not {cluster_size!r}")
    return domain.positive("n", n) * (1.0 + (cluster_size - 1.0) * domain.share("icc", icc))


def t_corrected_n(n: float, alpha: float = 0.05, sides: int = 2) -> float:
    """Return the units per arm for a t test where `n` was planned for a z test: n + z_a^2 / 4 (Guenther 1981)."""
    return domain.positive("n", n) + critical_z(alpha, sides) ** 2 / 4.0


def ratio_variance(mean_x: float, mean_y: float, var_x: float, var_y: float, cov_xy: float, n: int) -> float:
    """Return the variance of mean(X) / mean(Y) over `n` independent units, by the delta method.

    (var_x - 2 R cov_xy + R^2 var_y) / (n mean_y^2) with R = mean_x / mean_y: for clicks per view where the
    user was randomised. Raises ValueError for mean_y 0 or a covariance that the variances do not admit.
    Source: Deng, Knoblich & Lu 2018.
    """
    if domain.number("mean_y", mean_y) == 0.0:
        raise ValueError("mean_y must not be 0")
    var_x, var_y = domain.not_negative("var_x", var_x), domain.not_negative("var_y", var_y)
    if abs(domain.number("cov_xy", cov_xy)) > math.sqrt(var_x * var_y) * (1.0 + 1e-9):
        raise ValueError("cov_xy must not exceed the product of the standard deviations")
    ratio = domain.number("mean_x", mean_x) / mean_y
    spread = var_x - 2.0 * ratio * cov_xy + ratio * ratio * var_y
    return max(0.0, spread) / (mean_y * mean_y * domain.count("n", n, 1))


def allocation_inflation(ratio: float) -> float:
    """Return how many times more units an n2 / n1 split of `ratio` needs than an even one: (1 + r)^2 / (4 r)."""
    ratio = domain.positive("ratio", ratio)
    return (1.0 + ratio) ** 2 / (4.0 * ratio)


def ab_duration_days(n_total: int, daily_units: float, share: float = 1.0, min_days: int = 7) -> Duration:
    """Return the days an experiment takes, raw and in full weeks of at least `min_days`.

    days = ceil(n_total / (daily_units share)). `daily_units` are new eligible units a day: users who come
    back do not count twice. `share` is the part of them that is enrolled, above 0 and at most 1.
    """
    n_total, min_days = domain.count("n_total", n_total, 1), domain.count("min_days", min_days)
    if domain.share("share", share) == 0.0:
        raise ValueError("share must be above 0")
    # The tolerance keeps 7200 / (1200 * 0.6) at ten days, where the float quotient is a hair above.
    days = max(1, math.ceil(n_total / (domain.positive("daily_units", daily_units) * share) * (1.0 - 1e-12)))
    return Duration(days, 7 * math.ceil(max(days, min_days) / 7))
