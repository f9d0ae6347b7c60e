"""Limits that a change moved: which one, from what to what, and whether more is allowed than before.

A limit is a bound of a metric, a release criterion, a gate, a trigger, a service-level objective, a limit of fairness,
the threshold of an alert, or the margin or detectable effect of an experiment. Numbers compare in base units, each in
the unit of its own side, so that rewriting `200ms` as `0.2s` moves nothing.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.finding import Origin
from mlgov.lifecycle.change import Change
from mlgov.lifecycle.evaluation import AcceptanceCriterion
from mlgov.lifecycle.experiments import Experiment
from mlgov.lifecycle.fairness import FairnessLimit
from mlgov.lifecycle.level import level
from mlgov.lifecycle.metrics import Metric
from mlgov.lifecycle.monitoring import Alert
from mlgov.lifecycle.pipeline import QualityGate
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record
from mlgov.lifecycle.rollout import Gate, Trigger
from mlgov.lifecycle.serving import Slo
from mlgov.units import literal

# what a limit is called, by the record that states it
KINDS: dict[type[Record], str] = {
    AcceptanceCriterion: "acceptance criterion",
    Gate: "gate",
    Trigger: "rollback trigger",
    Slo: "objective",
    FairnessLimit: "fairness limit",
    QualityGate: "quality gate",
}
_SIDES = {"gt": "max", "gte": "max", "lt": "min", "lte": "min"}


class Move(NamedTuple):
    """One limit before and after. kind: `acceptable`, `target`, `gate`, `alert`, `margin` …; metric: its id, or "".

    before, after: as printed, "" where nothing is stated. looser: True if more is allowed than before, None where that
    cannot be known. at: where it stands now, or stood; was: where it stood before.
    """

    kind: str
    subject: str
    metric: str
    before: str
    after: str
    looser: bool | None
    at: Origin
    was: Origin

    @property
    def words(self) -> str:
        """`0.90 to 0.84`, `0.90 removed`, `0.90 added`."""
        if self.before and self.after:
            return f"{self.before} to {self.after}"
        return f"{self.after} added" if self.after else f"{self.before} removed"


class _Seat(NamedTuple):
    """One number on one side of a change. side: `max` where more of it allows more, `min` where less does."""

    record: Record
    steps: tuple[str, ...]
    side: str
    unit: str | None

    @property
    def number(self) -> Any:
        value: Any = self.record
        for step in self.steps:
            value = getattr(value, step, None)
        return value


def moves(change: Change) -> Iterator[Move]:
    """Every limit that changed, in the order of the model."""
    for first, second in change.kept(Metric):
        for kind in ("acceptable", "target"):
            yield from _bound(kind, change, first, second, kind)
    for record_kind, kind in KINDS.items():
        for before, after in change.kept(record_kind):
            yield from _bound(kind, change, before, after)
    for old, new in change.kept(AcceptanceCriterion):
        yield from _pair("improvement", change, old, new, ("min_improvement",), "min")
    for was, now in change.kept(Alert):
        yield from _alert(change, was, now)
    for planned, plan in change.kept(Experiment):
        yield from _experiment(change, planned, plan)


def _bound(kind: str, change: Change, before: Record, after: Record, *steps: str) -> Iterator[Move]:
    for side in ("min", "max"):
        yield from _pair(kind, change, before, after, (*steps, side), side)


def _alert(change: Change, before: Alert, after: Alert) -> Iterator[Move]:
    """An alert that fires only beyond a higher number, or below a lower one, stays silent for longer."""
    side = _SIDES.get(after.op or "", "") if before.op == after.op else ""
    yield from _pair("alert", change, before, after, ("threshold",), side)


def _experiment(change: Change, before: Experiment, after: Experiment) -> Iterator[Move]:
    """A greater margin, or a greater effect that it would notice, asks less of an experiment."""
    judged = {g.metric: g for g in after.guardrails if g.metric}
    for guardrail in before.guardrails:
        if guardrail.metric in judged:
            yield from _pair("margin", change, guardrail, judged[guardrail.metric], ("margin",), "max")
    if before.mde and after.mde and before.mde.type == after.mde.type:
        yield from _pair("mde", change, before, after, ("mde", "value"), "max")


def _pair(
    kind: str, change: Change, before: Record, after: Record, steps: tuple[str, ...], side: str
) -> Iterator[Move]:
    old, new = (
        _Seat(record, steps, side, _unit(record, project))
        for record, project in ((before, change.base), (after, change.head))
    )
    if (old.number, new.number) == (None, None) or _equal(old, new):
        return
    yield Move(
        kind, after.subject + "." + ".".join(steps), _metric(after, change.head), _text(old), _text(new),
        _looser(old, new), after.at(*steps), before.at(*steps),
    )  # fmt: skip


def _unit(record: Record, project: Project) -> str | None:
    own: str | None = getattr(record, "unit", None)
    return own or project.unit(getattr(record, "metric", None))


def _metric(record: Record, project: Project) -> str:
    if isinstance(record, Experiment):
        return project.metric_id(next(iter(record.primary_metrics), None))
    return str(record.id or "") if isinstance(record, Metric) else project.metric_id(getattr(record, "metric", None))


def _text(seat: _Seat) -> str:
    return "" if seat.number is None else literal(seat.number)


def _equal(old: _Seat, new: _Seat) -> bool:
    """Whether both sides say the same number, in base units or in the same characters of the same unit."""
    if old.number is None or new.number is None:
        return False
    first, second = level(old.number, old.unit), level(new.number, new.unit)
    near = not first.is_above(second) and not second.is_above(first)
    return near and (first.is_comparable_with(second) or old.unit == new.unit)


def _looser(old: _Seat, new: _Seat) -> bool | None:
    if not old.side:
        return None
    if old.number is None or new.number is None:
        return bool(new.number is None)
    first, second = level(old.number, old.unit), level(new.number, new.unit)
    return second.is_laxer_than(first, old.side) if second.is_comparable_with(first) else None
