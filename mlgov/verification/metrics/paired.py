"""Whether the model or its baseline is better on the same rows."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlgov.statistics import mcnemar
from mlgov.verification.metrics.computing import Asked, compute
from mlgov.verification.metrics.sample import Floats, Incomputable, Sample

_DRAWS, _WORK, _LEAST_DRAWS = 1000, 40_000_000, 100
_Z = 1.959963984540054


class Difference(NamedTuple):
    """Ours minus theirs: p is two-sided; low and high are 95 % limits; counts where items are right or wrong."""

    ours: float
    theirs: float
    p: float
    low: float
    high: float
    method: str
    only_ours: int | None = None
    only_theirs: int | None = None


def difference(asked: Asked, ours: Sample, theirs: Sample) -> Difference:
    """Compare two predictions of the same rows; raises `Incomputable`."""
    first, second = compute(asked, ours)[0], compute(asked, theirs)[0]
    if asked.name in ("accuracy", "recall") and asked.average in (None, "binary", "none", "micro") and _is_plain(ours):
        return _by_counts(asked, ours, theirs, first, second)
    if asked.name == "roc_auc" and ours.weight is None:
        return _by_areas(ours, theirs, first, second)
    return _by_draws(asked, ours, theirs, first, second)


def _is_plain(sample: Sample) -> bool:
    return sample.weight is None and sample.query is None


def _right(asked: Asked, sample: Sample) -> NDArray[np.bool_]:
    """Which items are right; recall looks at the positive ones only."""
    if sample.is_binary or asked.name == "recall":
        right = sample.decided(asked.threshold) == sample.truth
        return np.asarray(right[sample.truth] if asked.name == "recall" else right)
    return np.asarray(sample.target.astype(str) == sample.labels.astype(str))


def _by_counts(asked: Asked, ours: Sample, theirs: Sample, first: float, second: float) -> Difference:
    """McNemar's exact test, and Wald limits of the paired difference. Source: McNemar 1947; Agresti 2013, 11.1."""
    mine, other = _right(asked, ours), _right(asked, theirs)
    b, c, n = int((mine & ~other).sum()), int((~mine & other).sum()), len(mine)
    p = mcnemar(b, c).pvalue if b + c else 1.0
    shift, half = (b - c) / n, _Z * math.sqrt(max(b + c - (b - c) ** 2 / n, 0.0)) / n
    return Difference(first, second, p, shift - half, shift + half, "mcnemar", b, c)


def _by_areas(ours: Sample, theirs: Sample, first: float, second: float) -> Difference:
    """The paired test of two areas under ROC curves. Source: DeLong, DeLong & Clarke-Pearson 1988."""
    truth = ours.truth
    parts = [_placements(s.scores[truth], s.scores[~truth]) for s in (ours, theirs)]
    if min(len(parts[0][0]), len(parts[0][1])) < 2:
        raise Incomputable("a class has fewer than two rows")
    variance = sum(
        float(np.var(mine - other, ddof=1)) / len(mine) for mine, other in zip(parts[0], parts[1], strict=True)
    )
    return _normal(first, second, math.sqrt(variance), "delong")


def _placements(positives: Floats, negatives: Floats) -> tuple[Floats, Floats]:
    """For each score the part of the other class that it beats; ties count half."""
    return _beaten(positives, negatives), 1 - _beaten(negatives, positives)


def _beaten(scores: Floats, others: Floats) -> Floats:
    ordered = np.sort(others)
    below, up_to = np.searchsorted(ordered, scores, "left"), np.searchsorted(ordered, scores, "right")
    return np.asarray((below + up_to) / (2 * len(ordered)), dtype=float)


def _normal(first: float, second: float, se: float, method: str) -> Difference:
    shift = first - second
    p = math.erfc(abs(shift) / se / math.sqrt(2)) if se > 0 else float(shift == 0)
    return Difference(first, second, p, shift - _Z * se, shift + _Z * se, method)


def _by_draws(asked: Asked, ours: Sample, theirs: Sample, first: float, second: float) -> Difference:
    """The paired bootstrap: the same rows (or queries) drawn for both, always the same ones. Source: Efron 1979."""
    units = _units(ours)
    draws = min(_DRAWS, _WORK // len(ours))
    if draws < _LEAST_DRAWS:
        raise Incomputable("there are too many rows to draw them again")
    random, found = np.random.default_rng(0), []
    for _ in range(draws):
        drawn = _drawn(ours, units, random)
        try:
            found.append(compute(asked, drawn(ours))[0] - compute(asked, drawn(theirs))[0])
        except Incomputable:
            continue
    if len(found) < draws / 2:
        raise Incomputable("most draws lack a class")
    low, high = np.quantile(found, [0.025, 0.975])
    below, above = np.mean(np.asarray(found) <= 0), np.mean(np.asarray(found) >= 0)
    p = min(1.0, 2 * max(float(min(below, above)), 1 / len(found)))
    return Difference(first, second, p, float(low), float(high), "bootstrap")


def _drawn(sample: Sample, units: list[NDArray[np.intp]], random: np.random.Generator) -> Callable[[Sample], Sample]:
    """One draw of rows; a query that is drawn twice counts as two queries."""
    if not units:
        chosen = random.integers(0, len(sample), len(sample))
        return lambda one: one.take(chosen)
    picked = [units[at] for at in random.integers(0, len(units), len(units))]
    rows, queries = np.concatenate(picked), np.repeat(np.arange(len(picked)), [len(part) for part in picked])
    return lambda one: replace(one.take(rows), query=queries)


def _units(sample: Sample) -> list[NDArray[np.intp]]:
    """The rows of each query; [] where rows are drawn one by one."""
    if sample.query is None:
        return []
    _, at = np.unique(sample.query, return_inverse=True)
    return [np.flatnonzero(at == query) for query in range(int(at.max()) + 1)]
