"""The counts behind a printed number, and the interval that they allow."""

from typing import NamedTuple

from mlgov.rulekit import KNOWN, KnownMetric, MetricResult, Project, decimals, in_base, metric_name, statistics

_TOTALS = ("total_samples", "dataset_size", "total_rows", "total")


class Trials(NamedTuple):
    """k of n independent items, from which a proportion was made."""

    k: int
    n: int


def known_metric(result: MetricResult, project: Project) -> KnownMetric | None:
    """The entry in the table of known metrics, by the definition of the project or by name."""
    metric = project.metric(result.metric)
    names = (metric.type, metric.id, result.metric) if metric else (result.metric,)
    return next((KNOWN[base] for name in names if name and (base := metric_name(name).base) in KNOWN), None)


def items(result: MetricResult) -> int | None:
    """The exact number of items; None where it is approximate, or the size of a whole data set and not of the test."""
    said = result.n
    if said is None and result.counts:
        said = result.counts.n
    if said is None or said.approximate or said < 1:
        return None
    return None if result.at("n").pointer.rpartition("/")[2] in _TOTALS else int(said)


def digits(result: MetricResult, project: Project) -> int:
    """How many decimals of the value in base units are printed; more than six are the noise of a float."""
    metric = project.metric(result.metric)
    text = result.literal("value").strip()
    percent = (
        text.endswith("%") or not (result.value and result.value.unit) and metric and metric.unit in ("percent", "%")
    )
    return min(6, (decimals(result.value) or 0) + (2 if percent else 0))


def denominator(result: MetricResult, project: Project) -> int | None:
    """The items that a proportion counts: positives for recall, n for accuracy; None where it is not known."""
    known, n = known_metric(result, project), items(result)
    if known is None or not known.proportion or not _is_plain(result, project):
        return None
    positives = None if result.positives is None or result.positives.approximate else int(result.positives)
    if n is not None and positives is not None and positives > n:
        return None
    if known.name in ("recall", "false_negative_rate"):
        return positives
    if known.name in ("specificity", "false_positive_rate"):
        return None if n is None or positives is None else n - positives
    if known.name == "precision":
        return None
    return n


def _is_plain(result: MetricResult, project: Project) -> bool:
    """True if the number is one count over another: no mean over classes, folds or runs, no text, no image."""
    average = project.comparer.key(result).average
    output = project.framing.output.type if project.framing.output else None
    if result.sd is not None or project.comparer.key(result).split == "cross_validation":
        return False
    return average in (None, "none", "binary") and output not in ("sequence", "structured", "ranking")


def trials(result: MetricResult, project: Project) -> Trials | None:
    """The k of n behind a proportion: from its counts, else from the value and its denominator."""
    known, counts = known_metric(result, project), result.counts
    if counts and counts.k is not None and counts.n:
        return Trials(int(counts.k), int(counts.n)) if counts.k <= counts.n else None
    if counts and known and (of := matrix(result)):
        return _of_matrix(known.name, *of)
    n, value = denominator(result, project), project.comparer.value(result)
    return Trials(round(value * n), n) if n and 0 <= value <= 1 else None


def matrix(result: MetricResult) -> tuple[int, int, int, int] | None:
    """tp, fp, fn, tn, where all four are stated."""
    counts = result.counts
    if counts is None:
        return None
    cells = (counts.tp, counts.fp, counts.fn, counts.tn)
    return None if None in cells else tuple(int(c) for c in cells)  # type: ignore[arg-type,return-value]


def _of_matrix(name: str, tp: int, fp: int, fn: int, tn: int) -> Trials | None:
    parts = {"recall": (tp, tp + fn), "precision": (tp, tp + fp), "accuracy": (tp + tn, tp + fp + fn + tn),
             "specificity": (tn, tn + fp), "false_positive_rate": (fp, fp + tn), "false_negative_rate": (fn, fn + tp),
             "zero_one_loss": (fp + fn, tp + fp + fn + tn)}  # fmt: skip
    k, n = parts.get(name, (0, 0))
    return Trials(k, n) if n else None


def interval_of(result: MetricResult, project: Project, conf: float = 0.95) -> tuple[float, float] | None:
    """The confidence interval of a result: the stated one, else the one that its counts allow."""
    if result.ci and result.ci.low is not None and result.ci.high is not None:
        metric = project.metric(result.metric)
        low, high = (in_base(end, metric.unit if metric else None) for end in (result.ci.low, result.ci.high))
        return low, high
    return computed_interval(result, project, conf)


def computed_interval(result: MetricResult, project: Project, conf: float = 0.95) -> tuple[float, float] | None:
    """The interval that counts allow, by section 4.4 of the statistics; None where no formula applies."""
    known, value, n = known_metric(result, project), project.comparer.value(result), items(result)
    if found := trials(result, project):
        low, high = statistics.wilson_ci(found.k, found.n, conf)
        return low, high
    cells = matrix(result)
    if known and known.name == "f1" and cells and sum(cells[:3]):
        _, low, high = statistics.f1_ci(*cells[:3], conf)
        return low, high
    positives = int(result.positives) if result.positives is not None else 0
    if known and known.name == "roc_auc" and n and 0 < positives < n and 0 < value < 1:
        _, low, high = statistics.auc_hanley_mcneil(value, positives, n - positives, conf)
        return low, high
    if known and known.name == "rmse" and n and value >= 0:
        low, high = statistics.rmse_ci(value, n, conf)
        return low, high
    return None
