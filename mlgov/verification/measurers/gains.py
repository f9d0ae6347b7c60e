"""The model against each baseline whose predictions are declared, on the same rows."""

from collections.abc import Iterable, Iterator
from typing import Any

import mlgov.lifecycle.measured as lifecycle
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.records import Metric
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job
from mlgov.verification.limits import Limits
from mlgov.verification.statements import Declared, decides_at, declared, of_baseline

KINDS = (lifecycle.MeasuredGain,)


def jobs(project: Project, folder: DataFolder) -> Iterable[Job | Gap]:
    """One job for each baseline with predictions, about the metrics that decide."""
    own = next((one for one in declared(project, folder) if one.owner == "evaluation" and one.record), None)
    metrics = [_asked(m, project) for m in project.primaries("offline") or project.metrics if m.known and m.id]
    for baseline in project.baselines if own and metrics else ():
        theirs = of_baseline(baseline, project, folder)
        if own is not None and theirs is not None and theirs.record is not None and _same_data(own, theirs):
            tables = (own.table,) if own.table == theirs.table else (own.table, theirs.table)
            asked = {
                "baseline": baseline.id or "",
                "ours": own.columns(project),
                "theirs": theirs.columns(project) | {"positive_class": own.columns(project).get("positive_class")},
                "metrics": metrics,
            }
            yield Job("gains", theirs.record.subject, theirs.record.at("file"), tables, asked)


def _same_data(one: Declared, other: Declared) -> bool:
    """False where the two say that they predicted different data."""
    if one.record is None or other.record is None:
        return False
    pairs = [(getattr(one.record, name), getattr(other.record, name)) for name in ("dataset", "split")]
    return all(a is None or b is None or a == b for a, b in pairs)


def _asked(metric: Metric, project: Project) -> dict[str, Any]:
    return {
        "id": metric.id,
        "name": metric.known.name if metric.known else "",
        "average": metric.average,
        "k": None if metric.k is None else int(metric.k),
        "threshold": decides_at(project) if metric.threshold is None else float(metric.threshold),
    }


def measure(job: Job, limits: Limits) -> Iterator[lifecycle.Measured]:
    """Put the rows of both beside each other, and test each metric."""
    from mlgov.verification.engines import engine_for
    from mlgov.verification.metrics import Asked, Incomputable
    from mlgov.verification.metrics.paired import difference
    from mlgov.verification.pairing import paired
    from mlgov.verification.predicted import Predicted

    engine = engine_for(job.tables, limits)
    ours = Predicted(engine, job.tables[0], job.asked["ours"])
    theirs = Predicted(engine, job.tables[-1], job.asked["theirs"])
    both = paired(ours, theirs) if len(job.tables) == 2 else (ours.sample(), theirs.sample())
    for asked in job.asked["metrics"]:
        try:
            found = difference(Asked(asked["name"], asked["average"], asked["k"], asked["threshold"]), *both)
        except Incomputable:
            continue
        yield lifecycle.MeasuredGain(
            subject=job.subject,
            origin=job.origin,
            baseline=job.asked["baseline"],
            metric=asked["id"],
            n=len(both[0]),
            **found._asdict(),
        )
