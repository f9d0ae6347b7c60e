"""Compares two printed metrics as if they came from independent samples, and two sets of training runs.

On one test set two models are positively correlated, which makes the independent comparison too careful: it
may confirm a gain, and it may never refute one.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.auc import auc_hanley_mcneil
from mlgov.statistics.beta import student_two_sided_p
from mlgov.statistics.intervals import mae_ci, rmse_se
from mlgov.statistics.normal import two_sided_p


class IndependentVerdict(NamedTuple):
    """Verdict, z statistic (positive for a gain) and two-sided p value."""

    verdict: Literal["undecided", "confirmed"]
    z: float
    pvalue: float


class WelchTest(NamedTuple):
    """Statistic (positive when the first mean is larger), degrees of freedom and two-sided p value."""

    t: float
    df: float
    pvalue: float


def independent_verdict(gain: float, se_new: float, se_ref: float, alpha: float = 0.05) -> IndependentVerdict:
    """Return whether a `gain` (positive is better) exceeds the noise of two independent standard errors.

    z = gain / sqrt(se_new^2 + se_ref^2); confirmed when z > 0 and p < alpha. Raises ValueError for negative
    errors.
    """
    alpha, gain = domain.probability("alpha", alpha), domain.number("gain", gain)
    se = math.hypot(domain.not_negative("se_new", se_new), domain.not_negative("se_ref", se_ref))
    # No error at all says that nothing was measured, not that everything is certain.
    z = gain / se if se else 0.0
    pvalue = two_sided_p(z)
    return IndependentVerdict("confirmed" if z > 0.0 and pvalue < alpha else "undecided", z, pvalue)


def auc_verdict(auc_new: float, auc_ref: float, n_pos: int, n_neg: int, alpha: float = 0.05) -> IndependentVerdict:
    """Return whether one printed area under the curve beats another on a test set of the given class sizes."""
    auc_new, auc_ref = domain.probability("auc_new", auc_new), domain.probability("auc_ref", auc_ref)
    new, ref = auc_hanley_mcneil(auc_new, n_pos, n_neg), auc_hanley_mcneil(auc_ref, n_pos, n_neg)
    return independent_verdict(auc_new - auc_ref, new.se, ref.se, alpha)


def mae_verdict(
    mae_new: float, rmse_new: float, mae_ref: float, rmse_ref: float, n: int, alpha: float = 0.05
) -> IndependentVerdict:
    """Return whether a mean absolute error is lower than another; each needs its rmse for a standard error."""
    errors = {"mae_new": mae_new, "rmse_new": rmse_new, "mae_ref": mae_ref, "rmse_ref": rmse_ref}
    for name, value in errors.items():
        domain.not_negative(name, value)
    new, ref = mae_ci(mae_new, rmse_new, n), mae_ci(mae_ref, rmse_ref, n)
    return independent_verdict(mae_ref - mae_new, new.se, ref.se, alpha)


def rmse_verdict(
    rmse_new: float, rmse_ref: float, n: int, kurtosis: float = 3.0, alpha: float = 0.05
) -> IndependentVerdict:
    """Return whether a root mean squared error is lower than another; `kurtosis` of the errors, 3 when normal."""
    domain.not_negative("rmse_new", rmse_new)
    domain.not_negative("rmse_ref", rmse_ref)
    gain = rmse_ref - rmse_new
    return independent_verdict(gain, rmse_se(rmse_new, n, kurtosis), rmse_se(rmse_ref, n, kurtosis), alpha)


def welch_t_test(runs_new: Sequence[float], runs_ref: Sequence[float]) -> WelchTest:
    """Return Welch's t test of two sets of at least 3 training runs with different seeds.

    t = difference of means / sqrt(v1/k1 + v2/k2), degrees of freedom by Welch-Satterthwaite. Raises
    ValueError for fewer than 3 runs in a set, or for two sets without any variation. Source: Welch 1947.
    """
    new, ref = _mean_and_error("runs_new", runs_new), _mean_and_error("runs_ref", runs_ref)
    se2 = new[1] + ref[1]
    if se2 == 0.0:
        raise ValueError("runs_new and runs_ref do not vary: repeated runs show no noise to compare with")
    t = (new[0] - ref[0]) / math.sqrt(se2)
    # The shares are formed first: squares of tiny variances would underflow.
    df = 1.0 / ((new[1] / se2) ** 2 / (len(runs_new) - 1) + (ref[1] / se2) ** 2 / (len(runs_ref) - 1))
    return WelchTest(t, df, student_two_sided_p(t, df))


class MeanTest(NamedTuple):
    """Mean and standard deviation of the runs, statistic (positive above the reference), and two-sided p value."""

    mean: float
    sd: float
    t: float
    df: float
    pvalue: float


def one_sample_t_test(runs: Sequence[float], reference: float) -> MeanTest:
    """Return Student's t test of at least 3 training runs with different seeds against one known value.

    t = (mean - reference) / (s / sqrt(k)) with k - 1 degrees of freedom. Raises ValueError for fewer than 3
    runs, or for runs without any variation. Source: Student 1908.
    """
    mean, se2 = _mean_and_error("runs", runs)
    if se2 == 0.0:
        raise ValueError("runs do not vary: repeated runs show no noise to compare with")
    t, df = (mean - domain.number("reference", reference)) / math.sqrt(se2), len(runs) - 1
    return MeanTest(mean, math.sqrt(se2 * len(runs)), t, df, student_two_sided_p(t, df))


def _mean_and_error(name: str, runs: Sequence[float]) -> tuple[float, float]:
    """Return the mean and its squared standard error."""
    values = domain.numbers(name, runs, 3)
    mean = math.fsum(values) / len(values)
    return mean, math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values)
