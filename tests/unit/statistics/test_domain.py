"""Arguments outside a function's domain are refused by name, and never computed with."""

import math
from typing import Any

import pytest

import mlgov.statistics

# One valid call per function; every number in it is then spoilt in turn.
CALLS: dict[str, dict[str, Any]] = {
    "ab_duration_days": {"n_total": 7682, "daily_units": 1200, "share": 0.5, "min_days": 7},
    "admissible_counts": {"value": 0.9, "decimals": 2, "n": 50},
    "alert_false_alarm": {"p_healthy": 0.92, "threshold": 0.9, "n": 150},
    "alert_quality": {"p_healthy": 0.92, "p_degraded": 0.8, "threshold": 0.9, "n": 150, "consecutive": 2},
    "allocation_inflation": {"ratio": 3.0},
    "alpha_adjust": {"alpha": 0.05, "m": 4},
    "always_valid_half_width": {"n": 100, "sd": 1.0, "rho": 10.0, "alpha": 0.05},
    "auc_hanley_mcneil": {"auc": 0.9, "n_pos": 51, "n_neg": 58, "conf": 0.95},
    "auc_verdict": {"auc_new": 0.9, "auc_ref": 0.8, "n_pos": 51, "n_neg": 58, "alpha": 0.05},
    "binomial_upper_bound": {"failures": 1, "n": 100, "conf": 0.95},
    "clustered_n": {"n": 100, "cluster_size": 5, "icc": 0.1},
    "confusion_metrics": {"tp": 8, "fp": 2, "fn": 3, "tn": 20},
    "cuped_n": {"n": 100, "rho": 0.5},
    "disparate_impact_ratio": {"k1": 45, "n1": 150, "k2": 120, "n2": 300, "conf": 0.95},
    "equalized_odds_gap": {"tp1": 8, "pos1": 10, "fp1": 3, "neg1": 20, "tp2": 7, "pos2": 10, "fp2": 4, "neg2": 20},
    "expected_false_alerts": {"alpha": 0.05, "tests": 420},
    "f1_ci": {"tp": 80, "fp": 20, "fn": 30, "conf": 0.95},
    "fwer": {"alpha": 0.05, "m": 4},
    "gap_verdict": {"low": 0.0, "high": 0.1, "limit": 0.05},
    "grim_is_informative": {"decimals": 2, "n": 50},
    "grim_possible": {"value": 0.9, "decimals": 2, "n": 50},
    "group_sequential": {"looks": 2, "alpha": 0.05, "power": 0.8},
    "guardrail_power": {"power": 0.8, "guardrails": 5},
    "improvement_verdict": {"acc_new": 0.93, "acc_ref": 0.9, "n": 500, "alpha": 0.05, "b": 25, "c": 10},
    "independent_verdict": {"gain": 0.1, "se_new": 0.02, "se_ref": 0.02, "alpha": 0.05},
    "joint_power": {"power": 0.8, "m": 5},
    "ks_critical": {"n": 100, "m": 200, "alpha": 0.05},
    "mae_ci": {"mae": 1.8, "rmse": 2.5, "n": 400, "conf": 0.95},
    "mae_verdict": {"mae_new": 1.7, "rmse_new": 2.4, "mae_ref": 1.8, "rmse_ref": 2.5, "n": 400, "alpha": 0.05},
    "mcnemar": {"b": 25, "c": 12},
    "mde_one_proportion": {"p0": 0.01, "n": 140, "alpha": 0.05, "power": 0.8, "sides": 1},
    "mde_two_proportions": {"p1": 0.05, "n1": 1000, "n2": 1000, "alpha": 0.05, "power": 0.8, "sides": 2},
    "n_interval_width": {"p": 0.8, "width": 0.1, "conf": 0.95},
    "n_noninferiority_proportions": {
        "p_ref": 0.95, "p_new": 0.95, "margin": 0.01, "alpha": 0.025, "power": 0.8, "ratio": 1.0
    },
    "n_one_proportion": {"p0": 0.92, "p1": 0.9, "alpha": 0.05, "power": 0.8, "sides": 1},
    "n_two_means": {"delta": 0.5, "sd1": 4.0, "sd2": 4.0, "alpha": 0.05, "power": 0.8, "sides": 2, "ratio": 1.0},
    "n_two_proportions": {"p1": 0.1, "p2": 0.12, "alpha": 0.05, "power": 0.8, "sides": 2, "ratio": 1.0},
    "n_zero_failures": {"p_max": 0.01, "conf": 0.95},
    "naive_type1": {"looks": 2, "alpha": 0.05},
    "newcombe_diff_ci": {"k1": 457, "n1": 500, "k2": 445, "n2": 500, "conf": 0.95},
    "noninferiority_from_counts": {
        "k_new": 457, "n_new": 500, "k_ref": 445, "n_ref": 500, "margin": 0.05, "alpha": 0.025
    },
    "noninferiority_from_interval": {"low": -0.01, "margin": 0.02},
    "paired_accuracy_bounds": {"acc_new": 0.914, "acc_ref": 0.91, "n": 500},
    "paired_count_bounds": {"k_new": 457, "k_ref": 455, "n": 500},
    "paired_verdict": {"b": 25, "c": 10, "alpha": 0.05},
    "power_one_proportion": {"p0": 0.92, "p1": 0.9, "n": 500, "alpha": 0.05, "sides": 1},
    "power_two_means": {"delta": 0.5, "sd1": 4.0, "sd2": 4.0, "n1": 900, "n2": 1000, "alpha": 0.05, "sides": 2},
    "power_two_proportions": {"p1": 0.1, "p2": 0.12, "n1": 2000, "n2": 2000, "alpha": 0.05, "sides": 2},
    "psi_least_window": {"threshold": 0.1, "bins": 10, "n_ref": 10000, "alpha": 0.05},
    "psi_noise_floor": {"bins": 10, "n_ref": 1000, "n_cur": 300, "alpha": 0.05},
    "ratio_variance": {"mean_x": 2.0, "mean_y": 4.0, "var_x": 1.0, "var_y": 2.0, "cov_xy": 0.5, "n": 100},
    "ratio_verdict": {"low": 0.5, "high": 0.7, "limit": 0.8},
    "rmse_ci": {"rmse": 2.5, "n": 400, "conf": 0.95},
    "rmse_se": {"rmse": 2.5, "n": 400, "kurtosis": 3.0},
    "rmse_verdict": {"rmse_new": 2.4, "rmse_ref": 2.5, "n": 400, "kurtosis": 3.0, "alpha": 0.05},
    "rounding_interval": {"value": 0.93, "decimals": 2},
    "t_corrected_n": {"n": 1000, "alpha": 0.05, "sides": 2},
    "two_proportion_ztest": {"k1": 457, "n1": 500, "k2": 445, "n2": 500},
    "width_ratio": {"low": 0.9, "high": 0.92, "value": 0.91, "n": 500, "conf": 0.95},
    "wilson_ci": {"k": 457, "n": 500, "conf": 0.95},
}  # fmt: skip
SPOILT = [math.nan, math.inf, -math.inf, True, "0.5", None, 10**400]
ARGUMENTS = [(function, name) for function, call in CALLS.items() for name in call]
LEVELS = {"alpha", "power", "conf", "p1", "p2", "p0", "p_ref", "p_new", "p_max", "p_healthy", "auc"}
SIZES = {"n", "n1", "n2", "n_ref", "n_cur", "n_pos", "n_neg", "looks", "m", "n_total"}


