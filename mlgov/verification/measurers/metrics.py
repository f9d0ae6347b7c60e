"""Every stated metric that predictions can confirm or refute, computed again."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import mlgov.lifecycle.measured as lifecycle
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.records import MetricResult
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job
from mlgov.verification.limits import Limits
from mlgov.verification.statements import comparable, decides_at, declared, standard_name

KINDS = (lifecycle.MeasuredMetric,)


def jobs(project: Project, folder: DataFolder) -> Iterable[Job | Gap]:
    """One job for each file of predictions that a statement can be held against."""
    for one in declared(project, folder):
        metrics = [m for result in comparable(one, project) if (m := _asked(result, project))]
        place = one.record.at("file") if one.record else one.sources[0].at("source")
        subject = one.record.subject if one.record else one.sources[0].subject
        is_sure = one.record is not None
        if metrics:
            asked = {"columns": one.columns(project), "metrics": metrics, "sure": is_sure}
            yield Job("metrics", subject, place, (one.table,), asked)


def _asked(result: MetricResult, project: Project) -> dict[str, Any] | None:
    """A statement as the measuring process needs it; None for what is no well-known metric, or of another model."""
    name = standard_name(result, project)
    if not name or result.value is None or result.variant or result.partial or result.coverage is not None:
        return None
    key = project.comparer.key(result)
    return {
        "about": list(result.path),
        "name": name,
        "average": key.average,
        "k": None if key.k is None else int(key.k),
        "threshold": _threshold(key.threshold, project),
        "slice": _slice(result, project),
    }


def _threshold(stated: float | None, project: Project) -> float | None:
    """The threshold of the result, else the one that the model decides by."""
    if stated is not None:
        return float(stated)
    return decides_at(project)


def _slice(result: MetricResult, project: Project) -> list[str] | None:
    """Column and value that cut the slice of a result; ["", name] where nobody says how it is cut."""
    if not result.slice:
        return None
    defined = next((s for s in project.evaluation.slices if s.id == result.slice), None)
    if defined is not None and defined.attribute:
        return [defined.attribute, defined.value or ""]
    column, mark, value = result.slice.replace("==", "=").partition("=")
    return [column.strip(), value.strip()] if mark else ["", result.slice]


def measure(job: Job, limits: Limits) -> Iterator[lifecycle.Measured]:
    """Read the predictions once, and compute one metric after the other."""
    from mlgov.verification.engines import engine_for
    from mlgov.verification.predicted import Predicted

    wanted = [m["slice"][0] for m in job.asked["metrics"] if m["slice"]]
    found = Predicted(engine_for(job.tables, limits), job.tables[0], job.asked["columns"], wanted)
    if not found.is_complete and not job.asked["sure"]:
        return  # a table of something else that a result names as its source
    for asked in job.asked["metrics"]:
        yield _measured(job, asked, found)


def _measured(job: Job, asked: dict[str, Any], found: Any) -> lifecycle.MeasuredMetric:
    from mlgov.verification.metrics import Asked, Incomputable, estimate

    made = partial(
        lifecycle.MeasuredMetric,
        subject=job.subject,
        origin=job.origin,
        path=job.tables[0].path,
        about=tuple(asked["about"]),
        metric=asked["name"],
    )
    try:
        sample = _cut(found, asked["slice"])
        told = estimate(Asked(asked["name"], asked["average"], asked["k"], asked["threshold"]), sample)
    except Incomputable as error:
        return made(lack=str(error))
    return made(values=told.values, n=len(sample), low=told.low, high=told.high, method=told.method)


def _cut(found: Any, slice_: list[str] | None) -> Any:
    """The rows of a slice."""
    from mlgov.verification.metrics import Incomputable
    from mlgov.verification.predicted import alike

    sample = found.sample()
    if slice_ is None:
        return sample
    column, value = slice_
    texts = found.texts(column) if column and value else None
    if texts is None:
        raise Incomputable(f"there is no column that cuts the slice {value or column}")
    return sample.take(alike(texts, value))
