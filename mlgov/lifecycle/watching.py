"""What an alert watches: the metrics that it names, itself or through its signal, and those whose series it asks for."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mlgov.lifecycle.level import Level, level
from mlgov.lifecycle.metric_name import metric_name
from mlgov.units import base_of

if TYPE_CHECKING:
    from mlgov.lifecycle.metrics import Metric
    from mlgov.lifecycle.monitoring import Alert, Signal
    from mlgov.lifecycle.project import Project

_SUFFIX = re.compile(r"_(bucket|sum|count|total|created)$")


@lru_cache(maxsize=8192)
def plain_series(series: str) -> str:
    """A series without selector and without `_bucket`, `_sum`, `_count`, `_total`."""
    return _SUFFIX.sub("", series.partition("{")[0].strip())


def signal_of(alert: "Alert", project: "Project") -> "Signal | None":
    """The signal that an alert names."""
    return project.signals.get(alert.signal) if alert.signal else None


def named_metrics(alert: "Alert", project: "Project") -> frozenset[str]:
    """The metrics that an alert names, itself or through its signal, by id (or normalised name)."""
    signal = signal_of(alert, project)
    return project.metric_ids(alert.metric, signal.metric if signal else None)


def asks_for(alert: "Alert", metric: "Metric") -> bool:
    """True if the alert asks for a series of the metric; the same series may still be counted in another way."""
    if not alert.series or not metric.series:
        return False
    return not {plain_series(s) for s in alert.series}.isdisjoint(plain_series(s) for s in metric.series)


def alert_level(alert: "Alert", unit: str | None) -> Level | None:
    """The level at which an alert fires; None where operator, threshold or unit are not known.

    unit: of its metric, in which an alert of mlgov's own format counts. A native alert counts in the unit of its
    series; where that is not known, only a fraction may be told without.
    """
    if alert.threshold is None or alert.op is None:
        return None
    found = level(alert.threshold, alert.unit)
    if found.base:
        return found
    if alert.is_own:
        return level(alert.threshold, unit)
    is_fraction = base_of(unit) == "fraction" and abs(found.value) <= 1
    return Level(found.value, "fraction") if is_fraction else found


def alert_side(alert: "Alert") -> str:
    """`max` where an alert fires above its threshold, `min` where it fires below."""
    return "max" if alert.op in ("gt", "gte") else "min"


def alert_percentile(alert: "Alert", metric: str | None) -> str | None:
    """The percentile that an alert watches; in mlgov's own format that of its metric's name, if it says nothing else."""
    return alert.percentile or (metric_name(metric or "").percentile if alert.is_own else None)
