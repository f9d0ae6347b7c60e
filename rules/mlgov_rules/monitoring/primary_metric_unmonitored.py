"""Each primary and guardrail metric must be watched in production, itself or through a metric it stands for.

## Why
What decided the launch has to be seen after it. A metric that is computed once, on the test set, tells nothing about
tomorrow.

A metric is watched by a signal or an alert on it, on one of its series, on what it is a proxy for, or by a signal that is a
proxy for it. Of a chain of proxies only the end is reported. Metrics of fairness are asked for where the option says so; it is meant for high risks.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: roc_auc, scope: offline, role: primary, acceptable: {min: 0.85}}, {id: latency_p95}]
monitoring: {signals: [{id: latency, kind: latency, metric: latency_p95}]}
~~~

### a guardrail
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics:
- {id: retention, scope: online, role: primary, acceptable: {min: 0.8}}
- {id: complaint_rate, scope: online, role: guardrail, acceptable: {max: 2%}}
monitoring: {signals: [{id: retention, kind: business, metric: retention}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics:
- {id: roc_auc, scope: offline, role: primary, acceptable: {min: 0.85}, proxy_for: retention}
- {id: retention, scope: online, role: primary, acceptable: {min: 0.8}}
- {id: latency_p95, role: guardrail, series: [request_seconds_bucket], acceptable: {max: 200ms}}
monitoring:
  signals: [{id: retention, kind: business, metric: retention}]
  alerts: [{name: Slow, series: [request_seconds_bucket], op: gt, threshold: 0.2, unit: s}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: roc_auc, scope: offline, role: primary, acceptable: {min: 0.85}}]
~~~

## Options
fairness: whether metrics of kind fairness must be watched too; false

## Remedy
add a signal with this `metric`; where its labels come late, name in `proxy_for` what is watched instead

## References
S3-40, S4-45; NIST AI RMF MEASURE 2.4
"""

from mlgov.rulekit import Findings, Metric, Project, abstain, is_decisive, is_unwatched, rule


@rule("MON202", severity="-EE", stage="pre_launch", sources=["S3-40", "S4-45"], stricter={"fairness": "higher"})
def primary_metric_unmonitored(metric: Metric, project: Project, *, fairness: bool = False) -> Findings:
    constraints = project.problem.constraints
    if constraints and constraints.platform == "none" or not metric.id or not is_decisive(metric, fairness):
        return
    monitoring = project.monitoring
    if not monitoring.signals and not monitoring.alerts:
        yield abstain("nothing is monitored")
    elif is_unwatched(metric, project, fairness):
        role = metric.role if metric.role in ("primary", "guardrail") else "fairness"
        place = project.at("monitoring", "signals" if monitoring.signals else "alerts")
        yield metric.at(), f"{role} metric {metric.id} has no monitor in production", [place]
