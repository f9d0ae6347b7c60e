"""What the keys around measured numbers mean: wrappers, limits, slices, several models; and what stands beside a value."""

from typing import Any

from mlgov.finding import Origin
from mlgov.formats._results import Said
from mlgov.lifecycle.metric_name import SPLITS, words

# keys that only wrap what stands below them
WRAPPERS = frozenset(
    "metrics metric results result scores score evaluation eval performance report summary overall final best global "
    "classification regression classification_report model_metrics test_metrics all total aggregate offline quality "
    "model_performance performance_metrics evaluation_metrics evaluation_results fairness_metrics data".split()
)
LIMITS = frozenset(
    "acceptance acceptance_criteria thresholds targets minimums minimum requirements criteria gates".split()
)
SLICES = frozenset("slices by_slice by_group groups per_class by_class segments subgroups per_group".split())
MODELS = frozenset("models candidates all_models model_comparison".split())
NO_RESULTS = frozenset("history epochs steps log_history train_history curves".split())
SIZES = frozenset("group_counts group_sizes counts_by_group n_by_group support_by_group".split())
VALUES = ("value", "mean", "score", "estimate")
NAMES = ("metric", "metric_name", "name", "type")
MEASURE = ("demographic_parity", "equalized_odds", "disparate_impact")


def is_number(value: Any) -> bool:
    """True for a number; booleans are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def spread(node: dict[str, Any], origin: Origin) -> dict[str, Said]:
    """Standard deviation and confidence interval beside one value."""
    found: dict[str, Said] = {}
    for key in ("std", "sd", "stddev"):
        if is_number(node.get(key)):
            found["sd"] = Said(node[key], origin.at(key))
    ci = next(
        (k for k in ("ci", "ci95", "ci_95", "confidence_interval") if isinstance(node.get(k), (list, dict))), None
    )
    if ci is not None and (ends := _ends(node[ci])) is not None:
        found["ci"] = Said({"low": ends[0], "high": ends[1]}, origin.at(ci))
    elif is_number(node.get("ci_lower")) and is_number(node.get("ci_upper")):
        found["ci"] = Said({"low": node["ci_lower"], "high": node["ci_upper"]}, origin.at("ci_lower"))
    return found


def _ends(ci: Any) -> tuple[Any, Any] | None:
    if isinstance(ci, list):
        return (ci[0], ci[1]) if len(ci) == 2 and all(map(is_number, ci)) else None
    for low, high in (("low", "high"), ("lower", "upper"), ("lower_bound", "upper_bound")):
        if is_number(ci.get(low)) and is_number(ci.get(high)):
            return ci[low], ci[high]
    return None


def wrapped_split(name: str) -> str | None:
    """`test_metrics`, `results_on_validation`."""
    rest = [word for word in words(name) if word not in WRAPPERS and word not in ("set", "on", "the")]
    return SPLITS.get(rest[0]) or None if len(rest) == 1 else None


def is_decimal(key: str) -> bool:
    return key.replace(".", "", 1).isdigit() and "." in key


def is_bookkeeping(name: str) -> bool:
    """Numbers beside metrics that measure the run, not the model."""
    said = set(words(name))
    return bool(
        said & set("step steps epoch epochs time seconds duration seed size count id index date timestamp".split())
    )
