"""What trials without, or with few, failures prove about a failure rate."""

import math
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.beta import binomial_cdf
from mlgov.statistics.roots import crossing


class UpperBound(NamedTuple):
    """One-sided upper confidence limit of a rate."""

    upper: float


class Trials(NamedTuple):
    """Number of trials."""

    n: int


def binomial_upper_bound(failures: int, n: int, conf: float = 0.95) -> UpperBound:
    """Return the one-sided Clopper-Pearson upper limit of the failure rate after `failures` in `n` trials.

    The rate at which so few failures have probability 1 - conf; without a failure 1 - (1 - conf)^(1/n), about
    3/n. Trials must be independent. Raises ValueError for failures > n or n < 1. Source: Clopper & Pearson
    1934; Hanley & Lippman-Hand 1983.
    """
    failures, n = domain.part("failures", failures, "n", n)
    left = 1.0 - domain.probability("conf", conf)
    if failures == 0:
        return UpperBound(-math.expm1(math.log(left) / n))
    if failures == n:
        return UpperBound(1.0)
    return UpperBound(crossing(lambda p: binomial_cdf(failures, n, p) - left, 0.0, 1.0))


def n_zero_failures(p_max: float, conf: float = 0.95) -> Trials:
    """Return the trials without failure that show a failure rate of at most `p_max`.

    ceil(ln(1 - conf) / ln(1 - p_max)). Raises ValueError for p_max or conf outside (0, 1).
    """
    p_max, conf = domain.probability("p_max", p_max), domain.probability("conf", conf)
    needed = math.log1p(-conf) / math.log1p(-p_max)
    # A quotient that is whole but for rounding must not cost one trial more (p_max 0.5, conf 0.75 needs two).
    return Trials(max(1, math.ceil(needed * (1.0 - 1e-12))))
