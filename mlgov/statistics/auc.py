"""The area under the ROC curve: its standard error with and without the scores."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.normal import confidence_z


class AucInterval(NamedTuple):
    """Standard error of an area under the curve, and its limits."""

    se: float
    low: float
    high: float


class AucEstimate(NamedTuple):
    """Area under the curve and its standard error."""

    auc: float
    se: float


def auc_hanley_mcneil(auc: float, n_pos: int, n_neg: int, conf: float = 0.95) -> AucInterval:
    """Return standard error and interval of a printed `auc`, from the numbers of positives and negatives.

    Q1 = A/(2-A), Q2 = 2A^2/(1+A), se^2 = [A(1-A) + (n_pos-1)(Q1-A^2) + (n_neg-1)(Q2-A^2)] / (n_pos n_neg);
    the limits are formed on the logit scale, so they stay inside (0, 1). Raises ValueError for auc outside
    (0, 1) or n < 1. Source: Hanley & McNeil 1982.
    """
    a = domain.probability("auc", auc)
    n_pos, n_neg = domain.count("n_pos", n_pos, 1), domain.count("n_neg", n_neg, 1)
    q1, q2 = a / (2.0 - a), 2.0 * a * a / (1.0 + a)
    spread = a * (1.0 - a) + (n_pos - 1) * (q1 - a * a) + (n_neg - 1) * (q2 - a * a)
    se = math.sqrt(spread / n_pos / n_neg)
    logit, half = math.log(a / (1.0 - a)), confidence_z(conf) * se / (a * (1.0 - a))
    return AucInterval(se, _expit(logit - half), _expit(logit + half))


def auc_delong(pos: Sequence[float], neg: Sequence[float]) -> AucEstimate:
    """Return area and standard error from the scores of positives and negatives, ties counted half.

    se^2 = S10/n_pos + S01/n_neg with the sample variances (n - 1) of the placement values: the part of the
    other class that a score beats. Raises ValueError for fewer than 2 scores in a class. Source: DeLong,
    DeLong & Clarke-Pearson 1988.
    """
    pos, neg = domain.numbers("pos", pos, 2), domain.numbers("neg", neg, 2)
    beaten = _placements(pos, sorted(neg))
    beating = [1.0 - place for place in _placements(neg, sorted(pos))]
    auc = math.fsum(beaten) / len(beaten)
    return AucEstimate(auc, math.sqrt(_variance_of_mean(beaten, auc) + _variance_of_mean(beating, auc)))


def _placements(scores: Sequence[float], others: list[float]) -> list[float]:
    """Return, for each score, the part of the sorted others that lies below it."""
    twice = 2.0 * len(others)
    return [(bisect_left(others, score) + bisect_right(others, score)) / twice for score in scores]


def _variance_of_mean(values: list[float], mean: float) -> float:
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values)


def _expit(x: float) -> float:
    # Two forms, because exp of a large positive number overflows.
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0.0 else math.exp(x) / (1.0 + math.exp(x))