def call(function: str, **changes: object) -> object:
    return getattr(mlgov.statistics, function)(**{**CALLS[function], **changes})


@pytest.mark.parametrize(("function", "name"), ARGUMENTS)
def test_no_number_is_refused_by_name(function: str, name: str) -> None:
    call(function)
    for value in SPOILT:
        if value is None and function == "improvement_verdict" and name in "bc":
            continue
        with pytest.raises(ValueError, match=rf"\b{name}\b"):
            call(function, **{name: value})


@pytest.mark.parametrize(("function", "name"), [pair for pair in ARGUMENTS if pair[1] in LEVELS])
@pytest.mark.parametrize("value", [0, 1, -0.1, 1.1])
def test_probability_outside_the_open_interval_is_refused(function: str, name: str, value: float) -> None:
    with pytest.raises(ValueError, match=rf"\b{name}\b"):
        call(function, **{name: value})


@pytest.mark.parametrize(("function", "name"), [pair for pair in ARGUMENTS if pair[1] in SIZES])
@pytest.mark.parametrize("value", [0, -1])
def test_size_below_one_is_refused(function: str, name: str, value: int) -> None:
    with pytest.raises(ValueError, match=rf"\b{name}\b"):
        call(function, **{name: value})


@pytest.mark.parametrize(
    ("function", "changes", "name"),
    [
        ("wilson_ci", {"k": 501}, "k"),
        ("wilson_ci", {"k": 1.5}, "k"),
        ("newcombe_diff_ci", {"k2": 501}, "k2"),
        ("binomial_upper_bound", {"failures": 101}, "failures"),
        ("disparate_impact_ratio", {"k1": 0}, "k1"),
        ("disparate_impact_ratio", {"k2": 0}, "k2"),
        ("equalized_odds_gap", {"fp2": 21}, "fp2"),
        ("f1_ci", {"tp": 0, "fp": 0, "fn": 0}, "tp"),
        ("confusion_metrics", {"tp": 0, "fp": 0, "fn": 0, "tn": 0}, "tp"),
        ("mae_ci", {"rmse": 1.7}, "rmse"),
        ("mae_ci", {"n": 1}, "n"),
        ("n_two_proportions", {"p2": 0.1}, "p2"),
        ("n_two_proportions", {"sides": 3}, "sides"),
        ("n_two_proportions", {"variance": "mean"}, "variance"),
        ("n_two_proportions", {"power": 0.02}, "power"),
        ("n_two_proportions", {"ratio": 0}, "ratio"),
        ("n_two_means", {"delta": 0}, "delta"),
        ("n_two_means", {"sd2": 0}, "sd2"),
        ("n_noninferiority_proportions", {"p_new": 0.93}, "margin"),
        ("n_one_proportion", {"p1": 0.92}, "p1"),
        ("mde_two_proportions", {"p1": 0.9, "n1": 1, "n2": 1}, "n1"),
        ("mde_one_proportion", {"p0": 0.9, "n": 2}, "n"),
        ("group_sequential", {"method": "haybittle"}, "method"),
        ("group_sequential", {"looks": 1001}, "looks"),
        ("group_sequential", {"power": 0.05}, "power"),
        ("mcnemar", {"method": "mid_p"}, "method"),
        ("mcnemar", {"b": -1}, "b"),
        ("alpha_adjust", {"method": "holm"}, "method"),
        ("improvement_verdict", {"c": None}, "c"),
        ("improvement_verdict", {"b": None}, "b"),
        ("improvement_verdict", {"b": 491}, "b"),
        ("improvement_verdict", {"acc_ref": 1.2}, "acc_ref"),
        ("psi_noise_floor", {"bins": 1}, "bins"),
        ("ab_duration_days", {"share": 0}, "share"),
        ("ratio_variance", {"cov_xy": 2.0}, "cov_xy"),
        ("ratio_variance", {"mean_y": 0}, "mean_y"),
        ("cuped_n", {"rho": 1}, "rho"),
        ("clustered_n", {"cluster_size": 0.5}, "cluster_size"),
        ("rmse_se", {"kurtosis": 0.9}, "kurtosis"),
        ("gap_verdict", {"low": 0.2}, "high"),
        ("width_ratio", {"low": 0.95}, "high"),
        ("noninferiority_from_counts", {"alpha": 0.5}, "alpha"),
        ("grim_possible", {"value": 93.0}, "value"),
        ("grim_possible", {"decimals": -1}, "decimals"),
    ],
)
def test_impossible_combination_is_refused(function: str, changes: dict[str, object], name: str) -> None:
    with pytest.raises(ValueError, match=rf"\b{name}\b"):
        call(function, **changes)


