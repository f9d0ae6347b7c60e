"""The one door for rule authors: everything a rule may use stands here, and nothing else of mlgov is theirs."""

from collections.abc import Iterator

from mlgov import repair, statistics
from mlgov.figure import Curve, Figure, Intervals, Line, Point, Row
from mlgov.finding import Fix, Operation, Origin, Severity
from mlgov.lifecycle.change import Change
from mlgov.lifecycle.comparison import Comparability, Comparer, Key, other_version, same_version
from mlgov.lifecycle.goals import goal_breaks, is_unanchored
from mlgov.lifecycle.known_metrics import KNOWN, KnownMetric
from mlgov.lifecycle.level import Level, level, percentile_of, same_percentile
from mlgov.lifecycle.links import is_decisive, is_unwatched, requirement_lack, trigger_answers, trigger_side
from mlgov.lifecycle.measured import *  # noqa: F403
from mlgov.lifecycle.measured import __all__ as _measured
from mlgov.lifecycle.metric_name import MetricName, metric_name
from mlgov.lifecycle.moves import Move, moves
from mlgov.lifecycle.pairing import Pair, same_definition
from mlgov.lifecycle.policy_change import PolicyChange, WaiverNote, Weakening
from mlgov.lifecycle.printed import agree, decimals, in_the_form_of, interval, off_by_hundred
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.records import *  # noqa: F403
from mlgov.lifecycle.records import __all__ as _records
from mlgov.lifecycle.reference import Reference, references_to
from mlgov.lifecycle.suggestion import hint, is_same, meant, nearest, probable, spelled_like
from mlgov.lifecycle.threshold import Limit, fires_outside, limit_of
from mlgov.lifecycle.watching import alert_level, alert_percentile, alert_side, asks_for, named_metrics, plain_series
from mlgov.presence import missing, missing_at
from mlgov.rule import Observation, abstain, presence, rule
from mlgov.units import Quantity, base_of, in_base, literal, plain, quantity

Findings = Iterator[Observation]

__all__ = [
    *_records,
    *_measured,
    "KNOWN", "Change", "Comparability", "Comparer", "Curve", "Figure", "Findings", "Fix", "Intervals", "Line", "Key", "KnownMetric", "Level", "Limit", "MetricName", "Move", "Origin", "Pair", "Point", "PolicyChange", "Project",
    "Observation", "Operation", "Reference", "Quantity", "Row", "Severity", "WaiverNote", "Weakening", "abstain", "agree", "alert_level", "alert_percentile", "alert_side", "asks_for", "base_of", "decimals", "fires_outside", "hint",
    "in_base", "in_the_form_of", "interval", "level", "limit_of", "literal", "meant", "metric_name", "missing",
    "missing_at", "moves", "named_metrics", "nearest", "off_by_hundred", "other_version", "percentile_of", "plain", "plain_series", "presence", "probable", "quantity",
    "goal_breaks", "is_decisive", "is_same", "is_unanchored", "is_unwatched", "references_to",
    "repair", "requirement_lack", "rule", "same_definition", "same_percentile", "same_version", "spelled_like", "statistics",
    "trigger_answers", "trigger_side",
]  # fmt: skip
