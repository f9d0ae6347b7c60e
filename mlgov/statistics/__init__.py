"""Statistics that a rule may ask for: pure functions on plain numbers, standard library only.

Every function refuses arguments outside its domain with a `ValueError` that names the argument, and returns
a small record with named fields, or a plain number where there is only one thing to say. A module is loaded
when one of its names is first asked for, so that a run pays only for the statistics it uses.
"""

from typing import TYPE_CHECKING

# fmt: off
__all__ = [
    "GroupCounts", "Interval", "LimitVerdict", "MOST_LOOKS", "TRIVIAL_METRICS", "Verdict",
    "ab_duration_days", "accuracy_identity", "admissible_counts", "alert_false_alarm", "alert_quality",
    "allocation_inflation", "alpha_adjust", "always_valid_half_width", "auc_delong", "auc_hanley_mcneil",
    "auc_verdict", "balanced_accuracy_identity", "binomial_upper_bound", "clustered_n", "confusion_metrics",
    "cuped_n", "disparate_impact_ratio", "equalized_odds_gap", "equalized_odds_intervals", "error_identity",
    "expected_false_alerts", "f1_ci", "f1_identity", "fwer", "gap_verdict", "grim_is_informative",
    "grim_possible", "group_sequential", "guardrail_power", "improvement_verdict", "independent_verdict",
    "joint_power", "js_distance", "ks_critical", "mae_ci", "mae_verdict", "mcnemar", "mde_one_proportion",
    "mde_two_proportions", "n_interval_width", "n_noninferiority_proportions", "n_one_proportion",
    "n_two_means", "n_two_proportions", "n_zero_failures", "naive_type1", "newcombe_diff_ci",
    "noninferiority_from_counts", "noninferiority_from_interval", "one_sample_t_test", "order_possible", "p_adjust",
    "paired_accuracy_bounds", "paired_count_bounds", "paired_counts_possible", "paired_verdict",
    "power_one_proportion", "power_two_means", "power_two_proportions", "precision_identity", "psi", "psi_least_window",
    "psi_noise_floor", "r2_possible", "ratio_variance", "ratio_verdict", "rmse_ci", "rmse_se",
    "rmse_verdict", "rounding_interval", "sizes_possible", "srm_test", "t_corrected_n", "trivial_score",
    "two_proportion_ztest", "weighted_mean_identity", "welch_t_test", "width_ratio", "wilson_ci",
]
# fmt: on

# Readers of types see the names at once, the interpreter when it needs them; a test holds the three lists together.
_ROOMS = {
    "adjustment": "ab_duration_days allocation_inflation clustered_n cuped_n ratio_variance t_corrected_n",
    "alerts": "alert_false_alarm alert_quality",
    "arithmetic": ("admissible_counts grim_is_informative grim_possible paired_counts_possible rounding_interval"),
    "auc": "auc_delong auc_hanley_mcneil",
    "comparison": "mcnemar paired_accuracy_bounds paired_count_bounds two_proportion_ztest",
    "confusion": "confusion_metrics",
    "drift": "js_distance ks_critical psi psi_least_window psi_noise_floor",
    "fairness": (
        "GroupCounts LimitVerdict disparate_impact_ratio equalized_odds_gap equalized_odds_intervals "
        "gap_verdict ratio_verdict"
    ),
    "identities": (
        "accuracy_identity balanced_accuracy_identity error_identity f1_identity order_possible "
        "precision_identity r2_possible sizes_possible weighted_mean_identity"
    ),
    "independent": "auc_verdict independent_verdict mae_verdict one_sample_t_test rmse_verdict welch_t_test",
    "intervals": "Interval f1_ci mae_ci newcombe_diff_ci rmse_ci rmse_se width_ratio wilson_ci",
    "multiplicity": "alpha_adjust expected_false_alerts fwer guardrail_power joint_power p_adjust",
    "noninferiority": "noninferiority_from_counts noninferiority_from_interval",
    "power": "mde_one_proportion mde_two_proportions power_one_proportion power_two_means power_two_proportions",
    "reliability": "binomial_upper_bound n_zero_failures",
    "sample_ratio": "srm_test",
    "sample_size": ("n_interval_width n_noninferiority_proportions n_one_proportion n_two_means n_two_proportions"),
    "sequential": "MOST_LOOKS always_valid_half_width group_sequential naive_type1",
    "trivial_predictor": "TRIVIAL_METRICS trivial_score",
    "verdict": "Verdict improvement_verdict paired_verdict",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}

if TYPE_CHECKING:
    from mlgov.statistics.adjustment import (
        ab_duration_days,
        allocation_inflation,
        clustered_n,
        cuped_n,
        ratio_variance,
        t_corrected_n,
    )
    from mlgov.statistics.alerts import alert_false_alarm, alert_quality
    from mlgov.statistics.arithmetic import (
        admissible_counts,
        grim_is_informative,
        grim_possible,
        paired_counts_possible,
        rounding_interval,
    )
    from mlgov.statistics.auc import auc_delong, auc_hanley_mcneil
    from mlgov.statistics.comparison import mcnemar, paired_accuracy_bounds, paired_count_bounds, two_proportion_ztest
    from mlgov.statistics.confusion import confusion_metrics
    from mlgov.statistics.drift import js_distance, ks_critical, psi, psi_least_window, psi_noise_floor
    from mlgov.statistics.fairness import (
        GroupCounts,
        LimitVerdict,
        disparate_impact_ratio,
        equalized_odds_gap,
        equalized_odds_intervals,
        gap_verdict,
        ratio_verdict,
    )
    from mlgov.statistics.identities import (
        accuracy_identity,
        balanced_accuracy_identity,
        error_identity,
        f1_identity,
        order_possible,
        precision_identity,
        r2_possible,
        sizes_possible,
        weighted_mean_identity,
    )
    from mlgov.statistics.independent import (
        auc_verdict,
        independent_verdict,
        mae_verdict,
        one_sample_t_test,
        rmse_verdict,
        welch_t_test,
    )
    from mlgov.statistics.intervals import (
        Interval,
        f1_ci,
        mae_ci,
        newcombe_diff_ci,
        rmse_ci,
        rmse_se,
        width_ratio,
        wilson_ci,
    )
    from mlgov.statistics.multiplicity import (
        alpha_adjust,
        expected_false_alerts,
        fwer,
        guardrail_power,
        joint_power,
        p_adjust,
    )
    from mlgov.statistics.noninferiority import noninferiority_from_counts, noninferiority_from_interval
    from mlgov.statistics.power import (
        mde_one_proportion,
        mde_two_proportions,
        power_one_proportion,
        power_two_means,
        power_two_proportions,
    )
    from mlgov.statistics.reliability import binomial_upper_bound, n_zero_failures
    from mlgov.statistics.sample_ratio import srm_test
    from mlgov.statistics.sample_size import (
        n_interval_width,
        n_noninferiority_proportions,
        n_one_proportion,
        n_two_means,
        n_two_proportions,
    )
    from mlgov.statistics.sequential import MOST_LOOKS, always_valid_half_width, group_sequential, naive_type1
    from mlgov.statistics.trivial_predictor import TRIVIAL_METRICS, trivial_score
    from mlgov.statistics.verdict import Verdict, improvement_verdict, paired_verdict
else:

    def __getattr__(name: str) -> object:
        """Load the module that defines `name`, and keep the name for the next time."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        globals()[name] = value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
