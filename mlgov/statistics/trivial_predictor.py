"""The score that a predictor without any model reaches, for metrics where arithmetic alone tells it."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from mlgov.statistics import domain

_LOWER_IS_BETTER = frozenset({"log_loss", "brier", "rmse"})
_FROM_PREVALENCE = frozenset({"average_precision", "f1", "brier"})
_FROM_SHARES = frozenset({"accuracy", "balanced_accuracy", "log_loss"})
_FIXED = {"auc": 0.5, "r2": 0.0}

TRIVIAL_METRICS = tuple(sorted(_FROM_PREVALENCE | _FROM_SHARES | _FIXED.keys() | {"rmse"}))


class TrivialScore(NamedTuple):
    """Score of the best predictor that ignores its input, and which way the metric improves."""

    score: float
    higher_is_better: bool


def trivial_score(
    metric: str,
    shares: Sequence[float] | None = None,
    prevalence: float | None = None,
    sd: float | None = None,
) -> TrivialScore:
    """Return the trivial score of `metric`; a target that is not better asks for nothing.

    accuracy max p_k, balanced_accuracy 1/K, log_loss entropy in nats (from class `shares`, counts or
    proportions, or from a binary `prevalence`); average_precision p, f1 2p/(1+p), brier p(1-p) (from the
    positive `prevalence`); rmse the `sd` of the target; auc 1/2; r2 0. Raises ValueError for another metric,
    or naming the argument it lacks.
    """
    domain.one_of("metric", metric, *TRIVIAL_METRICS)
    if metric in _FIXED:
        score = _FIXED[metric]
    elif metric == "rmse":
        score = domain.not_negative("sd", _given("sd", sd))
    elif metric in _FROM_PREVALENCE:
        score = _positive_score(metric, domain.probability("prevalence", _given("prevalence", prevalence)))
    else:
        score = _class_score(metric, _class_shares(shares, prevalence))
    return TrivialScore(score, metric not in _LOWER_IS_BETTER)


def _positive_score(metric: str, p: float) -> float:
    """Score from the share of the positive class: rank at random, call all positive, or always say p."""
    return {"average_precision": p, "f1": 2.0 * p / (1.0 + p), "brier": p * (1.0 - p)}[metric]


def _class_score(metric: str, shares: list[float]) -> float:
    """Score from all class shares: always name the largest class, or always say the shares."""
    if metric == "accuracy":
        return max(shares)
    if metric == "balanced_accuracy":
        return 1.0 / len(shares)
    return -math.fsum(p * math.log(p) for p in shares)


def _class_shares(shares: Sequence[float] | None, prevalence: float | None) -> list[float]:
    if shares is None:
        p = domain.probability("prevalence", _given("shares or prevalence", prevalence))
        return [p, 1.0 - p]
    plain = domain.weights("shares", shares)
    # A class without rows is never right, never wrong, and adds nothing to the entropy.
    return [value / math.fsum(plain) for value in plain if value > 0.0]


def _given(name: str, value: float | None) -> float:
    if value is None:
        raise ValueError(f"{name} is missing: this metric needs it")
    return value
