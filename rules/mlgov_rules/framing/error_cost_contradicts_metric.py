"""The primary metric must not ignore the error that costs more.

## Why
Precision is blind to what was missed. Where a miss costs fifty times as much as a false alarm, a model that is chosen by
precision is chosen by the cheap error.

Only primary metrics that see one kind of error are judged (precision and specificity; recall and the miss rate), and only
where no primary or guardrail metric sees the other. Costs in money count from twice as much on, levels of severity from one
level on.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tumours}
problem: {error_cost: {false_positive: {amount: 100, currency: EUR}, false_negative: {amount: 5000, currency: EUR}}}
metrics: [{id: precision, role: primary, target: {min: 0.9}}]
~~~

### severities, the other way round
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: spam}
problem: {error_cost: {false_positive: serious, false_negative: negligible}}
metrics: [{id: recall, role: primary, target: {min: 0.9}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tumours}
problem: {error_cost: {false_positive: {amount: 100, currency: EUR}, false_negative: {amount: 5000, currency: EUR}}}
metrics: [{id: precision, role: primary, target: {min: 0.9}}, {id: recall, role: guardrail, acceptable: {min: 0.95}}]
~~~

### a metric that sees both
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tumours}
problem: {error_cost: {false_positive: minor, false_negative: critical}}
metrics: [{id: f2, type: fbeta, role: primary, target: {min: 0.9}}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tumours}
problem: {error_cost: {false_positive: {amount: 100, currency: EUR}, false_negative: critical}}
metrics: [{id: precision, role: primary, target: {min: 0.9}}]
~~~

## Options
ratio: how many times as much the one error must cost as the other; 2

## Remedy
choose recall or F-beta where misses cost more, precision where false alarms do; or add a guardrail on the other

## References
S2-16, S4-14
"""

from mlgov.rulekit import Findings, Harm, Metric, Project, abstain, rule

# which error a metric sees
_SEES = {
    "precision": "false_positive", "specificity": "false_positive", "false_positive_rate": "false_positive",
    "recall": "false_negative", "false_negative_rate": "false_negative",
}  # fmt: skip
_BOTH = frozenset(
    "f1 fbeta mcc balanced_accuracy roc_auc average_precision log_loss brier_score jaccard cohen_kappa".split()
)
_LEVELS = ("negligible", "minor", "serious", "critical", "catastrophic")


@rule("FRM205", severity="-WE", sources=["S2-16", "S4-14"], stricter={"ratio": "lower"})
def error_cost_contradicts_metric(metric: Metric, project: Project, *, ratio: float = 2.0) -> Findings:
    seen = _SEES.get(metric.known.name) if metric.known and metric.role == "primary" else None
    cost = project.problem.error_cost
    if not seen:
        return
    unseen = "false_negative" if seen == "false_positive" else "false_positive"
    cheap, dear = (getattr(cost, name) if cost else None for name in (seen, unseen))
    if cheap is None or dear is None:
        yield abstain("unknown cost of errors")
    elif (more := _costs_more(dear, cheap, ratio)) is None:
        yield abstain("the costs of the two errors are not told in one unit")
    elif more and not any(_guards(m, unseen) for m in project.metrics):
        words = f"a {unseen.replace('_', ' ')} ({_words(dear)}) costs more than a {seen.replace('_', ' ')} ({_words(cheap)})"
        message = f"{words}, but the primary metric {metric.id} does not see it and no guardrail does"
        yield metric.at("role"), message, [dear.at(), cheap.at()]


def _costs_more(dear: Harm, cheap: Harm, ratio: float) -> bool | None:
    """True or False; None where the two cannot be compared."""
    if dear.severity and cheap.severity:
        return _LEVELS.index(dear.severity) > _LEVELS.index(cheap.severity)
    if dear.amount is None or cheap.amount is None or dear.currency != cheap.currency or dear.per != cheap.per:
        return None
    return dear.amount > 0 and dear.amount >= ratio * cheap.amount


def _guards(metric: Metric, unseen: str) -> bool:
    name = metric.known.name if metric.known else ""
    return metric.role in ("guardrail", "primary") and (_SEES.get(name) == unseen or name in _BOTH)


def _words(harm: Harm) -> str:
    return harm.severity or f"{harm.literal('amount')} {harm.currency or ''}".strip()
