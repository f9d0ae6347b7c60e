"""Identities that numbers from one confusion matrix, or from one list of errors, cannot break."""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import MetricResult, Project, metric_name, statistics
from mlgov_rules.evaluation._counts import denominator, items, known_metric, matrix
from mlgov_rules.evaluation._documents import file_of

Pair = tuple[float, float]
_SAME = ("threshold", "dataset", "split", "slice", "model_version", "dataset_version", "variant")
_NOISE = 5e-7  # half a unit of the sixth digit: what single precision leaves of a number


class Impossible(NamedTuple):
    """What the other numbers imply, in words, and those numbers."""

    words: str
    parts: list[MetricResult]


def groups_of(project: Project) -> Iterator[list[MetricResult]]:
    """Results of one file about one model, data set and slice: those that must fit together."""
    found: dict[tuple[object, ...], list[MetricResult]] = {}
    for result in project.records(MetricResult):
        if result.metric and project.comparer.printed(result):
            key = project.comparer.key(result)
            about = (result.path[:-1], file_of(result), *(getattr(key, part) for part in _SAME))
            found.setdefault(about, []).append(result)
    yield from found.values()


class Group:
    """Results that must fit together, as seen from one of them."""

    def __init__(self, result: MetricResult, together: list[MetricResult], project: Project) -> None:
        self.result, self.all, self.project = result, together, project
        known = known_metric(result, project)
        self.name = known.name if known else ""
        self.is_share = known.proportion if known else True
        self.average = project.comparer.key(result).average

    def part(self, name: str) -> MetricResult | None:
        """The only value of a known metric in the group; None where there is none, or more than one."""
        found = [r for r in self.all if (k := known_metric(r, self.project)) and k.name == name]
        alike = all(self.project.comparer.agree(found[0], r) for r in found)
        return found[0] if found and alike else None

    def claimed(self, result: MetricResult) -> Pair:
        """The values in base units that the printed one can stand for."""
        low, high = self.project.comparer.printed(result) or (float("nan"), float("nan"))
        noise = _NOISE * max(1.0, abs(low))
        middle = (low + high) / 2
        return min(low, middle - noise), max(high, middle + noise)

    def average_of(self, part: MetricResult) -> str | None:
        """How a part is averaged over classes."""
        return self.project.comparer.key(part).average

    def prevalence(self) -> Pair | None:
        """The share of positives, where n and positives are stated beside any of the numbers."""
        for result in self.all:
            n = items(result)
            if n and result.positives is not None and not result.positives.approximate:
                share = float(result.positives) / n
                return (share, share) if share <= 1 else None
        return None


def impossible(group: Group) -> Iterator[Impossible]:
    """Everything that is wrong with one result, in the light of its group."""
    yield from _counts(group)
    for check in (_range, *_CHECKS.get(group.name, ()), _order):
        if (found := check(group)) is not None:
            yield found
            return


def _counts(group: Group) -> Iterator[Impossible]:
    """Counts against n, positives and the value itself."""
    result, counts = group.result, group.result.counts
    if counts and counts.k is not None and counts.n is not None and counts.k > counts.n:
        yield Impossible(f"{counts.k} successes of {counts.n} trials", [])
    elif counts and counts.k is not None and counts.n:
        yield from _value_of_trials(group, int(counts.k), int(counts.n))
    elif cells := matrix(result):
        tp, fp, fn, tn = cells
        if result.n is not None and not result.n.approximate and sum(cells) != int(result.n):
            yield Impossible(f"the confusion counts make {sum(cells)}, n is {result.literal('n')}", [])
        if result.positives is not None and not result.positives.approximate and tp + fn != int(result.positives):
            yield Impossible(f"tp + fn is {tp + fn}, positives are {result.literal('positives')}", [])
        if sum(cells) and group.average in (None, "none", "binary"):
            yield from _value_of_matrix(group, statistics.confusion_metrics(tp, fp, fn, tn))


