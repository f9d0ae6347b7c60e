"""Independent implementations (scipy, statsmodels) agree, far beyond the printed digits."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest

from mlgov import statistics
from mlgov.statistics import beta, chi_squared, normal

MISSING = [name for name in ("scipy", "statsmodels") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (development-only oracles, group 'oracles')"
)


@pytest.fixture(scope="module")
def scipy_stats() -> Any:
    import scipy.stats

    return scipy.stats


@pytest.fixture(scope="module")
def proportion() -> Any:
    import statsmodels.stats.proportion

    return statsmodels.stats.proportion


close: Callable[..., Any] = lambda value, rel=1e-10: pytest.approx(value, rel=rel, abs=0.0)  # noqa: E731


@pytest.mark.parametrize("df", [1, 2, 3, 7, 30, 400, 5001, 99_999, 100_000, 10**7])
def test_chi_squared(scipy_stats: Any, df: int) -> None:
    for tail in (1e-9, 0.001, 0.025, 0.05, 0.5, 0.95, 0.975):
        point = scipy_stats.chi2.isf(tail, df)
        assert chi_squared.chi2_upper_point(tail, df) == close(point, 1e-9)
        if df < 100_000:
            assert chi_squared.chi2_sf(point, df) == close(tail, 1e-8)


def test_chi_squared_far_tail(scipy_stats: Any) -> None:
    for df in (1, 2, 5, 20):
        assert chi_squared.chi2_sf(900.0, df) == close(scipy_stats.chi2.sf(900.0, df), 1e-9)


@pytest.mark.parametrize("n", [1, 5, 60, 1000, 100_000])
def test_binomial(scipy_stats: Any, n: int) -> None:
    for p in (0.001, 0.3, 0.5, 0.92):
        for k in {0, n // 10, int(n * p), n - 1}:
            expected = scipy_stats.binom.cdf(k, n, p)
            if expected > 1e-250:
                assert beta.binomial_cdf(k, n, p) == close(expected, 1e-8)


def test_student_and_normal(scipy_stats: Any) -> None:
    for df in (1.0, 2.5, 4.96, 30.0, 1e4):
        for t in (0.0, 0.1, 1.0, 2.5, 30.0):
            assert beta.student_two_sided_p(t, df) == close(2 * scipy_stats.t.sf(t, df), 1e-9)
    for z in (-30.0, -3.0, 0.0, 1.96, 8.0):
        assert normal.normal_cdf(z) == close(scipy_stats.norm.cdf(z))
        assert normal.normal_sf(z) == close(scipy_stats.norm.sf(z))


@pytest.mark.parametrize(("k", "n"), [(0, 20), (1, 7), (457, 500), (20, 20), (12345, 10**6)])
def test_intervals_of_one_proportion(proportion: Any, k: int, n: int) -> None:
    expected = proportion.proportion_confint(k, n, 0.05, "wilson")
    assert statistics.wilson_ci(k, n) == pytest.approx(expected, rel=1e-10, abs=1e-15)
    upper = proportion.proportion_confint(k, n, 0.1, "beta")[1]
    assert statistics.binomial_upper_bound(k, n).upper == close(upper, 1e-9)


@pytest.mark.parametrize("counts", [(457, 500, 445, 500), (1, 30, 29, 40), (45, 150, 120, 300)])
def test_intervals_of_two_proportions(proportion: Any, counts: tuple[int, int, int, int]) -> None:
    newcombe = statistics.newcombe_diff_ci(*counts)
    expected = proportion.confint_proportions_2indep(*counts, method="newcomb", compare="diff")
    assert newcombe[1:] == pytest.approx(expected, rel=1e-10)
    katz = statistics.disparate_impact_ratio(*counts)
    assert katz[1:] == pytest.approx(
        proportion.confint_proportions_2indep(*counts, method="log", compare="ratio"), rel=1e-10
    )
    found = statistics.two_proportion_ztest(*counts)
    assert found == pytest.approx(proportion.proportions_ztest(counts[::2], counts[1::2]), rel=1e-10)


@pytest.mark.parametrize(("b", "c"), [(25, 12), (3, 3), (0, 9), (400, 480), (1, 0)])
def test_mcnemar(b: int, c: int) -> None:
    from statsmodels.stats.contingency_tables import mcnemar

    for method, options in {
        "exact": {"exact": True},
        "corrected": {"exact": False, "correction": True},
        "uncorrected": {"exact": False, "correction": False},
    }.items():
        expected = mcnemar([[10, b], [c, 10]], **options)
        assert statistics.mcnemar(b, c, method) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-9)


def test_multiple_tests() -> None:
    from statsmodels.stats.multitest import multipletests

    p = [0.04, 0.01, 0.03, 0.005, 0.2, 0.01, 0.9]
    for ours, theirs in {"holm": "holm", "bh": "fdr_bh", "bonferroni": "bonferroni", "sidak": "sidak"}.items():
        assert statistics.p_adjust(p, ours).adjusted == pytest.approx(multipletests(p, method=theirs)[1], rel=1e-12)


@pytest.mark.parametrize("ratio", [0.1, 1.0, 10.0])
def test_sample_size(proportion: Any, ratio: float) -> None:
    expected = proportion.samplesize_proportions_2indep_onetail(0.02, 0.1, 0.8, ratio, 0.05, 0, "two-sided")
    found = statistics.n_two_proportions(0.12, 0.1, ratio=ratio, variance="pooled")
    assert found.n1 == pytest.approx(expected, rel=0.02)
    assert statistics.t_corrected_n(statistics.n_two_means(0.5, 4.0, 4.0).n1) == pytest.approx(t_test_size(), rel=1e-5)


def t_test_size() -> float:
    from statsmodels.stats.power import TTestIndPower

    return float(TTestIndPower().solve_power(0.5 / 4.0, power=0.8, alpha=0.05))


def test_drift_and_sample_ratio(scipy_stats: Any) -> None:
    from scipy.spatial.distance import jensenshannon

    p, q = [0, 20, 30, 50], [15, 25, 0, 60]
    assert statistics.js_distance(p, q).distance == close(jensenshannon(p, q, 2))
    observed, ratio = [510, 290, 230], [0.5, 0.3, 0.2]
    expected = scipy_stats.chisquare(observed, [sum(observed) * share for share in ratio])
    assert statistics.srm_test(observed, ratio) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-10)


def test_one_sample(scipy_stats: Any) -> None:
    runs = [0.81, 0.83, 0.79, 0.84]
    expected = scipy_stats.ttest_1samp(runs, 0.8)
    found = statistics.one_sample_t_test(runs, 0.8)
    assert (found.t, found.pvalue) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-9)


def test_welch(scipy_stats: Any) -> None:
    new, ref = [0.91, 0.92, 0.93, 0.915], [0.88, 0.90, 0.89]
    expected = scipy_stats.ttest_ind(new, ref, equal_var=False)
    assert statistics.welch_t_test(new, ref) == pytest.approx(
        (expected.statistic, expected.df, expected.pvalue), rel=1e-9
    )
