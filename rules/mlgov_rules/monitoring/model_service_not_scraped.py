"""The model service must be scraped by the monitoring that exists.

## Why
Jobs for the machine and the database are quickly copied from a tutorial. The one service that the product is about is then the
one that nobody sees.

Reported only where every job is known to be about something else (machines, databases, queues, the monitoring itself) and
none finds its targets by service discovery; any other job may be the model service under another name.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {endpoints: [{id: churn_api, service: churn-api}]}
monitoring:
  scrape_jobs:
  - {name: prometheus, targets: ["localhost:9090"]}
  - {name: node, targets: ["node-exporter:9100"]}
  - {name: db, targets: ["postgres-exporter:9187"]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {endpoints: [{id: churn_api, service: churn-api}]}
monitoring:
  scrape_jobs: [{name: node, targets: ["node-exporter:9100"]}, {name: scoring, targets: ["churn-api.prod.svc:8080"]}]
~~~

### service discovery
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {endpoints: [{id: churn_api, service: churn-api}]}
monitoring: {scrape_jobs: [{name: node, targets: ["node-exporter:9100"]}, {name: pods, discovery: kubernetes}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {endpoints: [{id: churn_api, service: churn-api}]}
monitoring: {scrape_jobs: [{name: backend, targets: ["web:8000"]}]}
~~~

## Remedy
add a scrape job, a ServiceMonitor or the scrape annotations for the service

## References
S4-50, S4-57
"""

import re

from mlgov.rulekit import Endpoint, Findings, Project, ScrapeJob, abstain, rule

_OTHER = re.compile(
    r"prometheus|alertmanager|grafana|loki|tempo|jaeger|otel|pushgateway|blackbox|node|cadvisor|kube|kubelet|apiserver|coredns"
    r"|etcd|postgres|psql|\bpg\b|\bdb\b|database|mysql|mariadb|mongo|redis|memcached|kafka|zookeeper|rabbit|elastic|minio|\bs3\b"
    r"|nginx|traefik|haproxy|envoy|istio|celery|airflow|mlflow|\bgpu\b|dcgm|nvidia|exporter|vault|consul"
)
_GENERIC = frozenset(
    {"service", "svc", "server", "api", "app", "application", "model", "deployment", "internal", "com", "io"}
)


@rule("MON210", severity="-IW", sources=["S4-50", "S4-57"])
def model_service_not_scraped(endpoint: Endpoint, project: Project) -> Findings:
    jobs, name = project.monitoring.scrape_jobs, endpoint.service or endpoint.id
    if not jobs or not name or _OTHER.search(name.lower()) or any(job.discovery for job in jobs):
        return
    own = _words(f"{endpoint.service or ''} {endpoint.id or ''}")
    doubtful = [job for job in jobs if not _is_about_something_else(job)]
    if any(own & _words(" ".join((job.name or "", *job.targets))) for job in jobs):
        return
    if doubtful:
        yield abstain(f"job {doubtful[0].name or doubtful[0].targets} may be the model service")
    else:
        names = ", ".join(job.name or "unnamed" for job in jobs)
        yield endpoint.at(), f"the model service {name} is scraped by no job ({names})", [job.at() for job in jobs]


def _words(text: str) -> set[str]:
    """The words of a name that tell it from other services."""
    return {word for word in re.split(r"[^0-9a-z]+", text.lower()) if len(word) > 2 and not word.isdigit()} - _GENERIC


def _is_about_something_else(job: ScrapeJob) -> bool:
    """True if the job, or where it has no name each of its targets, is known infrastructure."""
    if job.name:
        return bool(_OTHER.search(job.name.lower()))
    return bool(job.targets) and all(_OTHER.search(target.lower()) for target in job.targets)
