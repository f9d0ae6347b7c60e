"""The one door for rule authors: everything a rule may use stands here, and nothing else of mlgov is theirs."""

from collections.abc import Iterator

from mlgov import statistics
from mlgov.finding import Origin
from mlgov.lifecycle.comparison import Comparability, Comparer, Key, other_version, same_version
from mlgov.lifecycle.known_metrics import KNOWN, KnownMetric
from mlgov.lifecycle.metric_name import MetricName, metric_name
from mlgov.lifecycle.printed import agree, decimals, interval, off_by_hundred
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.records import *  # noqa: F403
from mlgov.lifecycle.records import __all__ as _records
from mlgov.lifecycle.threshold import Limit, fires_outside, limit_of
from mlgov.presence import missing, missing_at
from mlgov.rule import Observation, abstain, presence, rule
from mlgov.units import Quantity, base_of, in_base, literal, plain

Findings = Iterator[Observation]

__all__ = [
    *_records,
    "KNOWN", "Comparability", "Comparer", "Findings", "Key", "KnownMetric", "Limit", "MetricName", "Origin", "Project",
    "Quantity", "abstain", "agree", "base_of", "decimals", "fires_outside", "in_base", "interval", "limit_of", "literal", "metric_name", "missing",
    "missing_at", "off_by_hundred", "other_version", "plain", "presence", "rule", "same_version", "statistics",
]  # fmt: skip
