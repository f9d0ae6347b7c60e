"""Says which counts and values a printed, rounded number may stand for."""

import math
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.intervals import Interval

# Slack in items, far above float error and far below one item, so that rounding never raises a false alarm.
_SLACK = 1e-9
# More digits than a float carries say nothing more, and keep powers of ten small.
_MOST_DECIMALS = 30


class Possibility(NamedTuple):
    """Whether the printed numbers can be true."""

    possible: bool


def rounding_interval(value: float, decimals: int) -> Interval:
    """Return the values that print as `value` with `decimals` digits: value -+ half a unit of the last digit.

    Both ends are included, because some tools round halves up and others to even.
    """
    value, half = domain.number("value", value), _half_unit(decimals)
    return Interval(value - half, value + half)


def admissible_counts(value: float, decimals: int, n: int) -> range:
    """Return every count k from 0 to `n` for which k / n may print as `value` with `decimals` digits.

    Raises ValueError for a value outside [0, 1], n < 1 or negative decimals.
    """
    value, n, half = domain.share("value", value), domain.count("n", n, 1), _half_unit(decimals)
    first = math.ceil((value - half) * n - _SLACK)
    last = math.floor((value + half) * n + _SLACK)
    return range(max(0, first), min(n, last) + 1)


def grim_possible(value: float, decimals: int, n: int) -> Possibility:
    """Return whether a proportion printed as `value` with `decimals` digits can come from `n` items.

    Possible when a whole k has |k/n - value| <= half a unit of the last digit. Only for unweighted
    proportions, and only telling when n < 10^decimals. Raises ValueError as `admissible_counts` does. Source:
    Brown & Heathers 2017 (the GRIM test).
    """
    return Possibility(len(admissible_counts(value, decimals, n)) > 0)


def grim_is_informative(decimals: int, n: int) -> bool:
    """Return whether the GRIM test can fail at all: with n >= 10^decimals every printed value has a count."""
    decimals = domain.count("decimals", decimals)
    return domain.count("n", n, 1) < 10.0 ** min(decimals, _MOST_DECIMALS)


def paired_counts_possible(
    acc_new: float, acc_ref: float, n: int, b: int, c: int, decimals_new: int, decimals_ref: int
) -> Possibility:
    """Return whether paired counts `b` and `c` can belong to two printed accuracies on the same `n` items.

    b - c must be a difference of two admissible counts, b items at most may be right in the first, c in the
    second.
    """
    b, c = domain.count("b", b), domain.count("c", c)
    new, ref = admissible_counts(acc_new, decimals_new, n), admissible_counts(acc_ref, decimals_ref, n)
    if not new or not ref:
        return Possibility(False)
    # k_ref = k_new - b + c, and the k_new - b items that both got right must fit beside b and c.
    least = max(new[0], ref[0] + b - c, b)
    most = min(new[-1], ref[-1] + b - c, n - c)
    return Possibility(least <= most)


def _half_unit(decimals: int) -> float:
    return float(0.5 * 10.0 ** -min(domain.count("decimals", decimals), _MOST_DECIMALS))
