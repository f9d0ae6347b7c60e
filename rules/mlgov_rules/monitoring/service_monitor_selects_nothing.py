"""A ServiceMonitor must select labels that a service carries.

## Why
A ServiceMonitor finds services by the labels of the service itself. Whoever writes the labels of its pods there instead, or
misspells one, gets no error: the job has no targets, and every alert on its series is silent.

Reported only where no service here is selected and one of them was plainly meant: its pods carry the labels, or its own
differ in spelling. Labels that a kustomization puts on every object count.

## Fails
~~~yaml monitor.yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: churn}
spec: {selector: {matchLabels: {app: churn}}, endpoints: [{port: http}]}
~~~
~~~yaml service.yaml
apiVersion: v1
kind: Service
metadata: {name: churn-svc}
spec: {selector: {app: churn}, ports: [{port: 80}]}
~~~

### another spelling
~~~yaml monitor.yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: churn}
spec: {selector: {matchLabels: {app: churn-api}}, endpoints: [{port: http}]}
~~~
~~~yaml service.yaml
apiVersion: v1
kind: Service
metadata: {name: churn, labels: {app: churn_api}}
spec: {selector: {app: churn_api}, ports: [{port: 80}]}
~~~

## Passes
~~~yaml monitor.yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: churn}
spec: {selector: {matchLabels: {app: churn}}, endpoints: [{port: http}]}
~~~
~~~yaml service.yaml
apiVersion: v1
kind: Service
metadata: {name: churn-svc, labels: {app: churn, tier: model}}
spec: {selector: {app: churn}, ports: [{port: 80}]}
~~~

### the kustomization labels everything
~~~yaml monitor.yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: churn}
spec: {selector: {matchLabels: {app: churn}}, endpoints: [{port: http}]}
~~~
~~~yaml service.yaml
apiVersion: v1
kind: Service
metadata: {name: churn-svc}
spec: {selector: {app: churn}, ports: [{port: 80}]}
~~~
~~~yaml kustomization.yaml
resources: [service.yaml, monitor.yaml]
commonLabels: {app: churn}
~~~

## Abstains
~~~yaml monitor.yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: churn}
spec: {selector: {matchLabels: {app: churn}}, endpoints: [{port: http}]}
~~~
~~~yaml service.yaml
apiVersion: v1
kind: Service
metadata: {name: ranker, labels: {app: ranker}}
spec: {selector: {app: ranker}, ports: [{port: 80}]}
~~~

## Remedy
give the service the labels that the monitor selects, or select those that it has

## References
S4-50, S4-57; Prometheus Operator, ServiceMonitor
"""

import re

from mlgov.rulekit import Findings, Project, ScrapeJob, Service, abstain, rule


@rule("MON213", severity="-WE", sources=["S4-50", "S4-57"])
def service_monitor_selects_nothing(job: ScrapeJob, project: Project) -> Findings:
    wanted = set(job.selects)
    services = [s for s in project.serving.services if s.name]
    everywhere = {label for s in project.serving.services if not s.name for label in s.labels}
    if not wanted or not services or any(wanted <= {*s.labels, *everywhere} for s in services):
        return
    meant = next((s for s in services if wanted <= set(s.selects) or _is_near(wanted, s)), None)
    if meant is None:
        yield abstain(f"no service here is like {', '.join(job.selects)}; it may be configured elsewhere")
        return
    carried = ", ".join(meant.labels) or "no labels"
    words = f"{job.name or 'the monitor'} selects services with {', '.join(job.selects)}; service {meant.name} carries {carried}"
    yield job.at("selects"), words, [meant.at("labels") if meant.labels else meant.at()]


def _is_near(wanted: set[str], service: Service) -> bool:
    """True if every label that the service lacks is there under the same name with other punctuation or one letter off."""
    own = dict(label.split("=", 1) for label in service.labels)
    lacking = [label.split("=", 1) for label in wanted - set(service.labels)]
    return bool(lacking) and all(name in own and _alike(value, own[name]) for name, value in lacking)


def _alike(one: str, other: str) -> bool:
    a, b = (re.sub(r"[\W_]+", "", text).lower() for text in (one, other))
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 4 or re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[start + 1 :] == b[start + 1 :] or a[start + 1 :] == b[start:] or a[start:] == b[start + 1 :]
