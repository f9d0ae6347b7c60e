"""The groups of each fairness limit, counted in the predictions of the model."""

from collections.abc import Iterable, Iterator
from typing import Any

import mlgov.lifecycle.measured as lifecycle
from mlgov.lifecycle.project import Project
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job
from mlgov.verification.limits import Limits
from mlgov.verification.statements import decides_at, declared

MOST_GROUPS = 50  # of one attribute; more are no groups of persons but names or measurements

KINDS = (lifecycle.MeasuredGroups,)


def jobs(project: Project, folder: DataFolder) -> Iterable[Job | Gap]:
    """One job for each limit on the groups of an attribute, where the predictions of the model are declared."""
    fairness = project.evaluation.fairness
    limits = [limit for limit in fairness.limits if limit.attribute] if fairness else []
    if not limits:
        return
    own = next((one for one in declared(project, folder) if one.owner == "evaluation" and one.record), None)
    columns = {p.name: p.column for p in fairness.protected_attributes if p.name and p.column} if fairness else {}
    for limit in limits if own else ():
        assert own is not None
        asked = {
            "columns": own.columns(project),
            "attribute": limit.attribute,
            "column": columns.get(limit.attribute, limit.attribute),
            "threshold": decides_at(project),
        }
        yield Job("groups", limit.subject, limit.at(), (own.table,), asked)


def measure(job: Job, limits: Limits) -> Iterator[lifecycle.Measured]:
    """Count right and wrong decisions in each group; nothing where the attribute has no column in the predictions."""
    from mlgov.verification.engines import engine_for
    from mlgov.verification.metrics import Incomputable
    from mlgov.verification.predicted import Predicted

    column = job.asked["column"]
    found = Predicted(engine_for(job.tables, limits), job.tables[0], job.asked["columns"], [column])
    texts = found.texts(column)
    if texts is None:
        return
    sample = found.sample()
    try:
        truth, said = sample.truth, sample.decided(job.asked["threshold"])
    except Incomputable:
        return
    groups = tuple(_groups(texts, truth, said))
    if 2 <= len(groups) <= MOST_GROUPS:
        yield lifecycle.MeasuredGroups(
            subject=job.subject,
            origin=job.origin,
            path=job.tables[0].path,
            attribute=job.asked["attribute"],
            groups=groups,
        )


def _groups(texts: Any, truth: Any, said: Any) -> Iterator[lifecycle.MeasuredGroup]:
    """The counts of each value; a missing value makes no group."""
    import numpy as np

    values, at = np.unique(texts, return_inverse=True)
    if len(values) > MOST_GROUPS + 1:
        return
    for number, value in enumerate(values):
        here = at == number
        counts = [
            int((here & t & s).sum()) for t, s in ((truth, said), (~truth, said), (truth, ~said), (~truth, ~said))
        ]
        if value:
            yield _group(str(value), *counts)


def _group(value: str, tp: int, fp: int, fn: int, tn: int) -> lifecycle.MeasuredGroup:
    return lifecycle.MeasuredGroup(value=value, tp=tp, fp=fp, fn=fn, tn=tn)
