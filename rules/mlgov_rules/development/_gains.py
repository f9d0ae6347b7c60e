"""Whether one model beats another on one metric, and which way is better."""

from math import isnan
from typing import NamedTuple

from mlgov.rulekit import KnownMetric, MetricResult, Project, Quantity, decimals, metric_name, statistics

_OF_ALL = ("accuracy", "top_k_accuracy", "exact_match")
_OF_POSITIVES = ("recall", "false_negative_rate")
_OF_NEGATIVES = ("specificity", "false_positive_rate")


class Gain(NamedTuple):
    """p_best: the smallest p that any paired result can have; None where there is no gain at all."""

    is_refuted: bool
    n: int | None
    p_best: float | None


def known(result: MetricResult, project: Project) -> KnownMetric | None:
    """The entry of the metric in the table of known metrics."""
    metric = project.metric(result.metric)
    return metric_name((metric.type or metric.id if metric else None) or result.metric or "").known


def sign(result: MetricResult, project: Project) -> int:
    """1 where more is better, -1 where less is; 0 where nobody says."""
    metric, entry = project.metric(result.metric), known(result, project)
    direction = metric.direction if metric and metric.direction else entry.direction if entry else None
    return {"maximize": 1, "minimize": -1}.get(direction or "", 0)


def gain(result: MetricResult, theirs: MetricResult, project: Project, alpha: float) -> Gain | str:
    """The verdict on a gain of `result` over `theirs`, or why there is none."""
    better, entry = sign(result, project), known(result, project)
    new, ref = project.comparer.value(result), project.comparer.value(theirs)
    if isnan(new) or isnan(ref):
        return "a value is no number"
    if (new - ref) * better <= 0:
        return Gain(True, None, None)
    n, other = (_trials(r, entry) for r in (result, theirs))
    if entry is None or not entry.proportion:
        return "counts do not tell whether this metric is more than noise"
    if n is None or n != (other or n):
        return "unknown or different n"
    if better < 0:
        new, ref = 1 - new, 1 - ref
    if not 0 <= ref <= new <= 1:
        return "unknown unit"
    digits = _decimals(result, project), _decimals(theirs, project)
    found = statistics.improvement_verdict(new, ref, n, alpha, *digits)
    return Gain(found.verdict == "refuted", n, found.p_best)


def _trials(result: MetricResult, entry: KnownMetric | None) -> int | None:
    """The items that the metric is a share of."""
    n, positives = result.n, result.positives
    if result.counts is not None and result.counts.n is not None:
        return int(result.counts.n)
    if entry is None or n is not None and n.approximate:
        return None
    if entry.name in _OF_ALL:
        return _whole(n)
    if entry.name in _OF_POSITIVES:
        return _whole(positives)
    if entry.name in _OF_NEGATIVES and n is not None and positives is not None:
        return int(n - positives)
    return None


def _whole(number: Quantity | None) -> int | None:
    return int(number) if number else None


def _decimals(result: MetricResult, project: Project) -> int | None:
    """The printed decimals of a share: two more where it is printed in percent."""
    digits = decimals(result.value)
    percent = result.literal("value").strip().endswith("%") or project.unit(result.metric) in ("percent", "%")
    return None if digits is None else digits + (2 if percent else 0)
