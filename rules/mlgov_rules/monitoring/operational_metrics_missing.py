"""Latency, throughput, requests and utilisation of the model service must be monitored.

## Why
A model that answers too late, or not at all, fails its users before its predictions can. These four tell it first.

Where predictions are made in runs, one monitor of the run (duration, rows, success) stands for all four. An offline analysis
(`problem.constraints.platform: none`) serves nothing and is not asked.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
~~~

### two of four
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring: {signals: [{id: latency, kind: latency}, {id: requests, kind: requests}]}
~~~

### a batch without a monitor of its runs
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {mode: batch}
monitoring: {signals: [{id: scores, kind: output}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
monitoring:
  signals: [{id: a, kind: latency}, {id: b, kind: throughput}, {id: c, kind: requests}, {id: d, kind: utilization}]
~~~

### a batch
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {mode: batch}
monitoring: {signals: [{id: nightly, kind: batch_run}]}
~~~

## Remedy
add the signals to `monitoring.signals`; for batch serving one of kind batch_run

## References
S4-51, S4-52, S4-53, S4-54; ML Test Score Mon 6
"""

from mlgov.rulekit import Findings, Monitoring, Project, presence
from mlgov_rules.monitoring._kinds import is_batch, is_offline

_ONLINE = {"latency": "latency", "throughput": "throughput", "requests": "requests", "utilization": "utilisation"}
_RUNS = {"batch_run": "batch runs (duration, rows, success)"}


@presence(
    "MON001",
    "monitoring",
    severity="-WE",
    stage="pre_launch",
    lead=True,
    sources=["S4-51", "S4-52", "S4-53", "S4-54"],
)
def operational_metrics_missing(monitoring: Monitoring, project: Project) -> Findings:
    watched = {signal.kind for signal in monitoring.signals}
    lacking = [word for kind, word in (_RUNS if is_batch(project) else _ONLINE).items() if kind not in watched]
    if is_offline(project) or not lacking or not monitoring.signals and monitoring.has("signals"):
        return
    yield monitoring.at("signals") if monitoring.signals else monitoring.at(), f"no monitor for {', '.join(lacking)}"
