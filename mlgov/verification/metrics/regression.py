"""Metrics of predicted numbers."""

from functools import partial
from typing import Any

import numpy as np
from sklearn import metrics

from mlgov.verification.metrics.computing import Asked, Compute
from mlgov.verification.metrics.sample import Incomputable, Sample

Values = tuple[float, ...]


def _plain(score: Any, sample: Sample, asked: Asked) -> Values:
    """A score of scikit-learn on true and predicted numbers."""
    return (score(*sample.numbers, sample_weight=sample.weight),)


def _r2(sample: Sample, asked: Asked) -> Values:
    if len(sample) < 2:
        raise Incomputable("it needs two rows")
    return _plain(metrics.r2_score, sample, asked)


def _max_error(sample: Sample, asked: Asked) -> Values:
    return (metrics.max_error(*sample.numbers),)


def _symmetric(sample: Sample, asked: Asked) -> Values:
    """The symmetric percentage error: by the mean of both sizes, and by their sum."""
    true, said = sample.numbers
    size = np.abs(true) + np.abs(said)
    share = np.divide(np.abs(true - said), size, out=np.zeros_like(size), where=size > 0)
    half = float(np.average(share, weights=sample.weight))
    return 2 * half, half


def _weighted(sample: Sample, asked: Asked) -> Values:
    """The sum of errors over the sum of sizes."""
    true, said = sample.numbers
    whole = float(np.abs(true).sum())
    if not whole:
        raise Incomputable("the true numbers sum to 0")
    return (float(np.abs(true - said).sum()) / whole,)


METRICS: dict[str, Compute] = {
    "mae": partial(_plain, metrics.mean_absolute_error),
    "mse": partial(_plain, metrics.mean_squared_error),
    "rmse": partial(_plain, metrics.root_mean_squared_error),
    "rmsle": partial(_plain, metrics.root_mean_squared_log_error),
    "mape": partial(_plain, metrics.mean_absolute_percentage_error),
    "smape": _symmetric,
    "wape": _weighted,
    "r2": _r2,
    "explained_variance": partial(_plain, metrics.explained_variance_score),
    "max_error": _max_error,
    "median_absolute_error": partial(_plain, metrics.median_absolute_error),
    "poisson_deviance": partial(_plain, metrics.mean_poisson_deviance),
}
