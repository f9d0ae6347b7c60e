"""Finds where a monotone function crosses zero."""

import math
from collections.abc import Callable
from itertools import pairwise

_MOST_STEPS = 200


def crossing(function: Callable[[float], float], low: float, high: float, tolerance: float = 1e-14) -> float:
    """Return x in [low, high] with function(x) = 0, to a relative `tolerance`.

    Ridders' method: an exponential through three points, so that it converges fast on tail probabilities
    while it never leaves the bracket. Raises ValueError when both ends lie on the same side of zero. Source:
    Ridders 1979, IEEE Transactions on Circuits and Systems 26.
    """
    at_low, at_high = function(low), function(high)
    if at_low == 0.0 or at_high == 0.0:
        return low if at_low == 0.0 else high
    if (at_low > 0.0) == (at_high > 0.0):
        raise ValueError(f"no crossing between {low!r} and {high!r}")
    previous = math.inf
    for _ in range(_MOST_STEPS):
        middle = (low + high) / 2.0
        at_middle = function(middle)
        guess = _guess(low, middle, at_low, at_middle, at_high)
        if abs(guess - previous) <= tolerance * abs(guess) or at_middle == 0.0:
            return guess
        previous, at_guess = guess, function(guess)
        if at_guess == 0.0:
            return guess
        # The crossing lies between the two neighbours, out of four points, that change sign.
        points = sorted([(low, at_low), (middle, at_middle), (guess, at_guess), (high, at_high)])
        (low, at_low), (high, at_high) = next(
            (left, right) for left, right in pairwise(points) if (left[1] > 0.0) != (right[1] > 0.0)
        )
    return previous


def _guess(low: float, middle: float, at_low: float, at_middle: float, at_high: float) -> float:
    """Return Ridders' improved point from a bracket and its middle."""
    spread = math.sqrt(at_middle * at_middle - at_low * at_high)
    if spread == 0.0:
        return middle
    return middle + (middle - low) * math.copysign(1.0, at_low - at_high) * at_middle / spread
