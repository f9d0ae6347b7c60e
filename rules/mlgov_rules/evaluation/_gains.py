"""Whether a gain over a baseline is more than noise: refuted, confirmed or undecided."""

from typing import NamedTuple

from mlgov.rulekit import Baseline, Comparison, MetricResult, Project, statistics
from mlgov_rules.evaluation._counts import denominator, digits, items, known_metric


class Gain(NamedTuple):
    """`answer`: refuted, confirmed or undecided; `words`: the number behind it; `p`: the least and the largest p."""

    answer: str
    words: str
    p: tuple[float, float]


def pairs_of(result: MetricResult, baseline: Baseline, project: Project) -> Comparison | None:
    """The paired counts of a result against a baseline, where they are stated for the same split."""
    key = project.comparer.key(result)
    for comparison in project.evaluation.comparisons:
        named = not comparison.metric or project.comparer.named_alike(comparison.metric, result.metric)
        there = comparison.split in (None, key.split) and comparison.dataset in (None, key.dataset)
        if comparison.against == baseline.id and named and there and None not in (comparison.b, comparison.c):
            return comparison  # type: ignore[no-any-return]
    return None


def verdict(
    result: MetricResult, theirs: MetricResult, paired: Comparison | None, project: Project, alpha: float
) -> Gain | str:
    """The verdict on a gain, or why there is none."""
    if paired and paired.b is not None and paired.c is not None:
        return _of_pairs(int(paired.b), int(paired.c), alpha)
    known = known_metric(result, project)
    if known and known.proportion:
        return _of_proportions(result, theirs, project, alpha)
    if known and known.name in ("roc_auc", "rmse"):
        return _of_areas_or_errors(known.name, result, theirs, project, alpha)
    return "no formula for this metric; give paired counts or intervals"


def _of_pairs(b: int, c: int, alpha: float) -> Gain:
    answer = statistics.paired_verdict(b, c, alpha)
    p = statistics.mcnemar(b, c).pvalue
    return Gain(answer, f"with b = {b} and c = {c} the exact p is {p:.2g}", (p, p))


def _of_proportions(result: MetricResult, theirs: MetricResult, project: Project, alpha: float) -> Gain | str:
    n, other = denominator(result, project), denominator(theirs, project)
    if n is None and other is None:
        return "unknown n"
    if n is not None and other is not None and n != other:
        return f"different n: {n} and {other}"
    n = n or other or 1
    new, ref = project.comparer.value(result), project.comparer.value(theirs)
    places = digits(result, project), digits(theirs, project)
    if new < ref:  # a metric that is minimised: what is counted are the others
        new, ref = 1 - new, 1 - ref
    if not (0 <= ref <= 1 and 0 <= new <= 1):
        return "unknown unit"
    found = statistics.improvement_verdict(new, ref, n, alpha, *places)
    words = f"on n = {n} the smallest possible p is {found.p_best:.2g}"
    return Gain(found.verdict, words, (found.p_best, max(found.p_best, found.p_worst_exact)))


def _of_areas_or_errors(
    name: str, result: MetricResult, theirs: MetricResult, project: Project, alpha: float
) -> Gain | str:
    n, new, ref = items(result), project.comparer.value(result), project.comparer.value(theirs)
    positives = None if result.positives is None else int(result.positives)
    if name == "rmse" and n and min(new, ref) > 0:
        found = statistics.rmse_verdict(new, ref, n, alpha=alpha)
    elif name == "roc_auc" and n and positives and positives < n and min(new, ref) > 0 and max(new, ref) < 1:
        found = statistics.auc_verdict(new, ref, positives, n - positives, alpha)
    else:
        return "unknown n or positives"
    return Gain(
        found.verdict, f"as independent samples of n = {n} p is {found.pvalue:.2g}", (found.pvalue, found.pvalue)
    )
