"""A target must ask for more than a predictor that needs no model.

## Why
A bound that guessing meets decides nothing: every model passes it, also the one that learnt nothing.

The bound of a metric is its target, else its acceptable bound, else a release criterion (also that of a parameter file). It is
compared with the score that arithmetic tells (accuracy: share of the largest class, ROC AUC 0.5, R² 0, F1 of calling all
positive, average precision and Brier score of the positive share, log loss of the class shares), then with the results of
declared baselines that are random, constant, heuristic or of no stated kind. A current system, a previous or simple model and
people are no trivial baselines.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary, unit: percent, target: {min: 90}}]
data: {datasets: [{id: test_2026, role: test, class_balance: {stayed: 0.93, churned: 0.07}}]}
~~~

### guessing ranks as well
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: roc_auc, role: primary, acceptable: {min: 0.5}}]
~~~

### lower is better
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: log_loss, role: primary, target: {max: 0.70}}]
data: {datasets: [{id: test_2026, role: test, class_balance: {stayed: 0.5, churned: 0.5}}]}
~~~

### a heuristic is as good already
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: demand}
metrics: [{id: mape, role: primary, acceptable: {max: 20%}}]
baselines: [{id: last_week, kind: heuristic, results: [{metric: mape, value: 0.18, split: test}]}]
~~~

### a parameter file and the baseline of a card
~~~yaml params.yaml
evaluate:
  min_roc_auc: 0.70
~~~
~~~markdown MODEL_CARD.md
# Model card
# Evaluation results
| Metric | Model | Baseline |
|---|---|---|
| ROC AUC | 0.85 | 0.74 |
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: accuracy, target: {min: 95%}}
- {id: roc_auc, target: {min: 0.7}, acceptable: {min: 0.5}}
- {id: precision, target: {min: 0.05}}
data: {datasets: [{id: test_2026, role: test, class_balance: {stayed: 0.93, churned: 0.07}}]}
baselines:
- {id: random, kind: random, results: [{metric: roc_auc, value: 0.5, split: test}, {metric: accuracy, value: 0.99, split: train}]}
- {id: churn_1_3, kind: previous_model, results: [{metric: roc_auc, value: 0.81, split: test}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary, target: {min: 0.90}}]
~~~

## Remedy
raise the bound above what needs no model; or choose a metric on which the trivial predictor fails

## References
S3-25, S3-34; ML Test Score M5
"""

from mlgov.rulekit import Findings, Level, MetricResult, Origin, Project, abstain, level, metric_name, rule
from mlgov_rules.framing._bounds import said
from mlgov_rules.framing._goals import Goal, goals
from mlgov_rules.framing._trivial import trivial

_TRIVIAL = ("random", "majority_class", "constant", "heuristic", None)


@rule("FRM204", severity="EEE", sources=["S3-25", "S3-34"], implies=["FRM203"])
def target_below_trivial_baseline(project: Project) -> Findings:
    for goal in goals(project):
        if goal.side:
            bound = level(getattr(goal.bound, goal.side), goal.metric.unit if goal.metric else None)
            found = list(_by_arithmetic(goal, bound, project))
            yield from found
            if not any(isinstance(observation[0], Origin) for observation in found):
                yield from _by_baseline(goal, bound, project)


def _by_arithmetic(goal: Goal, bound: Level, project: Project) -> Findings:
    if not goal.known:
        return
    found = trivial(goal.known, _average(goal, project), project)
    if isinstance(found, str):
        if found:
            yield abstain(found)
    elif bound.base in ("", "fraction", "nats") and _asks_nothing(goal, bound.value, found.score):
        if goal.known.high == 1 and bound.value > 1:
            yield abstain(f"unknown unit of {goal.name}")
            return
        relation = "above" if goal.side == "min" else "below"
        message = f"{goal.name}: {goal.word} {_said(goal)} is not {relation} the trivial score {found.score:.4g} ({found.how})"
        yield goal.place, message, found.places


def _average(goal: Goal, project: Project) -> str | None:
    """F1 without an average is the binary one only where the output is binary."""
    output = project.framing.output.type if project.framing.output else None
    return goal.average or ("unknown" if output and output != "binary" else None)


def _by_baseline(goal: Goal, bound: Level, project: Project) -> Findings:
    for baseline in project.baselines:
        for result in baseline.results if baseline.kind in _TRIVIAL else ():
            if result.value is None or project.comparer.key(result).metric != goal.key:
                continue
            if unclear := _unclear(goal, bound, result, project):
                yield abstain(f"{unclear} of baseline {baseline.id or result.metric}")
            elif _asks_nothing(goal, bound.value, project.comparer.value(result)):
                name = f"baseline {baseline.id or baseline.description or ''}".strip().replace(
                    "baseline baseline", "baseline"
                )
                message = (
                    f"{goal.name}: {goal.word} {_said(goal)} is not better than {name} at {result.literal('value')}"
                )
                yield goal.place, message, [result.at("value")]
                return


def _unclear(goal: Goal, bound: Level, result: MetricResult, project: Project) -> str:
    """What keeps a result from being compared with the bound; "" if nothing does."""
    key = project.comparer.key(result)
    if key.split in ("train", "validation", "cross_validation"):
        return f"{key.split} split"
    if key.slice:
        return "slice"
    if not level(result.value or 0.0, goal.metric.unit if goal.metric else None).is_comparable_with(bound):
        return "unknown unit"
    wanted = {"average": goal.average, "k": goal.metric.k if goal.metric else metric_name(goal.name).k}
    return next(
        (f"unknown or other {part}" for part, value in wanted.items() if _differs(value, getattr(key, part))), ""
    )


def _differs(wanted: object, found: object) -> bool:
    return wanted != found and found != "none" and not (wanted is None and found == "binary")


def _asks_nothing(goal: Goal, bound: float, trivial_score: float) -> bool:
    slack = 1e-9
    return bound <= trivial_score + slack if goal.side == "min" else bound >= trivial_score - slack


def _said(goal: Goal) -> str:
    return f"{goal.side} {said(goal.bound, goal.side, goal.metric)}"
