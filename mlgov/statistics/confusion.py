"""Derives every binary metric from the four counts of a confusion matrix."""

import math
from typing import NamedTuple

from mlgov.statistics import domain


class ConfusionMetrics(NamedTuple):
    """Metrics of a binary classifier; None where the denominator is 0 and the metric does not exist."""

    n: int
    prevalence: float
    accuracy: float
    recall: float | None
    specificity: float | None
    precision: float | None
    negative_predictive_value: float | None
    false_positive_rate: float | None
    false_negative_rate: float | None
    f1: float | None
    balanced_accuracy: float | None
    jaccard: float | None
    mcc: float | None
    kappa: float | None


def confusion_metrics(tp: int, fp: int, fn: int, tn: int) -> ConfusionMetrics:
    """Return the metrics of true and false positives and negatives.

    Raises ValueError for a negative count or when all four are 0. Undefined ratios are None, never 0: a
    tool's convention for 0 / 0 is not a measurement.
    """
    tp, fp = domain.count("tp", tp), domain.count("fp", fp)
    fn, tn = domain.count("fn", fn), domain.count("tn", tn)
    if (n := tp + fp + fn + tn) == 0:
        raise ValueError("tp, fp, fn and tn must not all be 0")
    recall, specificity = _ratio(tp, tp + fn), _ratio(tn, tn + fp)
    return ConfusionMetrics(
        n=n,
        prevalence=(tp + fn) / n,
        accuracy=(tp + tn) / n,
        recall=recall,
        specificity=specificity,
        precision=_ratio(tp, tp + fp),
        negative_predictive_value=_ratio(tn, tn + fn),
        false_positive_rate=_ratio(fp, fp + tn),
        false_negative_rate=_ratio(fn, fn + tp),
        f1=_ratio(2 * tp, 2 * tp + fp + fn),
        balanced_accuracy=None if recall is None or specificity is None else (recall + specificity) / 2.0,
        jaccard=_ratio(tp, tp + fp + fn),
        mcc=_mcc(tp, fp, fn, tn),
        kappa=_ratio(2 * (tp * tn - fn * fp), (tp + fp) * (fp + tn) + (tp + fn) * (fn + tn)),
    )


def _mcc(tp: int, fp: int, fn: int, tn: int) -> float | None:
    """Return Matthews' correlation of prediction and truth (Matthews 1975)."""
    # Whole numbers until the root, because the product of four counts leaves the exact range of a float.
    square = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    return (tp * tn - fp * fn) / math.sqrt(square) if square else None


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
