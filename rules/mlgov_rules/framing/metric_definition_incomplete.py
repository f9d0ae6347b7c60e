"""A metric must be defined so that two people compute the same number.

## Why
"F1" is at least four numbers on one test set. Direction, unit, averaging, rank and threshold make it one, and the rationale
of the primary metric says why this one decides.

Metrics that everybody knows bring their direction, and their unit where it is a share of one; only custom metrics need a
definition, only primary ones a rationale. A threshold is asked of metrics that need one, for a binary output, where neither
training nor serving states it. Only metrics in mlgov's own format are asked.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: development}
framing: {output: {type: multiclass}}
metrics: [{id: f1, kind: model_quality, scope: offline, role: primary, rationale: classes matter alike}]
~~~

### a custom metric
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics: [{id: handling_time, kind: ux, scope: online, unit: s}]
~~~

### a binary metric without its threshold
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
framing: {output: {type: binary}}
metrics: [{id: recall, kind: model_quality, scope: offline}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
framing: {output: {type: binary}}
training: {threshold: {value: 0.62, split: validation}}
metrics:
- {id: roc_auc, kind: model_quality, scope: offline, role: primary, rationale: ranks accounts before a capacity is fixed}
- {id: recall, kind: model_quality, scope: offline}
- {id: rmse, kind: model_quality, scope: offline, unit: EUR}
- {id: handling_time, kind: ux, scope: online, direction: minimize, unit: s, definition: median time until the call}
~~~

## Remedy
add what is missing to the metric: `average: macro`, `k: 10`, `unit: s`, `definition: …`, `rationale: …`

## References
S3-25, S4-14, S1-35; Model Cards (Mitchell 2019), Metrics; EU AI Act Annex IV 4
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Metric, Project, metric_name, presence

_THRESHOLDED = frozenset(
    "accuracy balanced_accuracy precision recall specificity false_positive_rate false_negative_rate f1 fbeta mcc".split()
)
_OWN_UNIT = frozenset("mae mse rmse max_error median_absolute_error pinball_loss crps huber_loss latency loss".split())


@presence("FRM005", "metrics", severity="IWE", stage="development", sources=["S3-25", "S4-14", "S1-35"])
def metric_definition_incomplete(metric: Metric, project: Project) -> Findings:
    lacking = list(_lacking(metric, project)) if metric.is_own else []
    if lacking:
        yield metric.at(), f"metric {metric.id} lacks {', '.join(lacking)}"


def _lacking(metric: Metric, project: Project) -> Iterator[str]:
    known, output = metric.known, project.framing.output.type if project.framing.output else None
    yield from metric.lacks("id", "kind", "scope")
    if not known:
        yield from metric.lacks("direction", "unit", "definition")
    elif known.name in _OWN_UNIT:
        yield from metric.lacks("unit")
    if known and known.averaged and output != "binary" and not metric.k and not _in_name(metric, "average"):
        yield from metric.lacks("average")
    if known and known.cut and not (known.name == "map" and output != "ranking") and not _in_name(metric, "k"):
        yield from metric.lacks("k")
    if known and known.name in _THRESHOLDED and output == "binary" and not _has_threshold(metric, project):
        yield from metric.lacks("threshold")
    if metric.role == "primary":
        yield from metric.lacks("rationale")


def _in_name(metric: Metric, part: str) -> bool:
    return any(getattr(metric_name(name), part) is not None for name in (metric.id, metric.type) if name)


def _has_threshold(metric: Metric, project: Project) -> bool:
    chosen = project.training.threshold
    return bool(_in_name(metric, "threshold") or chosen and chosen.value is not None or project.serving.threshold)
