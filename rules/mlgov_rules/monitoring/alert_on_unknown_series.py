"""An alert must ask for a series that something exports.

## Why
An alert on a series that does not exist is never true and never complains. It looks like a healthy model.

Only where the manifest lists the project's own series in `monitoring.exports`, or a page lists what the services expose and
other alerts ask for it; series of recording rules, of declared metrics and signals, and of well-known exporters and libraries
are known.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring:
  exports: [model_psi, churn_requests_total]
  alerts: [{name: Drift, op: gt, threshold: 0.2, series: [model_psi_max]}]
~~~

### the page of the series that are exposed
~~~markdown docs/monitoring.md
Monitoring
==========

Exposed metrics
---------------

| Metric | Type | Description |
|---|---|---|
| `model_predictions_total` | Counter | predictions |
| `model_errors_total` | Counter | errors |
| `model_latency_seconds` | Histogram | time |
~~~
~~~yaml alerts.yml
groups:
- name: model
  rules:
  - {alert: Quiet, expr: "rate(model_predictions_total[5m]) < 1"}
  - {alert: Drift, expr: model_drift_score > 0.1}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, series: [churn_request_seconds]}]
monitoring:
  exports: [model_psi, churn_requests_total]
  alerts:
  - {name: Drift, op: gt, threshold: 0.2, series: [model_psi]}
  - {name: Slow, op: gt, threshold: 0.2, series: [churn_request_seconds_bucket]}
  - {name: Down, op: lt, threshold: 1, series: [up]}
  - {name: Full, op: gt, threshold: 0.9, series: [node_filesystem_avail_bytes]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {alerts: [{name: Drift, op: gt, threshold: 0.2, series: [model_psi_max]}]}
~~~

## Remedy
correct the name in the alert, or export the series and list it in `monitoring.exports`

## References
S4-57
"""

import re

from mlgov.rulekit import Alert, Findings, Origin, Project, abstain, hint, plain_series, rule

# exporters, orchestrators, servers of models and instrumentation libraries that no project lists
_WELL_KNOWN = re.compile(
    r"up|ALERTS(_FOR_STATE)?|absent"
    r"|(scrape|node|kube|kubelet|apiserver|container|machine|process|python|go|jvm|dotnet|prometheus|alertmanager|grafana|loki"
    r"|pushgateway|push|probe|http|https|grpc|rpc|istio|envoy|nginx|traefik|haproxy|coredns|etcd|pg|postgres|mysql|redis|mongodb"
    r"|kafka|rabbitmq|elasticsearch|celery|airflow|spark|ray|flask|fastapi|starlette|django|gunicorn|uvicorn|aiohttp|tornado"
    r"|bentoml|mlflow|feast|seldon|kserve|triton|nv|nvidia|DCGM|ts|torchserve|tf|tensorflow|vllm|knative|argo|rollout|flagger"
    r"|aws|azure|gcp|stackdriver|windows|wmi|cadvisor|blackbox|certmanager|volume|service_level|slo)_.*"
    r"|:tensorflow:.*|vllm:.*|[a-z_]*:[a-z_:0-9]*"
)


@rule("MON207", severity="-IW", sources=["S4-57"])
def alert_on_unknown_series(alert: Alert, project: Project) -> Findings:
    if not alert.series:
        return
    monitoring = project.monitoring
    if not _is_listed(project):
        yield abstain("the project does not list the series it exports")
        return
    listed = [*monitoring.exports, *(s.series for s in monitoring.signals if s.series)]
    listed += [series for metric in project.metrics for series in metric.series]
    known = {plain_series(series) for series in listed}
    unknown = [s for s in alert.series if plain_series(s) not in known and not _WELL_KNOWN.fullmatch(plain_series(s))]
    if unknown:
        message = (
            f"alert {alert.name} asks for {', '.join(unknown)}, which nothing here exports{hint(unknown[0], known)}"
        )
        yield (
            alert.at("series") if alert.is_own else alert.at("expr"),
            message,
            [_list(project)],
        )


def _list(project: Project) -> Origin:
    """Where the list of exported series begins; recording rules make series, but are no list."""
    own = project.book.is_own(("monitoring", "exports", 0))
    places = [project.at("monitoring", "exports", i) for i in range(len(project.monitoring.exports))]
    pages = [at for at in places if at.file.endswith((".md", ".markdown"))]
    return pages[0] if pages and not own else project.at("monitoring", "exports")


def _is_listed(project: Project) -> bool:
    """True for a list of the manifest, and for a page from which alerts take series, so that it is about these services."""
    exports = project.monitoring.exports
    if any(project.book.is_own(("monitoring", "exports", i)) for i in range(len(exports))):
        return True
    places = [project.at("monitoring", "exports", i) for i in range(len(exports))]
    known = {plain_series(s) for s, at in zip(exports, places, strict=True) if at.file.endswith((".md", ".markdown"))}
    return any(plain_series(s) in known for alert in project.monitoring.alerts for s in alert.series)
