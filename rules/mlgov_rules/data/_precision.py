"""How precisely a test set of a given size can show a metric."""

from math import ceil
from typing import NamedTuple

from mlgov.rulekit import KNOWN, Dataset, Metric, MetricResult, Origin, Project, Quantity, metric_name, statistics

# what the denominator of a proportion is
_OF_ALL = ("accuracy", "top_k_accuracy", "exact_match")
_OF_POSITIVES = ("recall", "false_negative_rate")
_OF_NEGATIVES = ("specificity", "false_positive_rate")


class TestSet(NamedTuple):
    """Independent items of the test set; positives where the positive class is known."""

    n: int
    positives: int | None
    place: Origin
    grouped: bool


def test_set(project: Project) -> TestSet | None:
    """The test part, else the test data set; entities are counted where rows repeat."""
    datasets = [d for d in project.data.datasets if d.role == "test"]
    parts = project.data.splits.parts if project.data.splits else []
    stated = [(p.rows, p.at("rows")) for p in parts if p.part == "test" and p.rows]
    stated += [(d.rows, d.at("rows")) for d in datasets if d.rows]
    if not stated or len({float(rows) for rows, _ in stated}) > 1:
        return None
    rows, place = stated[0]
    each = project.data.entity.rows_per_entity if project.data.entity else None
    n = int(rows / max(1.0, each or 1.0))
    share = _positive_share(datasets, project)
    return TestSet(n, None if share is None else round(n * share), place, bool(each and each > 1))


def _positive_share(datasets: list[Dataset], project: Project) -> Quantity | None:
    output = project.framing.output
    positive = output.positive_class if output else None
    return (
        next((d.class_balance[positive] for d in datasets if positive in d.class_balance), None) if positive else None
    )


def half_width(metric: Metric, value: float, test: TestSet, project: Project) -> float | None:
    """Half the 95 % interval of the metric at `value`; None where counts alone do not tell."""
    known = metric_name(metric.type or metric.id or "").known
    if known is None or test.n < 1 or not 0 < value < 1:
        return None
    if known is KNOWN["roc_auc"]:
        return _auc(value, test)
    binary = metric.average == "binary" or project.framing.output and project.framing.output.type == "binary"
    n: int | None = test.n if known.name in _OF_ALL else None
    if binary and test.positives is not None and known.name in _OF_POSITIVES:
        n = test.positives
    elif binary and test.positives is not None and known.name in _OF_NEGATIVES:
        n = test.n - test.positives
    if not n:
        return None
    low, high = statistics.wilson_ci(round(value * n), n)
    return (high - low) / 2


def _auc(value: float, test: TestSet) -> float | None:
    if not test.positives or test.positives >= test.n:
        return None
    found = statistics.auc_hanley_mcneil(value, test.positives, test.n - test.positives)
    return (found.high - found.low) / 2


def stated_half_width(result: MetricResult, project: Project) -> float | None:
    """Half of the interval that a result states, in base units."""
    if result.ci is None or result.ci.low is None or result.ci.high is None or result.value is None:
        return None
    scale = project.comparer.value(result) / result.value if result.value else 1.0
    return float(result.ci.high - result.ci.low) / 2 * scale


def needed(n: int, half: float, margin: float) -> int:
    """The items that make the interval as narrow as the margin: its width falls with the root of n."""
    return ceil(n * (half / margin) ** 2)
