"""Whatever refers to a metric must name one that the project defines.

## Why
A guardrail, an alert or a requirement on a name that nothing defines has no direction, no unit and no bound, so it never
fires and nobody notices. The gates of a rollout have a rule of their own.

Only references in mlgov's own format are looked up, by id, alias, normalised name or series; native files may name metrics
that the project does not care about, and so may results.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: s}, {id: retention_30d, unit: fraction}]
experiments:
- {id: calls, primary_metrics: [retention_30d], guardrails: [{metric: p95_lat, margin: 10ms}]}
~~~

### several places, one name
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall}, {id: roc_auc, proxy_for: retention}]
problem:
  objectives: [{id: keep, metric: retention}]
  requirements: [{id: r1, acceptance: {metric: recal, min: 0.6}}]
~~~

### a metric in the weights of the selection rule
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, role: primary}, {id: precision, role: primary}]
framing: {multi_objective: {rule: weighted_sum, weights: {recall: 0.5, accuracy: 0.5}}}
~~~

## Fixed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, unit: s}, {id: retention_30d, unit: fraction}]
experiments:
- {id: calls, primary_metrics: [retention_30d], guardrails: [{metric: latency_p95, margin: 10ms}]}
~~~

~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall}, {id: roc_auc, proxy_for: retention}]
problem:
  objectives: [{id: keep, metric: retention}]
  requirements: [{id: r1, acceptance: {metric: recall, min: 0.6}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p95, aliases: [p95_lat], series: [request_duration_seconds]}, {id: roc_auc}]
serving: {slos: [{id: slo, metric: p95_lat, max: 200ms}]}
training: {tuning: {metric: AUC}}
evaluation: {results: [{metric: a name of a table, value: 0.3}]}
monitoring: {signals: [{id: errors, kind: errors}]}
rollout: {rollback: {triggers: [{metric: errors, max: 0.02}]}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {slos: [{id: slo, metric: latency_p95, max: 200ms}]}
~~~

## Remedy
define the metric in `metrics`, add the spelling to its `aliases`, or correct the reference

## References
S3-06, S3-40; ML Test Score M2
"""

from mlgov.rulekit import (
    Findings,
    Fix,
    Gate,
    MetricResult,
    Project,
    Reference,
    Trigger,
    abstain,
    hint,
    is_same,
    probable,
    references_to,
    repair,
    rule,
)


@rule("FRM201", severity="EEE", sources=["S3-06", "S3-40"], implies=["INT006"])
def undefined_metric_reference(project: Project) -> Findings:
    undefined: dict[str, list[Reference]] = {}
    for reference in references_to("metrics", project):
        if _is_strict(reference) and not _is_defined(reference, project):
            undefined.setdefault(reference.wanted, []).append(reference)
    known = [name for metric in project.metrics for name in (metric.id, *metric.aliases) if name]
    if undefined and not any(metric.is_own for metric in project.metrics):
        yield abstain("the project defines no metrics of its own")
        return
    for name, places in undefined.items():
        message = f"{places[0].path} refers to metric {name!r}, which is not defined{hint(name, known)}"
        yield places[0].origin, message, [place.origin for place in places[1:]], _renamed(name, places, known)


def _renamed(name: str, places: list[Reference], known: list[str]) -> Fix | None:
    """The name that is near, in every place; keys of a mapping are names as well."""
    near = probable(name, known)
    if not near:
        return None
    steps = [
        repair.rename(r.origin, near) if r.steps[1:] == (r.wanted,) else repair.replace(r.origin, near, name)
        for r in places
    ]
    return repair.fix(f"call it {near!r}", *steps, safe=is_same(name, near))


def _is_strict(reference: Reference) -> bool:
    return reference.record.is_own and not isinstance(reference.record, (MetricResult, Gate))


def _is_defined(reference: Reference, project: Project) -> bool:
    if isinstance(reference.record, Trigger) and reference.wanted in project.ids("monitoring.signals"):
        return True
    return project.metric(reference.wanted) is not None
