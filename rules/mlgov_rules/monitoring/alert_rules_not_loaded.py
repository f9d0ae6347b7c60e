"""Alert rules must be loaded by the Prometheus that is configured here.

## Why
Rules that lie in `alerts/` beside a configuration that loads `rules/*.yaml` never fire. They pass every review, because they
look right.

A path inside a container is matched by file name and pattern, a relative one also by its folders. PrometheusRule objects are
loaded by their operator; files that Kustomize or Helm may pack are unknown. Without a Prometheus configuration in the
repository (`rule_files` or `scrape_configs`) the rule is silent.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {rule_files: ["rules/*.yaml"]}
~~~
~~~yaml alerts/churn.yaml
groups:
- name: churn
  rules:
  - {alert: Drift, expr: churn_psi > 0.2}
  - {alert: Slow, expr: churn_seconds > 0.2}
~~~

### another ending
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {rule_files: ["/etc/prometheus/*.yml"]}
~~~
~~~yaml infra/prometheus-rules.yaml
groups:
- name: churn
  rules:
  - {alert: Drift, expr: churn_psi > 0.2}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {rule_files: ["/etc/prometheus/rules/*.yaml", "alerts/*.yml"]}
~~~
~~~yaml monitoring/churn.yaml
groups:
- name: churn
  rules:
  - {alert: Drift, expr: churn_psi > 0.2}
~~~
~~~yaml deploy/rule.yaml
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: churn}
spec:
  groups:
  - name: churn
    rules:
    - {alert: Slow, expr: churn_seconds > 0.2}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {rule_files: ["/etc/prometheus/*.yml"]}
~~~
~~~yaml base/prometheus-rules.yaml
groups:
- name: churn
  rules:
  - {alert: Drift, expr: churn_psi > 0.2}
~~~
~~~yaml base/kustomization.yaml
configMapGenerator: [{name: rules, files: [alerts.yml=prometheus-rules.yaml]}]
~~~

## Remedy
name the file in `rule_files`, or move it to where the configuration looks

## References
S4-57; ML Test Score Mon 1
"""

import re
from pathlib import PurePosixPath

from mlgov.rulekit import Alert, Findings, Origin, Project, abstain, rule

_PACKED = ("kustomization.yaml", "kustomization.yml", "Chart.yaml")
_CONFIG_MAP = re.compile(r"/(?:data|stringData)/([^/]+)/(?:\d+/)?groups/")


@rule("MON206", severity="-WE", sources=["S4-57"])
def alert_rules_not_loaded(project: Project) -> Findings:
    monitoring = project.monitoring
    written = enumerate(monitoring.rule_files)
    loaded = [(pattern, project.at("monitoring", "rule_files", i)) for i, pattern in written if pattern.strip()]
    configured = [origin for _, origin in loaded]
    configured += [job.at() for job in monitoring.scrape_jobs if "/scrape_configs" in job.at().pointer]
    files: dict[str, list[Alert]] = {}
    for alert in monitoring.alerts if configured else ():
        if (path := _rule_file(alert.at())) and not any(_loads(pattern, path) for pattern, _ in loaded):
            files.setdefault(path, []).append(alert)
    if packed := sorted(
        {a.at().file for alerts in files.values() for a in alerts if _may_be_packed(a.at().file, project)}
    ):
        yield abstain(f"{packed[0]} may be packed by Kustomize or Helm")
    files = {path: alerts for path, alerts in files.items() if alerts[0].at().file not in packed}
    if files and not loaded:
        count = sum(map(len, files.values()))
        message = (
            f"the Prometheus configuration loads no rule files, so {count} alerts in {', '.join(files)} never fire"
        )
        yield configured[0], message, [*configured[1:], *(alerts[0].at() for alerts in files.values())]
        return
    patterns = ", ".join(dict.fromkeys(pattern for pattern, _ in loaded))
    for path, alerts in files.items():
        which = f"{len(alerts)} alerts in {path} are" if len(alerts) > 1 else f"alert {alerts[0].name} in {path} is"
        message = f"{which} loaded by no Prometheus configuration here (rule_files: {patterns})"
        yield alerts[0].at(), message, configured


def _rule_file(origin: Origin) -> str:
    """The rule file that Prometheus would have to load; "" for rules that come to it in another way."""
    if found := _CONFIG_MAP.search(origin.pointer):
        return found[1].replace("~1", "/")
    is_plain = origin.pointer.startswith("/groups/") and "grafana" not in origin.file.lower()
    return origin.file if is_plain else ""


def _loads(pattern: str, path: str) -> bool:
    """True if a pattern of `rule_files` finds the file; of a path in a container only the name can be known."""
    wanted = pattern.strip().removeprefix("./")
    if wanted.startswith(("/", "$", "{", "..")):
        wanted = wanted.rpartition("/")[2]
    return bool(wanted) and PurePosixPath(path).match(wanted.replace("**", "*"))


def _may_be_packed(file: str, project: Project) -> bool:
    folders = [str(folder) for folder in PurePosixPath(file).parents]
    return any(project.tree.exists(f"{folder}/{name}".removeprefix("./")) for folder in folders for name in _PACKED)
