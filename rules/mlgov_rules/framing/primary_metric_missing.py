"""One metric must be primary, with a bound that decides.

## Why
Without one metric that decides, every result can be read as a success. Its target or acceptable bound must stand before
the result does.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics:
- {id: roc_auc, role: secondary}
~~~

### the primary metric has no bound
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics:
- {id: roc_auc, role: primary}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics:
- {id: roc_auc, role: primary, acceptable: {min: 0.85}}
~~~

## Remedy
give exactly one metric per scope `role: primary`, and a `target` or an `acceptable` bound

## References
S3-25; Kohavi, Tang, Xu 2020, ch. 7; Rules of ML #2
"""

from mlgov.rulekit import Findings, Project, presence


@presence(
    "FRM003",
    "metrics",
    severity="WEE",
    stage="development",
    lead=True,
    sources=["S3-25"],
    implies=["EVA201", "EXP201", "MON202", "FRM206"],
)
def primary_metric_missing(project: Project) -> Findings:
    primary = [m for m in project.metrics if m.role == "primary"]
    if not primary:
        yield project.at("metrics"), "no metric has role: primary"
    for metric in primary:
        if not metric.has("target") and not metric.has("acceptable"):
            yield metric.at(), f"the primary metric {metric.id} has neither a target nor an acceptable bound"
