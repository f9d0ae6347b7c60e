"""A loss of quality must be detectable in the promised time, although labels come late.

## Why
Chargebacks arrive after sixty days. Whoever promises to notice a loss of quality within a week, by labels alone, promises what
cannot happen.

A signal that is a proxy for a metric closes the gap.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud}
feedback: {labels: {source: chargebacks, delay: 60d}}
monitoring: {detection_sla: 1w, signals: [{id: quality, kind: quality}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud}
metrics: [{id: recall}]
feedback: {labels: {source: chargebacks, delay: 60d}}
monitoring: {detection_sla: 7d, signals: [{id: drift, kind: data_drift, proxy_for: recall}]}
~~~

### labels come in time
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud}
feedback: {labels: {source: reviews, delay: 24h}}
monitoring: {detection_sla: 1d}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud}
feedback: {labels: {source: chargebacks, delay: 60d}}
~~~

## Remedy
add a signal with `proxy_for` that moves before labels arrive, or promise what the delay allows

## References
S4-57; NIST AI RMF MEASURE 2.4
"""

from mlgov.rulekit import Findings, Project, abstain, rule


@rule("MON205", severity="-WE", sources=["S4-57"])
def label_delay_exceeds_sla(project: Project) -> Findings:
    labels, monitoring = project.feedback.labels, project.monitoring
    delay, promise = labels.delay if labels else None, monitoring.detection_sla
    if delay is None and promise is None:
        return
    if delay is None or promise is None:
        yield abstain("no detection time is promised" if promise is None else "unknown delay of labels")
    elif labels and delay > promise and not any(signal.proxy_for for signal in monitoring.signals):
        words = f"labels arrive after {labels.literal('delay')}, but detection is promised in {monitoring.literal('detection_sla')}"
        yield labels.at("delay"), f"{words}, and no signal is a proxy", [monitoring.at("detection_sla")]
