"""Which predictions a project declares, whose they are, and which statements can be held against them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.lifecycle.known_metrics import KNOWN
from mlgov.lifecycle.metric_name import metric_name
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.records import Baseline, MetricResult, Predictions
from mlgov.verification.folder import DataFolder, is_data
from mlgov.verification.job import Table

COLUMNS = ("target", "prediction", "score", "positive_class", "weight", "item", "query")


class Declared(NamedTuple):
    """Predictions of the model, or of a baseline. record: where they are declared, None where a result names the file.

    results: the statements of the same owner. sources: results whose `source` is this file.
    """

    table: Table
    record: Predictions | None
    owner: str
    results: list[MetricResult]
    sources: list[MetricResult]

    def columns(self, project: Project) -> dict[str, Any]:
        """How the columns are called, as far as anyone says; a file that only a result names is laid out alike."""
        record = self.record or project.evaluation.predictions
        return {name: getattr(record, name) for name in COLUMNS} if record else {}


def declared(project: Project, folder: DataFolder) -> Iterator[Declared]:
    """The predictions of the model, then those of baselines."""
    own = project.evaluation.predictions
    yield from _of_owner("evaluation", own, project.statements, project, folder)
    for baseline in project.baselines:
        yield from _of_owner(f"baseline {baseline.id}", baseline.predictions, list(baseline.results), project, folder)


def _of_owner(
    owner: str, record: Predictions | None, results: list[MetricResult], project: Project, folder: DataFolder
) -> Iterator[Declared]:
    """The declared file, and other tables that results name as their source."""
    sources: dict[str, list[MetricResult]] = {}
    for result in results:
        if result.source and result.source.file and is_data(result.source.file):
            sources.setdefault(project.path(result.source.file), []).append(result)
    if record is not None and record.file:
        table = folder.table(project, record.file, record.at("file"), record.subject)
        named = sources.pop(project.path(record.file), [])
        if table:
            yield Declared(table, record, owner, results, named)
    for named in sources.values():
        source = named[0].source
        assert source is not None
        table = folder.table(project, source.file, source.at("file"), named[0].subject)
        if table:
            yield Declared(table, None, owner, [], named)


def of_baseline(baseline: Baseline, project: Project, folder: DataFolder) -> Declared | None:
    """The declared predictions of a baseline."""
    every = _of_owner(f"baseline {baseline.id}", baseline.predictions, list(baseline.results), project, folder)
    return next((one for one in every if one.record is not None), None)


def comparable(one: Declared, project: Project) -> Iterator[MetricResult]:
    """The statements that speak about what was predicted: those that name the file, and those about the same data."""
    yield from one.sources
    named = {id(result) for result in one.sources}
    for result in one.results:
        if id(result) not in named and _is_alike(result, one.record, project):
            yield result


def _is_alike(result: MetricResult, record: Predictions | None, project: Project) -> bool:
    if record is None:
        return False
    about = {name: getattr(record, name) for name in ("dataset", "split", "model_version")}
    meant = MetricResult.model_validate({"metric": result.metric, **{k: v for k, v in about.items() if v}})
    meant.bind(project.book, record.path)
    defined = ("average", "k", "threshold", "percentile", "slice")
    return project.comparer.compare(result, meant, ignore=defined).answer == "same"


def decides_at(project: Project) -> float | None:
    """The score from which on the model decides for the positive class, where the project states it."""
    threshold = project.training.threshold if project.part("training.threshold") else None
    return None if threshold is None or threshold.value is None else float(threshold.value)


def standard_name(result: MetricResult, project: Project) -> str:
    """The well-known metric that a result is; "" where it is none."""
    metric = project.metric(result.metric)
    if metric is not None:
        return metric.known.name if metric.known else ""
    base = metric_name(result.metric or "").base
    return base if base in KNOWN else ""
