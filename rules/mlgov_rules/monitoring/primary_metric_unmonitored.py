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

from mlgov.rulekit import Findings, Metric, Project, abstain, asks_for, named_metrics, plain_series, rule


@rule("MON202", severity="-EE", stage="pre_launch", sources=["S3-40", "S4-45"])
def primary_metric_unmonitored(metric: Metric, project: Project, *, fairness: bool = False) -> Findings:
    constraints = project.problem.constraints
    if constraints and constraints.platform == "none" or not metric.id:
        return
    if not _is_asked(metric, fairness):
        return
    monitoring = project.monitoring
    chain = _stands_for(metric, project)
    if not monitoring.signals and not monitoring.alerts:
        yield abstain("nothing is monitored")
    elif not any(_is_watched(m, project) for m in chain) and not any(_is_asked(m, fairness) for m in chain[1:]):
        role = metric.role if metric.role in ("primary", "guardrail") else "fairness"
        place = project.at("monitoring", "signals" if monitoring.signals else "alerts")
        yield metric.at(), f"{role} metric {metric.id} has no monitor in production", [place]


def _is_asked(metric: Metric, fairness: bool) -> bool:
    return metric.role in ("primary", "guardrail") or fairness and metric.kind == "fairness"


def _stands_for(metric: Metric, project: Project) -> list[Metric]:
    """The metric, and those it is a proxy for, one after the other."""
    chain: list[Metric] = []
    here: Metric | None = metric
    while here and here not in chain:
        chain.append(here)
        here = project.metric(here.proxy_for)
    return chain


def _is_watched(metric: Metric, project: Project) -> bool:
    ids = [name for s in project.monitoring.signals for name in (s.metric, s.proxy_for) if name]
    if metric.id in {project.metric_id(name) for name in ids}:
        return True
    series = {plain_series(name) for name in metric.series}
    if any(s.series and plain_series(s.series) in series for s in project.monitoring.signals):
        return True
    if any(m.proxy_for and project.metric(m.proxy_for) is metric and _has_signal(m, project) for m in project.metrics):
        return True
    return any(metric.id in named_metrics(a, project) or asks_for(a, metric) for a in project.monitoring.alerts)


def _has_signal(metric: Metric, project: Project) -> bool:
    return any(project.metric_id(s.metric) == metric.id for s in project.monitoring.signals if s.metric)
