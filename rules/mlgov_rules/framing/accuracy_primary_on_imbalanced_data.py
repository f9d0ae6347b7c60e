"""Accuracy must not decide where one class holds most of the data.

## Why
At 1 % fraud, whoever always says "no fraud" is right 99 times in 100. Accuracy then rewards the model that finds nothing.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud}
framing: {output: {type: binary}}
metrics: [{id: accuracy, role: primary, acceptable: {min: 0.995}}]
data: {datasets: [{id: payments, role: test, class_balance: {fraud: 1%}}]}
~~~

### three classes, one of them large
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets}
metrics: [{id: acc, type: accuracy, role: primary}]
data: {datasets: [{id: tickets, class_balance: {question: 0.85, complaint: 0.10, praise: 0.05}}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: flowers}
metrics: [{id: accuracy, role: primary}]
data: {datasets: [{id: flowers, role: test, class_balance: {rose: 0.4, tulip: 0.35, lily: 0.25}}]}
~~~

### another metric decides
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud}
metrics: [{id: average_precision, role: primary}, {id: accuracy, role: diagnostic}]
data: {datasets: [{id: payments, role: test, class_balance: {fraud: 0.01, honest: 0.99}}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: fraud}
metrics: [{id: accuracy, role: primary}]
data: {datasets: [{id: payments, role: test}]}
~~~

## Options
minority: the rest beside the largest class, up to which data count as imbalanced; 0.20

## Remedy
choose a metric that sees the rare class: average precision, recall at a fixed precision, balanced accuracy

## References
S4-35; Rules of ML #25
"""

from mlgov.rulekit import Findings, Metric, Project, abstain, rule
from mlgov_rules.framing._trivial import shares


@rule("FRM203", severity="WEE", sources=["S4-35"], stricter={"minority": "higher"})
def accuracy_primary_on_imbalanced_data(metric: Metric, project: Project, *, minority: float = 0.20) -> Findings:
    if metric.role != "primary" or not metric.known or metric.known.name != "accuracy":
        return
    data = shares(project)
    if not data:
        yield abstain("unknown class balance")
        return
    least = min(data, key=lambda s: s.largest)
    if least.largest >= 1 - minority - 1e-9:
        message = (
            f"the primary metric {metric.id} is an accuracy, but the largest class holds {least.largest:.4g} of "
            f"{least.name}: always naming it scores {least.largest:.4g}"
        )
        yield metric.at("role"), message, [least.place]
