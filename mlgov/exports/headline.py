"""Which measured numbers a card shows: one for each metric, data set and slice, and never one of the training split."""

from mlgov.lifecycle.project import Project
from mlgov.lifecycle.result import MetricResult

_SPLITS = ("test", "validation", "cross_validation", "online", None)


def headline(project: Project) -> list[MetricResult]:
    """The results of the model itself; a number that another file repeats with less detail is not repeated here."""
    kept: list[MetricResult] = []
    for result in sorted(project.results, key=lambda r: (r.dataset is None, not r.is_observed)):
        if result.split != "train" and not any(_repeats(project, result, other) for other in kept):
            kept.append(result)
    order = {id(result): at for at, result in enumerate(project.results)}
    return sorted(kept, key=lambda r: order[id(r)])


def _repeats(project: Project, result: MetricResult, other: MetricResult) -> bool:
    """True if both are about one thing, as far as the first says: it repeats the other, or the other one counts."""
    if name(project, result) != name(project, other) or not _fits(result, other, "slice", "variant"):
        return False
    if result.dataset is None or result.split is None:
        return _may_fit(result, other, "dataset", "split", "threshold") and project.comparer.agree(result, other)
    return _fits(result, other, "dataset", "split", "threshold", "model_version")


def _fits(one: MetricResult, other: MetricResult, *fields: str) -> bool:
    return all(str(getattr(one, field)) == str(getattr(other, field)) for field in fields)


def _may_fit(one: MetricResult, other: MetricResult, *fields: str) -> bool:
    return all(getattr(one, field) is None or _fits(one, other, field) for field in fields)


def main(project: Project) -> list[MetricResult]:
    """Of each metric, data set and slice only the best split: the test split before validation."""
    best: dict[tuple[str, ...], MetricResult] = {}
    for result in sorted(headline(project), key=lambda r: _SPLITS.index(r.split)):
        key = (name(project, result), str(result.slice), str(result.variant), str(result.model_version))
        best.setdefault(key, result)
    return [result for result in headline(project) if any(result is kept for kept in best.values())]


def name(project: Project, result: MetricResult) -> str:
    """The id of the metric where the project defines it, else the name as it is written."""
    defined = project.metric(result.metric)
    return str(defined.id if defined and defined.id else result.metric)
