"""An alert must say at which level, over which window and how urgently it fires, who acts, and what to do.

## Why
At three in the morning an alert without an owner wakes nobody, and one without a runbook wakes somebody who can do nothing.

The expression of a native alert tells level and window, and `for` is a window; a native alert may leave its owner to the owner
of monitoring or to the routes. A runbook that is a path must exist. A warning must come no later than its critical twin.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring: {alerts: [{name: Slow, op: gt, threshold: 200ms, window: 5m, severity: critical}]}
~~~

### a runbook that does not exist
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring:
  alerts:
  - {name: Slow, op: gt, threshold: 200ms, window: 5m, severity: critical, owner: sam@example.org, runbook: docs/runbook.md#slow}
~~~

### the warning comes after the critical level
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring:
  signals: [{id: drift, kind: data_drift, threshold: {warn: 0.25, critical: 0.1}}]
  alerts:
  - {name: Drift, op: gt, threshold: 0.1, window: 1d, severity: critical, owner: sam@example.org, runbook: https://runbooks.example.org}
~~~

### nobody is called at all
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring: {signals: [{id: latency, kind: latency}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring:
  signals: [{id: drift, kind: data_drift, threshold: {warn: 0.1, critical: 0.25}}]
  alerts:
  - {name: Slow, op: gt, threshold: 200ms, for: 5m, severity: critical, owner: sam@example.org, runbook: docs/runbook.md#slow}
  - {name: Drift, expr: churn_psi > 0.25, for: 1h, severity: warning, owner: sam@example.org, runbook: https://runbooks.example.org}
~~~
~~~markdown docs/runbook.md
# Slow
Roll back.
~~~

## Remedy
add what is missing; the runbook may be a path of this repository or a URL

## References
S1-09, S1-41, S0-06, S3-42; Google SRE Book, ch. 6
"""

from collections.abc import Iterator

from mlgov.rulekit import Alert, Findings, Project, Signal, level, presence
from mlgov_rules.monitoring._kinds import counts_here


@presence("MON005", "monitoring", severity="-WE", stage="pre_launch", sources=["S1-09", "S1-41", "S0-06", "S3-42"])
def alert_incomplete(project: Project) -> Findings:
    monitoring = project.monitoring
    if monitoring.signals and monitoring.lacks("alerts"):
        yield monitoring.at(), "signals are watched, but no alert calls a person"
    for alert in (a for a in monitoring.alerts if counts_here(a.environment)):
        if lacking := list(_lacking(alert, project)):
            yield alert.at(), f"alert {alert.name or ''} lacks {', '.join(lacking)}".replace("  ", " ")
        elif alert.runbook and project.exists(alert.runbook) is False:
            yield alert.at("runbook"), f"alert {alert.name}: the runbook {alert.runbook} does not exist"
    for signal in monitoring.signals:
        yield from _turned_round(signal, project)
    yield from _late_warnings(project)


def _lacking(alert: Alert, project: Project) -> Iterator[str]:
    yield from alert.lacks("name")
    if not alert.has("expr"):
        yield from alert.lacks("op", "threshold")
    if not alert.has("expr") and alert.lacks("window") and alert.for_ is None and alert.window_rows is None:
        yield "window"
    yield from alert.lacks("severity")
    if alert.lacks("owner") and (alert.is_own or not _has_owner_elsewhere(project)):
        yield "owner"
    yield from alert.lacks("runbook")


def _has_owner_elsewhere(project: Project) -> bool:
    ownership, on_call = project.team.ownership, project.monitoring.on_call
    return bool(ownership and ownership.monitoring or on_call and on_call.contact or project.monitoring.routes)


def _turned_round(signal: Signal, project: Project) -> Findings:
    limits = signal.threshold
    if limits is None or limits.warn is None or limits.critical is None:
        return
    first, last = (level(number, project.unit(signal.metric)) for number in (limits.warn, limits.critical))
    falls = any(a.signal == signal.id and a.op in ("lt", "lte") for a in project.monitoring.alerts)
    if first.is_comparable_with(last) and (last.is_above(first) if falls else first.is_above(last)):
        words = f"warns at {limits.literal('warn')}, beyond its critical level {limits.literal('critical')}"
        yield limits.at("warn"), f"signal {signal.id} {words}", [limits.at("critical")]


def _late_warnings(project: Project) -> Findings:
    """Pairs of alerts on one signal, warning and critical, of which the warning comes last."""
    alerts = [
        a for a in project.monitoring.alerts if a.signal and a.op and a.threshold is not None and not a.percentile
    ]
    for warning in (a for a in alerts if a.severity == "warning"):
        for critical in (a for a in alerts if a.severity == "critical" and a.signal == warning.signal):
            first, last = (level(a.threshold or 0.0, a.unit) for a in (warning, critical))
            same_way = (warning.op or "")[0] == (critical.op or "")[0]
            late = first.is_above(last) if (warning.op or "")[0] == "g" else last.is_above(first)
            if same_way and first.is_comparable_with(last) and late:
                words = f"alert {warning.name} warns at {warning.literal('threshold')}, beyond the critical level"
                message = f"{words} {critical.literal('threshold')} of {critical.name}"
                yield warning.at("threshold"), message, [critical.at("threshold")]
