"""The chi-squared distribution: upper tail probabilities and the points that cut them off."""

import math

from mlgov.statistics.normal import normal_quantile
from mlgov.statistics.roots import crossing

_PRECISION = 1e-16
_TINY = 1e-300
# From here on the expansion in powers of 1 / sqrt(df) is exact to double precision, and the series would be
# slow.
_MANY_DEGREES = 100_000


def chi2_sf(x: float, df: int) -> float:
    """Return P(X > x) for X chi-squared with `df` >= 1 degrees of freedom.

    Regularised incomplete gamma function Q(df/2, x/2): power series below the mean, continued fraction above
    it. Source: Abramowitz & Stegun 6.5.29 and 6.5.31.
    """
    a, y = df / 2.0, x / 2.0
    if y <= 0.0:
        return 1.0
    front = math.exp(a * math.log(y) - y - math.lgamma(a))
    return 1.0 - front * _series(a, y) if y < a + 1.0 else front * _fraction(a, y)


def _series(a: float, y: float) -> float:
    """Return the sum of y^i / (a (a+1) ... (a+i))."""
    total = term = 1.0 / a
    step = a
    while term > total * _PRECISION:
        step += 1.0
        term *= y / step
        total += term
    return total


def _fraction(a: float, y: float) -> float:
    """Return the continued fraction of the upper incomplete gamma function by Lentz's method."""
    b = y + 1.0 - a
    c, d = 1.0 / _TINY, 1.0 / b
    value, change, i = d, 0.0, 0
    while abs(change - 1.0) > 4.0 * _PRECISION and i < _MANY_DEGREES:
        i += 1
        b += 2.0
        weight = -i * (i - a)
        d = 1.0 / (weight * d + b or _TINY)
        c = b + weight / c or _TINY
        change = c * d
        value *= change
    return value


def chi2_upper_point(tail: float, df: int) -> float:
    """Return x with P(X > x) = tail, for a tail strictly between 0 and 1 (0.05 gives the 95% quantile)."""
    if df >= _MANY_DEGREES:
        return _expanded(-normal_quantile(tail), float(df))
    # Laurent & Massart 2000: P(X >= df + 2 sqrt(df t) + 2 t) <= exp(-t), hence a bracket that always holds.
    t = -math.log(tail)
    return crossing(lambda x: chi2_sf(x, df) - tail, 0.0, df + 2.0 * math.sqrt(df * t) + 2.0 * t)


def _expanded(z: float, df: float) -> float:
    """Return the Cornish-Fisher expansion of the quantile at normal score z (Goldberg & Levine 1946)."""
    root = math.sqrt(2.0 * df)
    return (
        df
        + root * z
        + 2.0 * (z * z - 1.0) / 3.0
        + z * (z * z - 7.0) / (9.0 * root)
        - (6.0 * z**4 + 14.0 * z * z - 32.0) / (405.0 * df)
    )
