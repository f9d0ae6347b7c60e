"""Which objectives are about the time that somebody waits for an answer."""

import re

from mlgov.rulekit import Metric, Project, Slo, base_of

LATENCY = re.compile(r"latency|response_?time|request_?(duration|time)|round_?trip|time_?to_?first", re.IGNORECASE)


def is_time(slo: Slo, project: Project) -> bool:
    """True for an objective in seconds, or for a percentile: online, those are times of answers."""
    return bool(slo.percentile) or "s" in (
        slo.max.unit if slo.max is not None else "",
        base_of(project.unit(slo.metric)),
    )


def is_latency(slo: Slo, project: Project) -> bool:
    metric: Metric | None = project.metric(slo.metric)
    stated = (slo.max.unit if slo.max is not None else "") or (base_of(metric.unit) if metric else "")
    names = [slo.metric, slo.id, *([metric.id, metric.name, metric.definition, *metric.series] if metric else [])]
    return stated in ("", "s") and any(LATENCY.search(name) for name in names if name)
