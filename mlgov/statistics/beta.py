"""The beta distribution, and the two that follow from it: binomial counts and Student's t."""

import math

_PRECISION = 1e-16
_TINY = 1e-300
_MOST_TERMS = 1_000_000


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), for a, b > 0 and x from 0 to 1.

    The fraction is expanded on the side where it converges fast, which is also the side of the smaller tail,
    so that small probabilities keep their digits. Source: Abramowitz & Stegun 26.5.8.
    """
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(1.0 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function by Lentz's method."""
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0) or _TINY)
    value = d
    for i in range(1, _MOST_TERMS):
        even = i * (b - i) * x / ((a + 2 * i - 1.0) * (a + 2 * i))
        odd = -(a + i) * (a + b + i) * x / ((a + 2 * i) * (a + 2 * i + 1.0))
        for weight in (even, odd):
            d = 1.0 / (1.0 + weight * d or _TINY)
            c = 1.0 + weight / c or _TINY
            value *= c * d
        if abs(c * d - 1.0) <= 4.0 * _PRECISION:
            break
    return value


def binomial_cdf(k: int, n: int, p: float) -> float:
    """Return P(K <= k) for K successes in `n` independent trials of success rate `p`."""
    if k < 0 or k >= n:
        return 0.0 if k < 0 else 1.0
    return beta_cdf(1.0 - p, n - k, k + 1.0)


def student_two_sided_p(t: float, df: float) -> float:
    """Return P(|T| >= |t|) for Student's t with `df` > 0 degrees of freedom, whole or not."""
    return beta_cdf(df / (df + t * t), df / 2.0, 0.5)