def _value_of_trials(group: Group, k: int, n: int) -> Iterator[Impossible]:
    """A share of successes is their number by the number of trials; the counts are its own, whatever it is called."""
    low, high = group.claimed(group.result)
    share, is_plain = k / n, group.average in (None, "none", "binary", "micro")
    possible = any(low <= value <= high for value in (share, 1 - share))
    if group.is_share and is_plain and 0 <= low <= high <= 1 and not possible:
        yield Impossible(f"its counts give {k} / {n} = {share:.6g}", [])


def _value_of_matrix(group: Group, implied: object) -> Iterator[Impossible]:
    value = getattr(implied, {"cohen_kappa": "kappa"}.get(group.name, group.name), None) if group.name else None
    low, high = group.claimed(group.result)
    if value is not None and not low <= value <= high:
        yield Impossible(f"its confusion counts give {value:.6g}", [])


def _f1(group: Group) -> Impossible | None:
    """F1 is the harmonic mean of precision and recall; a mean over classes lies at or below that of the means."""
    precision, recall = group.part("precision"), group.part("recall")
    if precision is None or recall is None:
        return None
    if not group.average == group.average_of(precision) == group.average_of(recall):
        return None
    pairs = [group.claimed(r) for r in (group.result, precision, recall)]
    if any(low > 1 or high < 0 for low, high in pairs):
        return None
    found = statistics.f1_identity(*pairs)
    exact = group.average in ("binary", "micro")
    if found.possible or not exact and pairs[0][0] <= found.high:
        return None
    return Impossible(f"they imply {'' if exact else 'at most '}{_between(found.low, found.high)}", [precision, recall])


def _accuracy(group: Group) -> Impossible | None:
    """Accuracy is the mean of recall and specificity, weighted by the shares of the classes."""
    recall, specificity, share = group.part("recall"), group.part("specificity"), group.prevalence()
    if recall is None or specificity is None or share is None or not _is_binary(group, recall, specificity):
        return None
    claimed = group.claimed
    found = statistics.accuracy_identity(claimed(group.result), claimed(recall), claimed(specificity), share)
    words = f"at {share[0]:.4g} positives they imply {_between(found.low, found.high)}"
    return None if found.possible else Impossible(words, [recall, specificity])


def _balanced(group: Group) -> Impossible | None:
    """Balanced accuracy is the plain mean of recall and specificity."""
    recall, specificity = group.part("recall"), group.part("specificity")
    if recall is None or specificity is None or not _is_binary(group, recall, specificity):
        return None
    found = statistics.balanced_accuracy_identity(*(group.claimed(r) for r in (group.result, recall, specificity)))
    words = f"they imply {_between(found.low, found.high)}"
    return None if found.possible else Impossible(words, [recall, specificity])


def _precision(group: Group) -> Impossible | None:
    """Precision follows from recall, false positive rate and the share of positives."""
    recall, rate, share = group.part("recall"), group.part("false_positive_rate"), group.prevalence()
    if recall is None or rate is None or share is None or not _is_binary(group, group.result, recall, rate):
        return None
    claimed = group.claimed
    found = statistics.precision_identity(claimed(group.result), claimed(recall), claimed(rate), share)
    words = f"at {share[0]:.4g} positives they imply {_between(found.low, found.high)}"
    return None if found.possible else Impossible(words, [recall, rate])


def _is_binary(group: Group, *parts: MetricResult) -> bool:
    """True if the parts are rates of one class; and all of them can be rates."""
    averages = {group.average_of(part) for part in parts}
    return averages <= {None, "none", "binary"} and all(0 <= group.project.comparer.value(p) <= 1 for p in parts)


def _rmse(group: Group) -> Impossible | None:
    """A mean absolute error never exceeds the root mean squared one, which never exceeds sqrt(n) times it."""
    mae = group.part("mae")
    if mae is None or min(group.claimed(mae)[0], group.claimed(group.result)[1]) < 0:
        return None
    found = statistics.error_identity(group.claimed(mae), group.claimed(group.result), items(group.result))
    words = (
        "it lies below the mean absolute error"
        if group.claimed(group.result)[1] < found.low
        else "it exceeds sqrt(n) mae"
    )
    return None if found.possible else Impossible(words, [mae])


