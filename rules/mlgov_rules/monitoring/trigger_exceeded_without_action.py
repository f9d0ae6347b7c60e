"""A monitoring report beyond a declared trigger must be followed by a new version, or by a recorded reason.

## Why
A trigger that was crossed and answered with nothing is a decoration. The report in the repository proves that somebody could
have known.

The latest report on a signal counts. The version is unchanged where the report names it, or where the selected model was
trained before the report; a `process.changes` entry about retraining, rollout or monitoring on or after that day is a reason.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
training: {candidates: [{id: gbm, trained_on: 2026-06-01}], selection: {selected: gbm}}
monitoring:
  signals: [{id: drift, kind: data_drift}]
  reports: [{file: reports/drift.json, signal: drift, value: 0.31, date: 2026-10-01}]
feedback: {retraining: {triggers: [{kind: drift, signal: drift, above: 0.2}]}}
~~~

### a rollback trigger, and a report that names the version
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
metrics: [{id: error_rate, unit: percent}]
monitoring:
  signals: [{id: errors, kind: errors, metric: error_rate}]
  reports: [{file: reports/errors.json, signal: errors, value: 3%, model_version: v1.4.0}]
rollout: {rollback: {triggers: [{metric: error_rate, max: 2}]}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
training: {candidates: [{id: gbm, trained_on: 2026-10-15}], selection: {selected: gbm}}
monitoring:
  signals: [{id: drift, kind: data_drift}]
  reports: [{file: reports/drift.json, signal: drift, value: 0.31, date: 2026-10-01}]
feedback: {retraining: {triggers: [{kind: drift, signal: drift, above: 0.2}]}}
~~~

### the reason is recorded
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4.0"}
training: {candidates: [{id: gbm, trained_on: 2026-06-01}], selection: {selected: gbm}}
monitoring:
  signals: [{id: drift, kind: data_drift}]
  reports: [{file: reports/drift.json, signal: drift, value: 0.31, date: 2026-10-01}]
feedback: {retraining: {triggers: [{kind: drift, signal: drift, above: 0.2}]}}
process: {changes: [{path: feedback.retraining, reason: a new tariff explains the shift, date: 2026-10-02}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  signals: [{id: drift, kind: data_drift}]
  reports: [{file: reports/drift.json, signal: drift, value: 0.31, date: 2026-10-01}]
feedback: {retraining: {triggers: [{kind: drift, signal: drift, above: 0.2}]}}
~~~

## Remedy
retrain or roll back; or record in `process.changes` why nothing was done

## References
S4-58, S0-12
"""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import (
    Findings,
    Level,
    MonitoringReport,
    Origin,
    Project,
    abstain,
    level,
    other_version,
    rule,
    same_version,
)


class Limit(NamedTuple):
    """A level of a declared trigger; side `max` fires above it."""

    side: str
    level: Level
    text: str
    word: str
    place: Origin


@rule("MON212", severity="IWE", sources=["S4-58", "S0-12"])
def trigger_exceeded_without_action(report: MonitoringReport, project: Project) -> Findings:
    if not report.signal or report.value is None or _is_superseded(report, project):
        return
    signal = next((s for s in project.monitoring.signals if s.id == report.signal), None)
    found = level(report.value, project.unit(signal.metric) if signal else None)
    for limit in _limits(report.signal, signal.metric if signal else None, project):
        if not found.is_comparable_with(limit.level) or not limit.level.is_laxer_than(found, _other(limit.side)):
            continue
        unchanged = _is_unchanged(report, project)
        if unchanged is None:
            yield abstain("unknown date of the version")
        elif unchanged and not _has_reason(report, project):
            message = (
                f"the report shows {report.signal} = {report.literal('value')}, beyond the {limit.word} trigger {limit.text}, "
                "and the version is the same since"
            )
            yield report.at("value"), message, [limit.place]
        return


def _other(side: str) -> str:
    return "min" if side == "max" else "max"


def _is_superseded(report: MonitoringReport, project: Project) -> bool:
    """True if a later report on the same signal exists."""
    others = [r for r in project.monitoring.reports if r.signal == report.signal and r.value is not None]
    return any((r.date or "") > (report.date or "") for r in others)


def _limits(signal: str, metric: str | None, project: Project) -> Iterator[Limit]:
    unit = project.unit(metric)
    retraining, rollback = project.feedback.retraining, project.rollout.rollback
    for trigger in retraining.triggers if retraining else ():
        for field, side in (("above", "max"), ("below", "min")):
            number = getattr(trigger, field)
            if trigger.signal == signal and number is not None:
                yield Limit(side, level(number, unit), trigger.literal(field), "retraining", trigger.at(field))
    for back in rollback.triggers if rollback else ():
        if back.metric in (signal, metric) or metric and project.metric_id(back.metric) == project.metric_id(metric):
            for side in ("min", "max"):
                number = getattr(back, side)
                if number is not None:
                    yield Limit(
                        side, level(number, project.unit(back.metric)), back.literal(side), "rollback", back.at(side)
                    )


def _is_unchanged(report: MonitoringReport, project: Project) -> bool | None:
    """Whether the governed version is the one that the report is about; None where nothing tells."""
    if report.model_version and project.identity.version:
        if same_version(report.model_version, project.identity.version):
            return True
        return False if other_version(report.model_version, project.identity.version) else None
    selection = project.training.selection
    chosen = [c for c in project.training.candidates if selection and c.id == selection.selected]
    trained = chosen[0].trained_on if chosen else None
    return trained[:10] < report.date[:10] if trained and report.date else None


def _has_reason(report: MonitoringReport, project: Project) -> bool:
    about = ("feedback", "monitoring", "rollout", "training", "project.version")
    changes = [c for c in project.process.changes if c.reason and (c.path_ or "").startswith(about)]
    return any(not c.date or not report.date or c.date[:10] >= report.date[:10] for c in changes)
