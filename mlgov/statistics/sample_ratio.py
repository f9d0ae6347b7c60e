"""Tests whether an experiment's arms received the share of units that they were promised."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from mlgov.statistics import domain
from mlgov.statistics.chi_squared import chi2_sf


class SampleRatioTest(NamedTuple):
    """Chi-squared statistic and p value; a p below 0.001 says that the split itself is broken."""

    chi2: float
    pvalue: float


def srm_test(observed: Sequence[int], ratio: Sequence[float]) -> SampleRatioTest:
    """Return the chi-squared test of the `observed` units per arm against the planned `ratio`, in any scale.

    sum (O - E)^2 / E with arms - 1 degrees of freedom. One look only: a daily check needs a sequential
    version. Raises ValueError for fewer than two arms, lists of different length, no unit at all or a share
    of 0. Source: Fabijan et al. 2019; Kohavi, Tang & Xu 2020, chapter 21.
    """
    counts = [domain.count("observed", arm) for arm in domain.weights("observed", observed, 2)]
    shares = [domain.positive("ratio", arm) for arm in domain.numbers("ratio", ratio, 2)]
    if len(counts) != len(shares):
        raise ValueError(f"ratio must have one share per arm of observed: {len(shares)} and {len(counts)}")
    total, whole = sum(counts), math.fsum(shares)
    expected = [total * share / whole for share in shares]
    chi2 = math.fsum((o - e) ** 2 / e for o, e in zip(counts, expected, strict=True))
    return SampleRatioTest(chi2, chi2_sf(chi2, len(counts) - 1))
