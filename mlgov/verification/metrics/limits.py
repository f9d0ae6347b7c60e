"""The 95 % limits of a recomputed metric: by a formula where one holds, else by drawing the rows again."""

from typing import NamedTuple

import numpy as np

from mlgov.statistics import auc_delong, wilson_ci
from mlgov.verification.metrics.computing import Asked, compute
from mlgov.verification.metrics.sample import Incomputable, Sample

LEVEL = 0.95
_DRAWS, _WORK = 400, 40_000_000  # of a bootstrap: draws, and rows in all of them together
_LEAST_DRAWS = 50
_SHARES = {"accuracy", "recall", "precision", "specificity", "false_positive_rate", "false_negative_rate"}


class Estimate(NamedTuple):
    """The values of a metric in its usual definitions, and limits around the first one; None where there are none."""

    values: tuple[float, ...]
    low: float | None
    high: float | None
    method: str


def estimate(asked: Asked, sample: Sample) -> Estimate:
    """The metric with its limits; raises `Incomputable`."""
    values = compute(asked, sample)
    for method in (_wilson, _delong, _bootstrap):
        limits = method(asked, sample, values[0])
        if limits is not None:
            return Estimate(values, *limits, method.__name__.strip("_"))
    return Estimate(values, None, None, "")


def _wilson(asked: Asked, sample: Sample, value: float) -> tuple[float, float] | None:
    """Of a share of equally weighted rows. Source: Wilson 1927."""
    is_plain = sample.weight is None and sample.query is None
    if asked.name not in _SHARES or not is_plain or asked.average in ("macro", "weighted"):
        return None
    n = _whole(asked, sample)
    low, high = wilson_ci(round(value * n), n, LEVEL)[:2] if n else (0.0, 1.0)
    return low, high


def _whole(asked: Asked, sample: Sample) -> int:
    """The rows that a share is of."""
    if asked.name == "accuracy" or asked.average == "micro":
        return len(sample)
    if asked.name == "precision":
        return int(sample.decided(asked.threshold).sum())
    positives = int(sample.truth.sum())
    return positives if asked.name in ("recall", "false_negative_rate") else len(sample) - positives


def _delong(asked: Asked, sample: Sample, value: float) -> tuple[float, float] | None:
    """Of the area under the ROC curve. Source: DeLong, DeLong & Clarke-Pearson 1988."""
    if asked.name != "roc_auc" or sample.weight is not None or len(sample) > 1_000_000:
        return None
    truth, scores = sample.truth, sample.scores
    if min(truth.sum(), (~truth).sum()) < 2:
        return None
    se = auc_delong(scores[truth].tolist(), scores[~truth].tolist()).se
    return max(0.0, value - 1.96 * se), min(1.0, value + 1.96 * se)


def _bootstrap(asked: Asked, sample: Sample, value: float) -> tuple[float, float] | None:
    """Percentiles over rows (or queries) drawn with replacement, always the same ones. Source: Efron 1979."""
    draws = min(_DRAWS, _WORK // max(len(sample), 1))
    is_told = asked.name in {"roc_auc", *_SHARES} and sample.weight is None  # a formula holds, or nothing does
    if draws < _LEAST_DRAWS or sample.query is not None or is_told and asked.average in (None, "none", "binary"):
        return None
    random = np.random.default_rng(0)
    found = []
    for _ in range(draws):
        try:
            found.append(compute(asked, sample.take(random.integers(0, len(sample), len(sample))))[0])
        except Incomputable:  # a draw without positives
            continue
    if len(found) < draws / 2:
        return None
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
