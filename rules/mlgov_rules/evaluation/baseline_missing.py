"""The primary metric must have a baseline to beat.

One result of any kind of baseline for each primary metric that is measured offline is enough; whether the two can be
compared is another question (EVA202). Baselines in a results file or in a card count.

## Why
0.87 is a good or a bad number only beside what a coin, a rule of thumb or the system in use reaches.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
~~~

### none for the primary metric
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
metrics: [{id: roc_auc, role: primary}]
baselines: [{id: rules, kind: current_system, results: [{metric: accuracy, value: 0.88}]}]
~~~

### without a kind
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
metrics: [{id: roc_auc, role: primary}]
baselines: [{id: rules, results: [{metric: roc_auc, value: 0.74}]}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
metrics: [{id: roc_auc, role: primary}, {id: retention, role: primary, scope: online}]
baselines: [{id: rules, kind: current_system, results: [{metric: ROC-AUC, value: 0.74, split: test}]}]
~~~

### a reason instead
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
baselines: {not_applicable: {reason: the first product of its kind}}
~~~

## Options
both: ask for a trivial or simple baseline and for the current system or the previous model

## Remedy
measure a trivial predictor and the rules in use on the test set, and state them under `baselines`

## References
S3-32, S3-34, S3-35, S2-25, S2-20; ML Test Score Model 5
"""

from mlgov.rulekit import Baseline, Findings, Metric, Project, presence
from mlgov_rules.evaluation._baselines import usable

_TRIVIAL = {"random", "majority_class", "constant", "heuristic", "simple_model"}
_CURRENT = {"current_system", "previous_model"}


@presence(
    "EVA002",
    "baselines",
    severity="WEE",
    stage="validation",
    lead=True,
    sources=["S3-32", "S3-34", "S3-35", "S2-25", "S2-20"],
    stricter={"both": "higher"},
)
def baseline_missing(project: Project, *, both: bool = False) -> Findings:
    if not project.baselines:
        yield project.at("baselines"), "no baseline: neither a trivial or simple one nor the current system"
        return
    for baseline in project.baselines:
        if baseline.is_own and (lacking := baseline.lacks("kind", "results")):
            yield baseline.at(), f"baseline {baseline.id} lacks {', '.join(lacking)}"
    primaries = project.primaries("offline") or project.primaries("online")
    for metric in primaries:
        yield from _of_metric(metric, both, project)


def _of_metric(metric: Metric, both: bool, project: Project) -> Findings:
    measured = [b for b in project.baselines if _has(b, metric, project)]
    kinds = {b.kind for b in measured}
    if not measured:
        yield project.at("baselines"), f"no baseline has a result for the primary metric {metric.id}", [metric.at()]
    elif both and not kinds & _TRIVIAL:
        yield (
            project.at("baselines"),
            f"no trivial or simple baseline for the primary metric {metric.id}",
            [metric.at()],
        )
    elif both and not kinds & _CURRENT:
        yield (
            project.at("baselines"),
            f"no current system or previous model for the primary metric {metric.id}",
            [metric.at()],
        )


def _has(baseline: Baseline, metric: Metric, project: Project) -> bool:
    return any(project.metric(r.metric) is metric for r in usable(baseline))
