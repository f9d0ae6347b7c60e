"""Checks that printed metrics are possible together, by carrying their rounding intervals through identities.

Every argument called after a metric is a pair (low, high) of the values that the printed text may stand for.
The result says which values the other numbers imply, and whether they meet the printed one.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

from mlgov.statistics import domain

Pair = tuple[float, float]

# Relative slack for float error; identities hold exactly, so this hides nothing that a reader could see.
_SLACK = 1e-9


class Identity(NamedTuple):
    """Whether the numbers are jointly possible, and the values that the parts imply for the whole."""

    possible: bool
    low: float
    high: float


def f1_identity(f1: Pair, precision: Pair, recall: Pair) -> Identity:
    """Check F1 = 2 P R / (P + R), of one class and one threshold; 0 where both vanish."""
    return _check("f1", f1, _f1, _rate("precision", precision), _rate("recall", recall))


def accuracy_identity(accuracy: Pair, tpr: Pair, tnr: Pair, prevalence: Pair) -> Identity:
    """Check accuracy = prevalence TPR + (1 - prevalence) TNR."""
    parts = _rate("tpr", tpr), _rate("tnr", tnr), _rate("prevalence", prevalence)
    return _check("accuracy", accuracy, lambda t, s, p: p * t + (1.0 - p) * s, *parts)


def balanced_accuracy_identity(balanced_accuracy: Pair, tpr: Pair, tnr: Pair) -> Identity:
    """Check balanced accuracy = (TPR + TNR) / 2."""
    parts = _rate("tpr", tpr), _rate("tnr", tnr)
    return _check("balanced_accuracy", balanced_accuracy, lambda t, s: (t + s) / 2.0, *parts)


def precision_identity(precision: Pair, tpr: Pair, fpr: Pair, prevalence: Pair) -> Identity:
    """Check precision = p TPR / (p TPR + (1 - p) FPR); possible whenever no positive prediction is (0 / 0)."""
    parts = _rate("tpr", tpr), _rate("fpr", fpr), _rate("prevalence", prevalence)
    found = _check("precision", precision, _precision, *parts)
    # With no positive prediction precision is a convention of the tool, so nothing can be said.
    silent = parts[0][0] * parts[2][0] <= 0.0 and parts[1][0] * (1.0 - parts[2][1]) <= 0.0
    return Identity(True, 0.0, 1.0) if silent else found


def error_identity(mae: Pair, rmse: Pair, n: int | None = None) -> Identity:
    """Check MAE <= RMSE <= sqrt(n) MAE; without `n` the first half only. The result bounds RMSE."""
    low, high = _pair("mae", mae)
    top = high * domain.count("n", n, 1) ** 0.5 if n is not None else float("inf")
    return _meet("rmse", rmse, low, top)


def weighted_mean_identity(total: Pair, parts: Sequence[Pair], sizes: Sequence[float]) -> Identity:
    """Check that the mean of slices that partition the whole, weighted by `sizes`, is the total."""
    weights = domain.weights("sizes", sizes)
    if len(parts) != len(weights):
        raise ValueError(f"parts and sizes must be equally many: {len(parts)} and {len(weights)}")
    pairs = [_pair("parts", part) for part in parts]
    low, high = (sum(w * pair[end] for w, pair in zip(weights, pairs, strict=True)) / sum(weights) for end in (0, 1))
    return _meet("total", total, low, high)


def order_possible(values: Sequence[Pair]) -> bool:
    """Return whether values that must not fall (p50, p95, p99) can be in that order."""
    highest = float("-inf")
    for value in values:
        low, high = _pair("values", value)
        highest = max(highest, low)
        if highest > high + _slack(highest):
            return False
    return True


def r2_possible(r2: Pair) -> bool:
    """Return whether a coefficient of determination can be true: it never exceeds 1."""
    return _pair("r2", r2)[0] <= 1.0 + _SLACK


def sizes_possible(total: int, parts: Sequence[int], partition: bool = False) -> bool:
    """Return whether slices of the given sizes fit: none above `total`, and their sum equal to it if they partition."""
    total, sizes = domain.count("total", total), [domain.count("parts", part) for part in parts]
    return sum(sizes) == total if partition else all(size <= total for size in sizes)


def _f1(precision: float, recall: float) -> float:
    return 2.0 * precision * recall / (precision + recall) if precision + recall else 0.0


def _precision(tpr: float, fpr: float, prevalence: float) -> float:
    true, false = prevalence * tpr, (1.0 - prevalence) * fpr
    return true / (true + false) if true + false else 0.0


def _check(name: str, whole: Pair, formula: Callable[..., float], *parts: Pair) -> Identity:
    """Compare `whole` with the range of a formula that is monotone in each part, so that corners hold its ends."""
    corners = [formula(*corner) for corner in product(*parts)]
    return _meet(name, whole, min(corners), max(corners))


def _meet(name: str, whole: Pair, low: float, high: float) -> Identity:
    bottom, top = _pair(name, whole)
    return Identity(bottom <= high + _slack(high) and low <= top + _slack(low), low, high)


def _slack(value: float) -> float:
    return _SLACK * max(1.0, abs(value))


def _pair(name: str, pair: Pair) -> Pair:
    low, high = domain.numbers(name, pair, 2)
    if low > high:
        raise ValueError(f"{name} must be a pair (low, high): {low!r} > {high!r}")
    return low, high


def _rate(name: str, pair: Pair) -> Pair:
    """Return a pair cut to [0, 1], where a rate lives; refuse one that lies outside altogether."""
    low, high = _pair(name, pair)
    if high < 0.0 or low > 1.0:
        raise ValueError(f"{name} must lie between 0 and 1, not {low!r} to {high!r}")
    return max(0.0, low), min(1.0, high)
