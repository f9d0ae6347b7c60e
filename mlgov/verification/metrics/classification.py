"""Metrics of classes and of the scores behind them."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

from mlgov.verification.metrics.computing import Asked, Compute
from mlgov.verification.metrics.sample import Incomputable, Sample

Values = tuple[float, ...]
_BINS = (10, 15, 20)  # of the calibration error; nobody says how many


def _decisions(sample: Sample, asked: Asked) -> list[NDArray[Any]]:
    """What is predicted positive: by the declared threshold (from it on, or beyond it), else as the file says."""
    found = [sample.decided(asked.threshold)]
    if asked.threshold is not None and sample.score is not None:
        found.append(sample.score > asked.threshold)
    return found


def _labelled(score: Any, sample: Sample, asked: Asked) -> Values:
    """A score of scikit-learn on true and predicted classes."""
    if asked.threshold is not None and sample.score is not None or sample.prediction is None:
        return tuple(score(sample.truth, said, sample_weight=sample.weight) for said in _decisions(sample, asked))
    return (score(*_alike(sample), sample_weight=sample.weight),)


def _alike(sample: Sample) -> tuple[NDArray[Any], NDArray[Any]]:
    """Target and prediction as texts, so that a class is one thing in both."""
    if sample.target.dtype.kind == sample.labels.dtype.kind == "f":
        return sample.target.astype(str), sample.labels.astype(str)
    return np.char.lower(sample.target.astype(str)), np.char.lower(sample.labels.astype(str))


def _averaged(score: Any, sample: Sample, asked: Asked) -> Values:
    """Precision, recall, F1, Jaccard: of the positive class, or averaged over classes."""
    if asked.average in ("macro", "micro", "weighted"):
        said = score(*_alike(sample), average=asked.average, sample_weight=sample.weight, zero_division=0)
        return (said,)
    if asked.average not in (None, "binary", "none"):
        raise Incomputable(f"mlgov does not average by {asked.average}")
    if not sample.is_binary:
        raise Incomputable("nobody says how it is averaged over the classes")
    decided = _decisions(sample, asked)
    return tuple(score(sample.truth, said, sample_weight=sample.weight, zero_division=0) for said in decided)


def _of_matrix(part: str, sample: Sample, asked: Asked) -> Values:
    """The rates of errors, from the confusion matrix."""
    found = []
    for said in _decisions(sample, asked):
        (tn, fp), (fn, tp) = metrics.confusion_matrix(
            sample.truth, said, labels=[False, True], sample_weight=sample.weight
        )
        whole = {"specificity": tn + fp, "false_positive_rate": tn + fp, "false_negative_rate": fn + tp}[part]
        some = {"specificity": tn, "false_positive_rate": fp, "false_negative_rate": fn}[part]
        if not whole:
            raise Incomputable("there is no row of that class")
        found.append(some / whole)
    return tuple(found)


def _scored(score: Any, sample: Sample, asked: Asked) -> Values:
    """A score of scikit-learn on the truth and the scores."""
    return (score(sample.truth, sample.scores, sample_weight=sample.weight),)


def _gini(sample: Sample, asked: Asked) -> Values:
    return tuple(2 * area - 1 for area in _scored(metrics.roc_auc_score, sample, asked))


def _separation(sample: Sample, asked: Asked) -> Values:
    """Kolmogorov and Smirnov: how far the two rates of the curve lie apart at most."""
    false, true, _ = metrics.roc_curve(sample.truth, sample.scores, sample_weight=sample.weight)
    return (float(np.max(true - false)),)


def _under_precision(sample: Sample, asked: Asked) -> Values:
    """The area under precision and recall: by steps, and by trapezoids."""
    precision, recall, _ = metrics.precision_recall_curve(sample.truth, sample.scores, sample_weight=sample.weight)
    return (*_scored(metrics.average_precision_score, sample, asked), metrics.auc(recall, precision))


def _brier(sample: Sample, asked: Asked) -> Values:
    return (float(np.average((sample.probabilities - sample.truth) ** 2, weights=sample.weight)),)


def _log_loss(sample: Sample, asked: Asked) -> Values:
    return (metrics.log_loss(sample.truth, sample.probabilities, sample_weight=sample.weight, labels=[False, True]),)


def _calibration(sample: Sample, asked: Asked) -> Values:
    """The expected calibration error over 10, 15 or 20 bins of equal width. Source: Naeini et al. 2015."""
    truth, said = sample.truth, sample.probabilities
    weight = np.ones(len(said)) if sample.weight is None else sample.weight
    found = []
    for bins in _BINS:
        at = np.minimum((said * bins).astype(int), bins - 1)
        gaps = np.bincount(at, weight * (truth - said), minlength=bins)
        found.append(float(np.abs(gaps).sum() / weight.sum()))
    return tuple(found)


def _wrong(sample: Sample, asked: Asked) -> Values:
    return tuple(1 - share for share in _labelled(metrics.accuracy_score, sample, asked))


METRICS: dict[str, Compute] = {
    "accuracy": partial(_labelled, metrics.accuracy_score),
    "zero_one_loss": _wrong,
    "hamming_loss": _wrong,
    "balanced_accuracy": partial(_labelled, metrics.balanced_accuracy_score),
    "mcc": partial(_labelled, metrics.matthews_corrcoef),
    "cohen_kappa": partial(_labelled, metrics.cohen_kappa_score),
    "precision": partial(_averaged, metrics.precision_score),
    "recall": partial(_averaged, metrics.recall_score),
    "f1": partial(_averaged, metrics.f1_score),
    "jaccard": partial(_averaged, metrics.jaccard_score),
    **{name: partial(_of_matrix, name) for name in ("specificity", "false_positive_rate", "false_negative_rate")},
    "roc_auc": partial(_scored, metrics.roc_auc_score),
    "gini": _gini,
    "ks_statistic": _separation,
    "average_precision": _under_precision,
    "brier_score": _brier,
    "log_loss": _log_loss,
    "expected_calibration_error": _calibration,
}
