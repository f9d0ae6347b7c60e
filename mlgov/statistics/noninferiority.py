"""Judges whether "no worse than the reference" has been shown, which is more than not having seen a difference."""

from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.intervals import newcombe_diff_ci


class NonInferiority(NamedTuple):
    """Whether non-inferiority is shown, the difference new minus reference, and its lower limit."""

    shown: bool
    diff: float
    low: float


def noninferiority_from_counts(
    k_new: int, n_new: int, k_ref: int, n_ref: int, margin: float, alpha: float = 0.025
) -> NonInferiority:
    """Return whether the new rate is shown to be no more than `margin` below the reference; higher is better.

    Shown when the lower Newcombe limit of new - reference at one-sided `alpha` exceeds -margin. Independent
    samples. Raises ValueError for k > n, n < 1, a margin not above 0, or alpha outside (0, 0.5). Source: ICH
    E9, E10.
    """
    k_new, n_new = domain.part("k_new", k_new, "n_new", n_new)
    k_ref, n_ref = domain.part("k_ref", k_ref, "n_ref", n_ref)
    if domain.probability("alpha", alpha) >= 0.5:
        raise ValueError(f"alpha must be below 0.5, not {alpha!r}")
    found = newcombe_diff_ci(k_new, n_new, k_ref, n_ref, 1.0 - 2.0 * alpha)
    return NonInferiority(noninferiority_from_interval(found.low, margin), found.diff, found.low)


def noninferiority_from_interval(low: float, margin: float) -> bool:
    """Return whether the lower limit of (new - reference) stays above -margin, both in the unit of the metric."""
    return domain.number("low", low) > -domain.positive("margin", margin)