def _mse(group: Group) -> Impossible | None:
    """The mean squared error is the square of its root."""
    rmse = group.part("rmse")
    if rmse is None:
        return None
    (low, high), (bottom, top) = group.claimed(group.result), group.claimed(rmse)
    if bottom < 0 or bottom**2 <= high and low <= top**2:
        return None
    return Impossible(f"the square of the root is {_between(bottom**2, top**2)}", [rmse])


def _range(group: Group) -> Impossible | None:
    """An area, a rate or a coefficient of determination never exceeds 1; what could be a percent is spared."""
    known = known_metric(group.result, group.project)
    low, high = group.claimed(group.result)
    if known and known.high == 1 and low > 1 and high < 1.5:
        return Impossible("it never exceeds 1", [])
    return Impossible("it is never negative", []) if known and known.low == 0 and high < 0 else None


def _complement(group: Group) -> Impossible | None:
    """A rate and the rate of its opposite sum to 1."""
    of = {"false_positive_rate": "specificity", "false_negative_rate": "recall", "zero_one_loss": "accuracy"}[
        group.name
    ]
    other = group.part(of)
    if other is None or not _is_binary(group, group.result, other):
        return None
    (low, high), (bottom, top) = group.claimed(group.result), group.claimed(other)
    fits = 1 - top <= high and low <= 1 - bottom
    return None if fits else Impossible(f"it is 1 - {of}, that is {_between(1 - top, 1 - bottom)}", [other])


def _order(group: Group) -> Impossible | None:
    """A lower percentile of one quantity never exceeds a higher one."""
    said = metric_name(group.result.metric or "")
    if not said.percentile:
        return None
    for other in group.all:
        theirs = metric_name(other.metric or "")
        if theirs.percentile and theirs.base == said.base and int(theirs.percentile[1:]) < int(said.percentile[1:]):
            same_unit = _unit(other, group.project) == _unit(group.result, group.project)
            if same_unit and group.claimed(other)[0] > group.claimed(group.result)[1]:
                return Impossible(f"it lies below {theirs.percentile}", [other])
    return None


def _unit(result: MetricResult, project: Project) -> str | None:
    metric = project.metric(result.metric)
    return (result.value.unit if result.value else "") or (metric.unit if metric else None)


def _between(low: float, high: float) -> str:
    first, last = f"{low:.4g}", f"{high:.4g}"
    return first if first == last else f"{first} to {last}"


_CHECKS = {
    "f1": (_f1,),
    "accuracy": (_accuracy,),
    "balanced_accuracy": (_balanced,),
    "precision": (_precision,),
    "rmse": (_rmse,),
    "mse": (_mse,),
    "false_positive_rate": (_complement,),
    "false_negative_rate": (_complement,),
    "zero_one_loss": (_complement,),
}


def impossible_slices(whole: MetricResult, slices: list[MetricResult], project: Project) -> Iterator[Impossible]:
    """Slices that are larger than the whole, or that make up the whole and do not average to it."""
    n = items(whole)
    for result in slices:
        size = items(result)
        if n is not None and size is not None and size > n:
            yield Impossible(f"slice {result.slice} has n = {size}, more than the whole", [result])
            return
    total, sizes = denominator(whole, project), [denominator(s, project) for s in slices]
    if total is None or len(slices) < 2 or len({s.slice for s in slices}) < len(slices) or None in sizes:
        return
    weights = [size for size in sizes if size is not None]
    if sum(weights) != total or 0 in weights or not all(project.comparer.printed(r) for r in (whole, *slices)):
        return  # the slices overlap, or do not cover the whole
    pairs = [Group(r, [r], project).claimed(r) for r in (whole, *slices)]
    found = statistics.weighted_mean_identity(pairs[0], pairs[1:], weights)
    if not found.possible:
        yield Impossible(f"its slices average to {_between(found.low, found.high)}", slices)


def mixed_averages(group: Group) -> bool:
    """True if an F1 stands beside precision and recall that are averaged in another, or an unknown, way."""
    parts = [group.part("precision"), group.part("recall")] if group.name == "f1" else [None]
    return None not in parts and any(p is not None and group.average_of(p) != group.average for p in parts)
