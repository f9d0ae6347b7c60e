"""One alert must be defined once, or everywhere alike.

## Why
Two files that define `ModelLatencyHigh` with 0.2 s and with 0.8 s are two opinions. Which of them is loaded is decided by a
mount point.

Definitions with the same name are compared by level, wait and severity. Different severities with levels in the same order
are a pair; different environments, labels, series, windows or directions are different alerts.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts:
  - {name: ModelLatencyHigh, op: gt, threshold: 200ms, for: 10m, severity: critical}
  - {name: ModelLatencyHigh, op: gt, threshold: 0.8s, for: 1m, severity: critical}
~~~

### the warning comes after the critical one
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts:
  - {name: Errors, op: gt, threshold: 5%, severity: warning}
  - {name: Errors, op: gt, threshold: 0.02, unit: fraction, severity: critical}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts:
  - {name: Slow, op: gt, threshold: 200ms, for: 10m, severity: warning}
  - {name: Slow, op: gt, threshold: 0.8s, for: 1m, severity: critical}
  - {name: Errors, op: gt, threshold: 5%, for: 10m}
  - {name: Errors, op: gt, threshold: 0.05, unit: fraction, for: 600s}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  alerts:
  - {name: Errors, op: gt, threshold: 5%, labels: {service: api}}
  - {name: Errors, op: gt, threshold: 2%, labels: {service: batch}}
~~~

## Remedy
keep one definition, or give the alerts different names

## References
S4-57
"""

from itertools import combinations

from mlgov.rulekit import Alert, Findings, Project, abstain, alert_level, plain_series, rule

_RANK = {"info": 0, "warning": 1, "critical": 2}
_ABOUT_SEVERITY = frozenset({"severity", "priority", "level", "page"})


@rule("MON209", severity="-WW", sources=["S4-57"])
def conflicting_alert_definitions(project: Project) -> Findings:
    named: dict[tuple[str, str], list[Alert]] = {}
    for alert in project.monitoring.alerts:
        if alert.name:
            named.setdefault((alert.name, alert.environment), []).append(alert)
    for (name, _), alerts in named.items():
        pairs = list(combinations(alerts, 2))
        reasons = {reason for first, second in pairs if (reason := _other_alert(first, second))}
        conflicts = [
            (first, second, words)
            for first, second in pairs
            if not _other_alert(first, second) and (words := _conflict(first, second, project))
        ]
        if conflicts:
            first, second, words = conflicts[0]
            others = [a.at() for a in alerts if a is not first and a is not second]
            yield second.at(), f"alert {name} is defined {len(alerts)} times with {words}", [first.at(), *others]
        elif reasons:
            yield abstain(f"definitions of {name} with different {' and '.join(sorted(reasons))}")


def _other_alert(a: Alert, b: Alert) -> str:
    """What makes two definitions with one name two alerts; "" if nothing does."""
    labels = [{k: v for k, v in alert.labels.items() if k not in _ABOUT_SEVERITY} for alert in (a, b)]
    if any(labels[0][key] != labels[1][key] for key in labels[0].keys() & labels[1].keys()):
        return "labels"
    series = [{plain_series(s) for s in alert.series} for alert in (a, b)]
    if all(series) and series[0].isdisjoint(series[1]):
        return "series"
    for part in ("metric", "signal", "percentile", "window", "window_rows"):
        stated = getattr(a, part), getattr(b, part)
        if None not in stated and stated[0] != stated[1]:
            return part.replace("_", " ")
    return "direction" if a.op and b.op and a.op[0] != b.op[0] else ""


def _conflict(a: Alert, b: Alert, project: Project) -> str:
    """What two definitions of one alert disagree about; "" where they agree, are a pair, or cannot be compared."""
    levels = [alert_level(alert, project.unit(alert.metric)) for alert in (a, b)]
    if levels[0] is None or levels[1] is None or not levels[0].is_comparable_with(levels[1]):
        return ""
    rises = levels[1].is_above(levels[0]) - levels[0].is_above(levels[1])
    steps = _RANK[b.severity] - _RANK[a.severity] if a.severity and b.severity else 0
    waits = (a.for_, b.for_)
    waits_differ = None not in waits and waits[0] != waits[1]
    if steps:
        outward = rises if (a.op or "g")[0] == "g" else -rises
        is_pair = outward * steps > 0 or outward == 0 and waits_differ
        return "" if is_pair else f"severities {a.severity} and {b.severity}{_levels(a, b) if rises else ''}"
    if rises:
        return f"the levels {a.literal('threshold')} and {b.literal('threshold')}"
    return f"the waits {a.literal('for')} and {b.literal('for')}" if waits_differ else ""


def _levels(a: Alert, b: Alert) -> str:
    return f" at {a.literal('threshold')} and {b.literal('threshold')}"