@pytest.mark.parametrize(
    ("function", "arguments", "name"),
    [
        ("p_adjust", {"p": []}, "p"),
        ("p_adjust", {"p": 0.5}, "p"),
        ("p_adjust", {"p": [0.1, 1.1]}, "p"),
        ("p_adjust", {"p": [0.1, True]}, "p"),
        ("p_adjust", {"p": [0.1], "method": "by"}, "method"),
        ("psi", {"expected": [1, 2], "actual": [1, 2, 3]}, "actual"),
        ("psi", {"expected": [0.0, 1.0], "actual": [0.5, 0.5]}, "expected"),
        ("psi", {"expected": [0.5, 0.5], "actual": [math.nan, 0.5]}, "actual"),
        ("psi", {"expected": [-1, 2], "actual": [1, 2]}, "expected"),
        ("js_distance", {"p": [0, 0], "q": [1, 2]}, "p"),
        ("js_distance", {"p": [1, 2], "q": [1, 2], "base": 1}, "base"),
        ("srm_test", {"observed": [10], "ratio": [1]}, "observed"),
        ("srm_test", {"observed": [10, 10], "ratio": [1, 0]}, "ratio"),
        ("srm_test", {"observed": [10, 10], "ratio": [1, 1, 1]}, "ratio"),
        ("srm_test", {"observed": [10, 10.5], "ratio": [1, 1]}, "observed"),
        ("auc_delong", {"pos": [0.9], "neg": [0.1, 0.2]}, "pos"),
        ("auc_delong", {"pos": [0.9, 0.8], "neg": "ab"}, "neg"),
        ("welch_t_test", {"runs_new": [1, 2], "runs_ref": [1, 2, 3]}, "runs_new"),
        ("welch_t_test", {"runs_new": [1, 1, 1], "runs_ref": [2, 2, 2]}, "runs_new"),
        ("trivial_score", {"metric": "rouge"}, "metric"),
        ("trivial_score", {"metric": "rmse"}, "sd"),
        ("trivial_score", {"metric": "f1"}, "prevalence"),
        ("trivial_score", {"metric": "accuracy"}, "shares"),
        ("weighted_mean_identity", {"total": (0, 1), "parts": [(0, 1)], "sizes": [1, 2]}, "parts"),
        ("f1_identity", {"f1": (0.5, 0.4), "precision": (0, 1), "recall": (0, 1)}, "f1"),
        ("f1_identity", {"f1": (0, 1), "precision": (1.2, 1.3), "recall": (0, 1)}, "precision"),
        ("equalized_odds_intervals", {"groups": []}, "groups"),
    ],
)
def test_unfit_list_is_refused(function: str, arguments: dict[str, object], name: str) -> None:
    with pytest.raises(ValueError, match=rf"\b{name}\b"):
        getattr(mlgov.statistics, function)(**arguments)


def test_whole_float_counts_as_a_count() -> None:
    assert call("wilson_ci", k=457.0, n=500.0) == call("wilson_ci")
