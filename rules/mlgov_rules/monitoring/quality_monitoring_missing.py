"""The quality of predictions, or a proxy for it, must be monitored with a range that is allowed.

## Why
Every other monitor can be green while the model is wrong. Where labels come late a proxy stands in; where they never come, a
proxy and a sample that people judge.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring: {signals: [{id: latency, kind: latency}]}
~~~

### a quality without a range
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: recall}]
monitoring: {signals: [{id: quality, kind: quality, metric: recall}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: recall}]
monitoring: {signals: [{id: quality, kind: quality, metric: recall, range: {min: 88%}, window: 7d}]}
~~~

### labels never arrive
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: recall}]
monitoring:
  signals:
  - {id: audit, kind: quality, metric: recall, never_labelled: {reason: nobody learns whether a refused loan was good}}
  - {id: complaints, kind: business, proxy_for: recall, range: {max: 0.02}}
~~~

### a proxy
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: recall}]
monitoring: {signals: [{id: drift, kind: data_drift, proxy_for: recall, threshold: {warn: 0.1}}]}
~~~

## Remedy
add a signal of kind quality with `metric` and `range`, or a signal with `proxy_for` and a bound

## References
S4-57, S3-41; ML Test Score Mon 7; NIST AI RMF MEASURE 2.4
"""

from mlgov.rulekit import Findings, Monitoring, Signal, presence


@presence("MON004", "monitoring", severity="-WE", stage="pre_launch", sources=["S4-57", "S3-41"])
def quality_monitoring_missing(monitoring: Monitoring) -> Findings:
    if not monitoring.signals and monitoring.has("signals"):
        return
    quality = [signal for signal in monitoring.signals if signal.kind == "quality"]
    proxies = [s for s in monitoring.signals if s.proxy_for and (s.range or s.threshold or s.alpha is not None)]
    if not quality and not proxies:
        place = monitoring.at("signals") if monitoring.signals else monitoring.at()
        yield place, "no monitor of model quality, and no proxy with an allowed range"
    for signal in quality:
        if signal.is_own and (lacking := _lacking(signal, has_proxy=bool(proxies))):
            yield signal.at(), f"quality monitor {signal.id or ''} lacks {', '.join(lacking)}".replace("  ", " ")


def _lacking(signal: Signal, has_proxy: bool) -> list[str]:
    if signal.never_labelled and signal.never_labelled.has("reason"):
        return [] if has_proxy or signal.range else ["a proxy for labels that never arrive"]
    return signal.lacks("metric", "range")
