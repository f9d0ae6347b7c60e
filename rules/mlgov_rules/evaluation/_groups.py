"""Gaps between the groups of one attribute, with intervals that hold for all pairs together."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

from mlgov.rulekit import FairnessLimit, MetricResult, Project, limit_of, statistics
from mlgov_rules.evaluation._counts import matrix, trials
from mlgov_rules.evaluation._slices import attribute_of, words

_SELECTED = {"selection_rate", "positive_rate", "acceptance_rate", "approval_rate", "selected"}


class Gap(NamedTuple):
    """The most doubtful gap. verdict: confirmed, possible or cleared; groups: the two between which it is."""

    value: float
    low: float
    high: float
    verdict: str
    groups: list[Any]


class Rate(NamedTuple):
    """k of n in one group. group: whatever stands for the group."""

    k: int
    n: int
    group: Any


class Cells(NamedTuple):
    """The confusion counts of one group."""

    tp: int
    fp: int
    fn: int
    tn: int
    group: Any


def reported(limit: FairnessLimit, project: Project) -> list[MetricResult]:
    """Results that state the measure itself, about the attribute of the limit, or about any where it names none."""
    key = project.comparer.key
    return [
        r
        for r in project.results
        if key(r).metric == limit.measure and words(limit.attribute) <= words(f"{r.slice} {r.metric}")
    ]


def groups_of(limit: FairnessLimit, project: Project) -> list[MetricResult]:
    """One result for each group of the attribute, all of one metric, split and file."""
    cut = [r for r in project.results if attribute_of(r, project) == limit.attribute and _is_meant(r, limit, project)]
    found: dict[tuple[object, ...], dict[str, MetricResult]] = {}
    for result in cut:
        key = project.comparer.key(result)._replace(slice=None)
        found.setdefault((key, result.at("value").file), {}).setdefault(str(result.slice), result)
    return list(max(found.values(), key=len).values()) if found else []


def _is_meant(result: MetricResult, limit: FairnessLimit, project: Project) -> bool:
    if limit.measure == "metric_difference":
        return project.comparer.named_alike(result.metric, limit.metric)
    if limit.measure == "equalized_odds_difference":
        return matrix(result) is not None
    return project.comparer.key(result).metric in _SELECTED or matrix(result) is not None


def gap_of(limit: FairnessLimit, groups: list[MetricResult], project: Project) -> Gap | str:
    """The gap of the worst pair of groups, or why there is none."""
    if limit.measure == "equalized_odds_difference":
        return worst(limit, [], [Cells(*cells, r) for r in groups if (cells := matrix(r))])
    rates = [rate for r in groups if (rate := _rate(r, limit, project))]
    return worst(limit, rates, []) if len(rates) == len(groups) else "unknown counts of a group"


def worst(limit: FairnessLimit, rates: list[Rate], cells: list[Cells]) -> Gap | str:
    """The gap of the worst pair of groups, by the measure of a limit; cells are for the odds, rates for all others."""
    if limit.measure == "equalized_odds_difference":
        gaps = list(_odds(limit, cells))
    else:
        gaps = list(
            _ratios(limit, rates) if limit.measure == "demographic_parity_ratio" else _differences(limit, rates)
        )
    if not gaps:
        return "a group is empty"
    order = {"confirmed": 0, "possible": 1, "cleared": 2}
    ratio = limit.measure == "demographic_parity_ratio"
    return min(gaps, key=lambda gap: (order[gap.verdict], gap.value if ratio else -abs(gap.value)))


def _rate(result: MetricResult, limit: FairnessLimit, project: Project) -> Rate | None:
    """The rate that a measure is about: of selection, or the metric itself."""
    cells = matrix(result)
    if limit.measure != "metric_difference" and cells and sum(cells):
        tp, fp, _, _ = cells
        return Rate(tp + fp, sum(cells), result)
    found = trials(result, project)
    if found is None and result.n and not result.n.approximate and 0 <= project.comparer.value(result) <= 1:
        selected = project.comparer.key(result).metric in _SELECTED
        return Rate(round(project.comparer.value(result) * int(result.n)), int(result.n), result) if selected else None
    return Rate(found.k, found.n, result) if found else None


def _differences(limit: FairnessLimit, rates: list[Rate]) -> Iterator[Gap]:
    pairs = list(combinations(rates, 2))
    conf = 1 - statistics.alpha_adjust(0.05, len(pairs), "sidak").alpha_each
    most = limit_of(limit).high
    for a, b in pairs if most is not None else ():
        diff, low, high = statistics.newcombe_diff_ci(a.k, a.n, b.k, b.n, conf)
        verdict = _verdict(statistics.gap_verdict(low, high, most or 0.0), abs(diff) > (most or 0.0))
        yield Gap(diff, low, high, verdict, [a.group, b.group])


def _ratios(limit: FairnessLimit, rates: list[Rate]) -> Iterator[Gap]:
    pairs = [sorted(pair, key=lambda rate: rate.k / rate.n) for pair in combinations(rates, 2)]
    conf = 1 - statistics.alpha_adjust(0.05, len(pairs), "sidak").alpha_each
    least = limit_of(limit).low
    for a, b in pairs if least else ():
        if a.k and b.k and least:
            ratio, low, high = statistics.disparate_impact_ratio(a.k, a.n, b.k, b.n, conf)
            yield Gap(
                ratio,
                low,
                high,
                _verdict(statistics.ratio_verdict(low, high, least), ratio < least),
                [a.group, b.group],
            )


def _odds(limit: FairnessLimit, groups: list[Cells]) -> Iterator[Gap]:
    most = limit_of(limit).high
    cells = [c for c in groups if c.tp + c.fn and c.fp + c.tn]
    counts = [statistics.GroupCounts(c.tp, c.tp + c.fn, c.fp, c.fp + c.tn) for c in cells]
    for pair in statistics.equalized_odds_intervals(counts) if most is not None and len(counts) > 1 else ():
        for diff, low, high in (pair.tpr, pair.fpr):
            verdict = _verdict(statistics.gap_verdict(low, high, most or 0.0), abs(diff) > (most or 0.0))
            yield Gap(diff, low, high, verdict, [cells[pair.first].group, cells[pair.second].group])


def _verdict(found: str, is_beyond: bool) -> str:
    """A point beyond the limit whose interval reaches back is possible; one within it is no finding at all."""
    return found if found == "confirmed" else "possible" if is_beyond else "cleared"
