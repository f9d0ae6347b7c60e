"""How often an alert on a success rate rings without cause, and how often it stays silent with one."""

import math
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.beta import binomial_cdf


class FalseAlarm(NamedTuple):
    """Probability that a healthy window falls below the threshold."""

    false_alarm: float


class AlertQuality(NamedTuple):
    """Probability of an alarm from a healthy model, and of silence about a degraded one."""

    false_alarm: float
    miss: float


def alert_false_alarm(p_healthy: float, threshold: float, n: int) -> FalseAlarm:
    """Return the chance that a window of `n` labels from a model with rate `p_healthy` falls below `threshold`.

    P(Bin(n, p) < threshold n) = cdf(ceil(threshold n) - 1). An alert on an error rate above t mirrors: pass 1
    - p and 1 - t. Raises ValueError for p_healthy outside (0, 1), threshold outside [0, 1] or n < 1.
    """
    p, t, n = (
        domain.probability("p_healthy", p_healthy),
        domain.share("threshold", threshold),
        domain.count("n", n, 1),
    )
    return FalseAlarm(_below(p, t, n))


def alert_quality(p_healthy: float, p_degraded: float, threshold: float, n: int, consecutive: int = 1) -> AlertQuality:
    """Return false alarm and miss of an alert that rings after `consecutive` windows of `n` below `threshold`.

    Windows are independent, so both windows' probabilities are raised to that power: false alarm q_healthy^c,
    miss 1 - q_degraded^c. Raises ValueError as `alert_false_alarm` does, and for consecutive < 1.
    """
    healthy, degraded = (
        domain.probability("p_healthy", p_healthy),
        domain.probability("p_degraded", p_degraded),
    )
    t, n = domain.share("threshold", threshold), domain.count("n", n, 1)
    windows = domain.count("consecutive", consecutive, 1)
    return AlertQuality(_below(healthy, t, n) ** windows, 1.0 - _below(degraded, t, n) ** windows)


def _below(p: float, threshold: float, n: int) -> float:
    # 0.07 * 100 is a hair above 7 in floats; without slack seven of a hundred would count as below 7%.
    return binomial_cdf(math.ceil(threshold * n - 1e-9) - 1, n, p)
