"""A threshold on PSI must lie above what chance alone reaches.

## Why
Two samples of the same data have a PSI above zero. With 10 bins and windows of 100 rows it passes 0.1 in half of all windows:
alarms without drift, until nobody reads them.

The floor is the value that chance exceeds with the probability of the option: chi-squared with bins - 1 degrees of freedom
times (1/reference + 1/window). Rows of the reference come from the signal, else from its data set. That a threshold lies far
above the floor, as it does in any large window, is reported only where an option says how far is too far.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  signals: [{id: drift, kind: data_drift, method: psi, bins: 10, reference_rows: 500, window_rows: 100, threshold: {warn: 0.1}}]
~~~

### the reference is a data set, entities repeat
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: train_2026, rows: 180000}], entity: {key: account_id, rows_per_entity: 20}}
monitoring:
  signals:
  - {id: drift, kind: data_drift, method: psi, bins: 10, reference: train_2026, window_rows: 1000, threshold: {warn: 0.1, critical: 0.25}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: train_2026, rows: 180000}]}
monitoring:
  signals:
  - {id: drift, kind: data_drift, method: psi, bins: 10, reference: train_2026, window_rows: 1000, threshold: {warn: 0.1, critical: 0.15}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  signals: [{id: drift, kind: data_drift, method: psi, bins: 10, reference_rows: 500, threshold: {warn: 0.1}}]
~~~

## Options
exceedance: probability with which chance may pass the threshold; 0.05
factor: how many times the floor a threshold may be, 10 is a strict choice; 0 (any)

## Remedy
raise the threshold above the floor, use fewer bins, or compare larger windows

## References
S4-56; Yurdakul 2018; Potgieter 2023
"""

from mlgov.rulekit import Curve, Findings, Line, Point, Project, Signal, abstain, rule, statistics
from mlgov_rules.monitoring._rows import independent


@rule("MON301", severity="-WE", sources=["S4-56"], stricter={"exceedance": "lower"})
def drift_threshold_below_noise(
    signal: Signal, project: Project, *, exceedance: float = 0.05, factor: float = 0.0
) -> Findings:
    limits = signal.threshold
    stated = {s: float(n) for s in ("warn", "critical") if limits and (n := getattr(limits, s)) is not None}
    if signal.method != "psi" or not stated:
        return
    dataset = project.dataset(signal.reference)
    reference = signal.reference_rows or (dataset.rows if dataset else None)
    sizes = {"bins": signal.bins, "reference rows": reference, "window rows": signal.window_rows}
    if lacking := [word for word, size in sizes.items() if not size]:
        yield abstain(f"unknown {' and '.join(lacking)}")
        return
    (n_ref, words), (n_window, _) = (independent(n or 1, project) for n in (reference, signal.window_rows))
    floor = statistics.psi_noise_floor(max(2, int(signal.bins or 2)), n_ref, n_window, exceedance).psi_critical
    low, high = min(stated, key=lambda s: stated[s]), max(stated, key=lambda s: stated[s])
    shown = f"the noise floor {floor:.3g} ({signal.bins} bins, reference {n_ref}, window {n_window}, {words})"
    others = [signal.at("window_rows")] + ([dataset.at("rows")] if dataset and not signal.reference_rows else [])
    if not stated[low] >= floor:
        message = f"signal {signal.id}: PSI threshold {stated[low]:g} lies below {shown}: alarms without drift"
        given = (("bins", max(2, int(signal.bins or 2))), ("n_ref", n_ref), ("alpha", exceedance))
        yield signal.at("threshold", low), message, others, _curve(given, n_window, stated)
    elif factor and not stated[high] <= factor * floor:
        message = f"signal {signal.id}: PSI threshold {stated[high]:g} is more than {factor:g} times {shown}"
        yield signal.at("threshold", high), message, others


def _curve(given: tuple[tuple[str, float], ...], window: int, stated: dict[str, float]) -> Curve:
    """The noise floor over the rows of a window, with the thresholds across."""
    points, varied = (Point("this window", window),), (("n_cur", 1.0),)
    lines = tuple(Line(f"{word} threshold", value) for word, value in stated.items())
    return Curve("PSI of pure noise", "rows of a window", "psi_noise_floor", given, varied, points, lines)
