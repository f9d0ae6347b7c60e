"""Many drift tests by p-value must not raise false alerts every week.

## Why
Sixty features, tested daily at 0.05, raise twenty-one alerts per week about nothing. Each of the tests is right; together they
are noise.

Expected is alpha times features times tests per week, over all monitors that decide by p-value. Monitors that decide by the
size of the effect are another rule's.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  signals: [{id: drift, kind: data_drift, method: ks, alpha: 5%, cadence: 1d, features: [a, b, c, d, e, f, g, h, i, j]}]
~~~

### one monitor for each feature
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  signals:
  - {id: a, kind: data_drift, method: ks, alpha: 0.05, window: 1h, features: [a]}
  - {id: b, kind: data_drift, method: chi2, alpha: 0.05, window: 1h, features: [b]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  signals:
  - {id: a, kind: data_drift, method: ks, alpha: 0.001, cadence: 1d, features: [a, b, c, d, e, f, g, h, i, j]}
  - {id: b, kind: data_drift, method: psi, bins: 10, threshold: {warn: 0.1}, cadence: 1h, features: [a, b, c]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {signals: [{id: drift, kind: data_drift, method: ks, alpha: 0.05, features: [a, b, c]}]}
~~~

## Options
per_week: false alerts that may be expected per week; 1

## Remedy
correct for the number of tests (Benjamini-Hochberg), lower alpha, test less often, or decide by the size of the effect

## References
S4-56; Benjamini, Hochberg 1995
"""

from mlgov.rulekit import Findings, Intervals, Line, Project, Row, Signal, abstain, rule, statistics
from mlgov_rules.monitoring._kinds import drift_signals

_WEEK = 604800.0


@rule("MON303", severity="-IW", sources=["S4-56"], stricter={"per_week": "lower"})
def drift_multiplicity(project: Project, *, per_week: float = 1.0) -> Findings:
    tested = [s for s in drift_signals(project) if s.alpha and 0 < s.alpha < 1 and s.method != "psi"]
    timed = [s for s in tested if s.cadence or s.window]
    if len(timed) < len(tested):
        yield abstain("unknown cadence of a test by p-value")
    expected = sum(statistics.expected_false_alerts(float(s.alpha or 0.5), _tests(s)) for s in timed)
    if timed and not expected <= per_week:
        features = sum(_features(s) for s in timed)
        alphas = " and ".join(sorted({s.literal("alpha") for s in timed}))
        message = f"{features} features are tested for drift by p-value at {alphas}: {expected:.3g} false alerts per week are expected, {per_week:g} is allowed"
        figure = Intervals("false alerts per week", (Row("expected", expected),), (Line("allowed", per_week, "max"),))
        yield timed[0].at("alpha"), message, [s.at("alpha") for s in timed[1:]], figure


def _features(signal: Signal) -> int:
    """A test of all features at once is one test."""
    return 1 if signal.method in ("mmd", "classifier") else max(1, len(signal.features))


def _tests(signal: Signal) -> float:
    return _features(signal) * _WEEK / float(signal.cadence or signal.window or _WEEK)
