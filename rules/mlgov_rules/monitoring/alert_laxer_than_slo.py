"""An alert must fire before the bound of its metric is broken.

## Why
An alert at 500 ms keeps silent while an objective of 200 ms is broken for days. Nobody is called, and the promise is kept on
paper only.

Bounds are service levels, acceptable bounds and the ranges of signals; one alert on the metric that is strict enough is
enough, and a burn-rate alert counts at the share of errors at which it fires. Compared is what is known to be one metric,
percentile and unit; a native alert that shares a series with the metric may count something else, and what is set for staging
does not count.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: s}]
serving: {slos: [{id: slo, metric: latency_p95, percentile: p95, max: 200ms}]}
monitoring: {alerts: [{name: Slow, metric: latency_p95, op: gt, threshold: 500, unit: ms}]}
~~~

### lower values are worse
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: percent, acceptable: {min: 88}}]
monitoring: {alerts: [{name: RecallLow, metric: recall, op: lt, threshold: 0.80, unit: fraction}]}
~~~

### the range of a signal, and two alerts that both come too late
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: precision, unit: fraction}]
monitoring:
  signals: [{id: quality, kind: quality, metric: precision, range: {min: 0.6}}]
  alerts:
  - {name: PrecisionLow, signal: quality, op: lt, threshold: 55%, severity: warning}
  - {name: PrecisionVeryLow, signal: quality, op: lt, threshold: 50%, severity: critical}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: s, acceptable: {max: 0.2}}, {id: recall, unit: fraction, acceptable: {min: 0.8}}]
monitoring:
  alerts:
  - {name: Slow, metric: latency_p95, op: gt, threshold: 200ms, severity: warning}
  - {name: VerySlow, metric: latency_p95, op: gt, threshold: 1s, severity: critical}
  - {name: RecallLow, metric: recall, op: lt, threshold: 85%}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: s, acceptable: {max: 0.2}}]
monitoring: {alerts: [{name: Slow, metric: latency_p95, percentile: p99, op: gt, threshold: 0.5}]}
~~~

### bare numbers beside units
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: response, acceptable: {max: 200ms}}]
monitoring: {alerts: [{name: Slow, metric: response, op: gt, threshold: 500}]}
~~~

### no alert
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, acceptable: {min: 0.8}}]
monitoring: {alerts: [{name: Slow, op: gt, threshold: 500}]}
~~~

## Remedy
fire at the bound or before it, or add a stricter alert; where the bound is too strict, change the bound

## References
S4-51, S4-57; Google SRE Workbook, ch. 5; ML Test Score Mon 7
"""

from mlgov.rulekit import Alert, Findings, Intervals, Line, Project, Row, abstain, alert_level, rule
from mlgov_rules.monitoring._bounds import Held, held, verdict


@rule("MON201", severity="WEE", sources=["S4-51", "S4-57"])
def alert_laxer_than_slo(project: Project) -> Findings:
    groups: dict[tuple[str, str, str | None], list[Held]] = {}
    for bound in held(project) if project.monitoring.alerts else ():
        groups.setdefault((bound.metric, bound.side, bound.percentile), []).append(bound)
    for bounds in groups.values():
        yield from _judged(bounds, project)


def _judged(bounds: list[Held], project: Project) -> Findings:
    """What the alerts on one metric do for its bounds of one side; the strictest bound counts."""
    strictest = bounds[0]
    for bound in bounds[1:]:
        if strictest.level.is_comparable_with(bound.level) and strictest.level.is_laxer_than(bound.level, bound.side):
            strictest = bound
    answers = [(alert, verdict(alert, strictest, project)) for alert in project.monitoring.alerts]
    late = [alert for alert, answer in answers if answer == "laxer"]
    unclear = [answer for _, answer in answers if answer.startswith("unknown")]
    if any(answer == "covers" for _, answer in answers):
        return
    if unclear or not late:
        yield abstain(unclear[0] if unclear else f"no alert on {_name(strictest)}")
    else:
        late.sort(key=lambda alert: float(alert.threshold or 0), reverse=strictest.side == "min")
        broken = [bound for bound in bounds if verdict(late[0], bound, project) == "laxer" and bound is not strictest]
        places = [strictest.place, *(alert.at("threshold") for alert in late[1:]), *(bound.place for bound in broken)]
        yield late[0].at("threshold"), _message(late, strictest), places, _figure(late, strictest, project)


def _figure(late: list[Alert], bound: Held, project: Project) -> Intervals:
    """Where the alerts fire, against the bound."""
    levels = [(alert, alert_level(alert, project.unit(bound.metric))) for alert in late]
    rows = tuple(Row(f"alert {alert.name}", found.value) for alert, found in levels if found)
    unit = f" in {bound.level.base}" if bound.level.base not in ("", "fraction") else ""
    return Intervals(
        f"{_name(bound)}{unit}", rows, (Line(f"{bound.side} {bound.text}", bound.level.value, bound.side),)
    )


def _message(late: list[Alert], bound: Held) -> str:
    levels = ", ".join(dict.fromkeys(f"{alert.name} at {_level(alert)}" for alert in late))
    fires = (
        f"alert {late[0].name} fires only at {_level(late[0])}"
        if len(late) == 1
        else f"alerts fire too late ({levels})"
    )
    return f"{fires}; {bound.words} is {bound.side} {bound.text}: a breach would be silent"


def _level(alert: Alert) -> str:
    bare = alert.unit and alert.unit != "fraction" and not getattr(alert.threshold, "unit", "")
    return f"{alert.literal('threshold')} {alert.unit}" if bare else alert.literal("threshold")


def _name(bound: Held) -> str:
    return f"{bound.percentile} of {bound.metric}" if bound.percentile else bound.metric
