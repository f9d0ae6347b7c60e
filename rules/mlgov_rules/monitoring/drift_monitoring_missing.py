"""Drift must be monitored, and each monitor must say of what, by which test, against what, over which window and from when on.

## Why
Data change before labels arrive. A drift monitor without a reference or a threshold draws a curve that nobody can judge.

A test by p-value says so with `alpha`, one by the size of the effect with `threshold`; a Jensen-Shannon value is nothing
without its base and form. How many bins a PSI has is asked by another rule. A test of all features at once names none, and
monitors in native files cannot state everything, so their parts are not asked for.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring: {signals: [{id: latency, kind: latency}]}
~~~

### a curve without a reference and a threshold
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring: {signals: [{id: drift, kind: data_drift, features: [tenure], method: psi, bins: 10, window: 1d}]}
~~~

### a Jensen-Shannon value without its base
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
data: {datasets: [{id: train_2026}]}
monitoring:
  signals:
  - {id: drift, kind: data_drift, features: [tenure], method: js, reference: train_2026, window: 1d, threshold: {warn: 0.1}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
data: {datasets: [{id: train_2026}]}
monitoring:
  signals:
  - {id: drift, kind: data_drift, features: [tenure], method: psi, bins: 10, reference: train_2026, window: 1d, threshold: {warn: 0.1}}
  - {id: scores, kind: prediction_drift, features: [score], method: ks, reference: train_2026, window: 1d, alpha: 0.01}
  - {id: all_at_once, kind: data_drift, method: mmd, reference: train_2026, window_rows: 5000, alpha: 1%}
~~~

## Remedy
add a signal of kind data_drift with `features`, `method`, `reference`, `window` and `threshold` (or `alpha`)

## References
S4-56; ML Test Score Mon 2, Mon 3
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Monitoring, Project, Signal, presence
from mlgov_rules.monitoring._kinds import drift_signals

_OF_ALL = ("mmd", "classifier")


@presence("MON003", "monitoring", severity="-WE", stage="pre_launch", sources=["S4-56"])
def drift_monitoring_missing(monitoring: Monitoring, project: Project) -> Findings:
    signals = drift_signals(project)
    if not signals and (monitoring.signals or monitoring.lacks("signals")):
        yield (
            monitoring.at("signals") if monitoring.signals else monitoring.at(),
            "no drift of inputs or outputs is monitored",
        )
    for signal in signals:
        if signal.is_own and (lacking := list(_lacking(signal))):
            yield signal.at(), f"drift monitor {signal.id or ''} lacks {', '.join(lacking)}".replace("  ", " ")


def _lacking(signal: Signal) -> Iterator[str]:
    if not signal.has("features") and signal.method not in _OF_ALL:
        yield "features"
    if signal.lacks("method"):
        yield "method"
    if signal.lacks("reference"):
        yield "reference"
    if signal.lacks("window") and signal.window_rows is None:
        yield "window"
    limit = signal.threshold
    if signal.alpha is None and not signal.has("threshold") or limit and limit.warn is None and limit.critical is None:
        yield "threshold"
    if signal.method == "js":
        yield from signal.lacks("base", "form")
