"""An alert on a quality must stay silent while the model is as good as it was measured.

## Why
On 150 labels a recall of 0.92 falls below 0.90 in every seventh window by chance. After the third false alarm the real one is
closed unread.

Judged are alerts on shares of counted items (accuracy, recall, precision and their like). How good the healthy model is comes
from its result on the test split or online; of several results the best counts. Windows in a row are credited.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, average: binary, acceptable: {min: 0.85}}]
evaluation: {results: [{metric: recall, value: 0.92, split: test, n: 4000}]}
monitoring: {alerts: [{name: RecallLow, metric: recall, op: lt, threshold: 90%, window_rows: 150}]}
~~~

### a rate where less is better
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: false_positive_rate, unit: percent}]
evaluation: {results: [{metric: false_positive_rate, value: 4, split: test}]}
monitoring: {alerts: [{name: FalseAlarms, metric: false_positive_rate, op: gt, threshold: 5, window_rows: 300}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, average: binary, acceptable: {min: 0.85}}]
evaluation: {results: [{metric: recall, value: 0.92, split: test}]}
monitoring:
  alerts:
  - {name: RecallLow, metric: recall, op: lt, threshold: 0.88, window_rows: 2000}
  - {name: RecallLowThrice, metric: recall, op: lt, threshold: 0.90, window_rows: 150, consecutive: 3}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, unit: fraction, average: binary}]
evaluation: {results: [{metric: recall, value: 0.92, split: test}]}
monitoring: {alerts: [{name: RecallLow, metric: recall, op: lt, threshold: 0.90}]}
~~~

## Options
false_alarm: share of healthy windows that may alarm; 0.01

## Remedy
judge larger windows, lower the threshold, or ask for several windows in a row

## References
S4-57; Google SRE Workbook, ch. 5
"""

from mlgov.rulekit import (
    Alert,
    Curve,
    Findings,
    Intervals,
    Line,
    Metric,
    MetricResult,
    Point,
    Project,
    Row,
    abstain,
    alert_level,
    alert_side,
    level,
    named_metrics,
    rule,
    statistics,
)
from mlgov_rules.monitoring._rows import independent


@rule("MON302", severity="-WE", sources=["S4-57"], stricter={"false_alarm": "lower"})
def noisy_quality_alert(alert: Alert, project: Project, *, false_alarm: float = 0.01) -> Findings:
    metric = next((m for m in project.metrics if m.id in named_metrics(alert, project)), None)
    fires = alert_level(alert, metric.unit if metric else None)
    known = metric.known if metric else None
    if not metric or not known or not known.proportion or not fires or alert_side(alert) != _worse(metric):
        return
    healthy = _healthy(metric, project)
    if not alert.window_rows or healthy is None or not 0 <= fires.value <= 1:
        yield abstain(_lack(alert, healthy))
        return
    n, words = independent(alert.window_rows, project)
    windows = int(alert.consecutive or 1)
    p, t = project.comparer.value(healthy), fires.value
    mirrored = (p, t) if alert_side(alert) == "min" else (1 - p, 1 - t)
    alarms = statistics.alert_false_alarm(*mirrored, n).false_alarm ** windows
    if not alarms <= false_alarm:
        message = (
            f"alert {alert.name} on windows of {n} fires in {alarms:.3g} of all windows of a healthy model "
            f"({metric.id} = {healthy.literal('value')}, {words}); allowed is {false_alarm:g}{_missed(metric, mirrored[1], n, windows)}"
        )
        places = [healthy.at("value"), alert.at("window_rows")]
        yield alert.at("threshold"), message, places, _figure(*mirrored, n, windows, alarms, false_alarm)


def _figure(p: float, t: float, n: int, windows: int, alarms: float, allowed: float) -> Curve | Intervals:
    """False alarms over the rows of a window; of an alert that waits for several windows only the one number."""
    line = (Line("allowed", allowed, "max"),)
    if windows > 1:
        return Intervals("windows of a healthy model that fire", (Row("this alert", alarms),), line)
    given, points = (("p_healthy", p), ("threshold", t)), (Point("this window", n),)
    return Curve("false alarms", "rows of a window", "alert_false_alarm", given, (("n", 1.0),), points, line)


def _worse(metric: Metric) -> str:
    return "min" if metric.better == "maximize" else "max"


def _healthy(metric: Metric, project: Project) -> MetricResult | None:
    """The best result of the model on whole test or online data that is a share of counted items."""
    keyed = [(result, project.comparer.key(result)) for result in project.results]
    found = [
        r
        for r, k in keyed
        if k.metric == metric.id and k.split in ("test", "online") and not k.slice and _is_counted(k.average)
    ]
    usable = [r for r in found if 0 < project.comparer.value(r) < 1]
    sign = 1 if metric.better == "maximize" else -1
    return max(usable, key=lambda r: sign * project.comparer.value(r), default=None)


def _is_counted(average: str | None) -> bool:
    """True for a share of items; averages over classes and unknown ones are none."""
    return average in ("none", "binary", "micro")


def _lack(alert: Alert, healthy: MetricResult | None) -> str:
    if not alert.window_rows:
        return "unknown rows of a window"
    return "no result of a share of counted items on test data" if healthy is None else "unknown unit of the alert"


def _missed(metric: Metric, threshold: float, n: int, windows: int) -> str:
    """How often a model at the acceptable bound stays unnoticed."""
    bound = metric.acceptable
    if bound is None or bound.min is None or metric.better != "maximize":
        return ""
    degraded = level(bound.min, metric.unit).value
    if not 0 < degraded < 1:
        return ""
    missed = statistics.alert_quality(0.5, degraded, threshold, n, windows).miss
    return f"; a drop to {bound.literal('min')} is missed in {missed:.3g}"
