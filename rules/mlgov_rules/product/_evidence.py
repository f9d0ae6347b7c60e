"""Measured quality that product rules lean on."""

from collections.abc import Iterator

from mlgov.rulekit import KnownMetric, MetricResult, Project, metric_name

_OPERATIONAL = ("operational", "business", "ux", "cost", "data_quality")


def known(result: MetricResult, project: Project) -> KnownMetric | None:
    """The entry of the metric in the table of known metrics; None for what is measured of the service, not of the model."""
    metric = project.metric(result.metric)
    if metric is not None and metric.kind in _OPERATIONAL:
        return None
    return metric_name((metric.type or metric.id if metric else None) or result.metric or "").known


def whole_results(project: Project) -> Iterator[MetricResult]:
    """Results of the model on a whole split that is not the training data."""
    for result in project.results:
        if not result.slice and project.comparer.key(result).split != "train":
            yield result
