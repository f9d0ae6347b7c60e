"""Every primary metric must have a result on the test split.

A result of an unknown split counts, and so does cross-validation. A primary metric that is only measured online
needs an offline metric that is its proxy and has a result.

## Why
A model that was measured by everything but the metric that decides has not been measured.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: validation}
metrics: [{id: recall_at_5, type: recall, k: 5, role: primary}, {id: roc_auc}]
evaluation:
  results: [{metric: roc_auc, value: 0.91, split: test}]
~~~

### measured on the validation split only
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: validation}
metrics: [{id: mae, role: primary, unit: h}]
evaluation:
  results: [{metric: mae, value: 5.2, split: validation}]
~~~

### an online metric without an offline proxy
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: validation}
metrics: [{id: clicks, role: primary, scope: online}, {id: roc_auc}]
evaluation:
  results: [{metric: roc_auc, value: 0.91, split: test}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: validation}
metrics: [{id: clicks, role: primary, scope: online}, {id: ndcg, role: secondary, proxy_for: clicks}]
evaluation:
  results: [{metric: NDCG, value: 0.61, split: test}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: search, stage: validation}
metrics: [{id: f1_macro, role: primary}, {id: f1_weighted}]
evaluation:
  results: [{metric: f1, value: 0.61, split: test}]
~~~

## Remedy
evaluate the primary metric on the test split, or make the metric that is evaluated the primary one

## References
S4-43; ML Test Score Model 2
"""

from mlgov.rulekit import Findings, Metric, MetricResult, Project, abstain, metric_name, rule
from mlgov_rules.evaluation._splits import split_of


@rule("EVA201", severity="WEE", stage="validation", sources=["S4-43"])
def primary_metric_unevaluated(metric: Metric, project: Project) -> Findings:
    if metric.role != "primary" or not project.results:
        return
    section = [project.at("evaluation")] if project.has_manifest else []
    if metric.scope == "online":
        if not project.primaries("offline") and not _proxies_with_results(metric, project):
            words = f"primary metric {metric.id} is online only, and no offline proxy of it has a result"
            yield metric.at(), words, section
        return
    found = _results(metric, project)
    if not found and (unclear := _maybe(metric, project)):
        yield abstain(f"result {unclear.metric} may or may not be the primary metric {metric.id}")
    elif not found:
        yield metric.at(), f"primary metric {metric.id} has no result", section
    elif all(split_of(r, project) in ("train", "validation") for r in found):
        splits = " and ".join(sorted({str(split_of(r, project)) for r in found}))
        words = f"primary metric {metric.id} has no result on the test split, only on {splits}"
        yield metric.at(), words, [r.at("value") for r in found]


def _results(metric: Metric, project: Project) -> list[MetricResult]:
    return [r for r in project.results if project.metric(r.metric) is metric]


def _proxies_with_results(metric: Metric, project: Project) -> bool:
    proxies = [m for m in project.metrics if m.proxy_for and project.metric(m.proxy_for) is metric]
    return any(_results(proxy, project) for proxy in proxies)


def _maybe(metric: Metric, project: Project) -> MetricResult | None:
    """A result whose name could mean the metric: one of several with this name, or one without its average."""
    bases = {metric_name(name).base for name in (metric.id, metric.type, metric.name) if name}
    unknown = (r for r in project.results if not project.metric(r.metric))
    return next((r for r in unknown if metric_name(r.metric or "").base in bases), None)
