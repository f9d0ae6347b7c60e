"""A metric must apply to the task of the model.

## Why
An error in units of the target says nothing about a class, and a share of right answers nothing about a price. Somebody will
read the number anyway.

Only pairs that nobody combines on purpose are reported: metrics of regression or of texts for a classifier, metrics of
classes for a continuous output. Ranking and structured outputs, several tasks, and metrics of the business are left alone.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {task: tabular-classification, output: {type: binary}}
metrics: [{id: rmse, scope: offline, role: primary}]
~~~

### the task tells the output
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
framing: {task: tabular-regression}
metrics: [{id: quality, type: f1}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {task: tabular-classification, output: {type: binary}}
metrics: [{id: roc_auc}, {id: brier_score}, {id: handling_mae, kind: ux, type: mae}]
~~~

### rating and ranking go together
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: films}
framing: {task: recommendation, output: {type: ranking}}
metrics: [{id: ndcg, k: 10}, {id: rmse}, {id: roc_auc}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
metrics: [{id: rmse}]
~~~

## Remedy
choose a metric of the task, or correct `framing.task` and `framing.output.type`

## References
S4-16, S4-43
"""

from mlgov.rulekit import Findings, KnownMetric, Metric, Project, abstain, rule

_CLASSES = frozenset({"binary", "multiclass", "multilabel"})
_TASKS = {
    "classes": ("classification",),
    "continuous": ("regression", "time-series-forecasting", "forecasting"),
    "other": ("ranking", "recommendation", "retrieval", "generation", "segmentation", "detection", "translation",
              "summarization", "answering", "recognition", "token", "clustering", "similarity"),
}  # fmt: skip
# used for continuous values too, whatever the table of known metrics says
_ANYWHERE = frozenset("gini ks_statistic expected_calibration_error cohen_kappa iou dice map ndcg mrr hit_rate".split())


@rule("FRM104", severity="EEE", sources=["S4-16", "S4-43"])
def metric_task_mismatch(metric: Metric, project: Project) -> Findings:
    known = metric.known
    if not known or not known.outputs or metric.kind not in (None, "model_quality") or metric.scope == "online":
        return
    framing = project.framing
    output = framing.output.type if framing.output else None
    task = _family(output, framing.task)
    if not task:
        yield abstain("unknown task")
    elif _is_foreign(known, task) and not (metric.k and task == "continuous"):
        place = project.at("framing", *(("output", "type") if output else ("task",)))
        message = f"metric {metric.id} ({known.name}) does not apply to {'output' if output else 'task'} {output or framing.task}"
        yield metric.at("type" if metric.type else "id"), message, [place]


def _family(output: str | None, task: str | None) -> str:
    """`classes`, `continuous`, `other`, or "" where nothing tells; an output and a task that differ tell nothing."""
    by_output = (
        "classes" if output in _CLASSES else "continuous" if output == "continuous" else "other" if output else ""
    )
    words = (task or "").lower().replace("_", "-")
    found = {family for family, marks in _TASKS.items() if any(mark in words for mark in marks)} if words else set()
    by_task = found.pop() if len(found) == 1 else "other" if found else ""
    if by_output and by_task and by_output != by_task:
        return "other"
    return by_output or by_task


def _is_foreign(known: KnownMetric, task: str) -> bool:
    """True for metrics of regression or of texts beside classes, and for metrics of classes beside a continuous output."""
    applies = set(known.outputs)
    if known.name in _ANYWHERE or task == "other":
        return False
    if task == "classes":
        return applies <= {"continuous"} or applies <= {"sequence"} and known.name != "exact_match"
    return "continuous" not in applies and bool(applies & _CLASSES or applies <= {"sequence"})
