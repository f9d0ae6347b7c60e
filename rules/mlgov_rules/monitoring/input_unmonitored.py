"""The inputs that matter most must be monitored.

## Why
When the input that carries the model breaks and nobody looks at it, the model is wrong with full confidence.

Where importances are stated, the monitored inputs must carry the share that the option asks for; else each required input
must be monitored. A monitor on a column counts for the features that are derived from it.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
training: {signature: {inputs: [{name: tenure, importance: 62%}, {name: price, importance: 0.30}, {name: age, importance: 0.08}]}}
monitoring: {signals: [{id: drift, kind: data_drift, features: [tenure]}]}
~~~

### required inputs without importances
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
training: {signature: {inputs: [{name: tenure, required: true}, {name: price, required: true}, {name: age}]}}
monitoring: {signals: [{id: nulls, kind: input, features: [price]}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
data: {features: [{name: price, derived_from: [invoice_amount]}]}
training: {signature: {inputs: [{name: tenure, importance: 0.62}, {name: price, importance: 0.30}, {name: age, importance: 0.08}]}}
monitoring: {signals: [{id: drift, kind: data_drift, features: [tenure, invoice_amount]}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
training: {signature: {inputs: [{name: tenure, required: true}]}}
monitoring: {signals: [{id: latency, kind: latency}]}
~~~

## Options
coverage: share of the importance that monitored inputs must carry; 0.80

## Remedy
add the inputs to the `features` of a signal of kind input or data_drift

## References
S4-55; Rules of ML #10
"""

from mlgov.rulekit import Findings, Project, Signature, SignatureInput, abstain, rule
from mlgov_rules.monitoring._features import plain_name, sources

_WATCHING = ("input", "data_drift", "skew")


@rule("MON204", severity="-IW", stage="pre_launch", sources=["S4-55"], stricter={"coverage": "higher"})
def input_unmonitored(signature: Signature, project: Project, *, coverage: float = 0.80) -> Findings:
    if not signature.inputs:
        return
    signals = [s for s in project.monitoring.signals if s.kind in _WATCHING and s.features]
    if not signals:
        yield abstain("no input is monitored by name")
        return
    watched = {plain_name(name) for s in signals for name in s.features}
    made_of = sources(project)
    bare = [
        i
        for i in signature.inputs
        if i.name and not {plain_name(i.name), *made_of.get(plain_name(i.name), ())} & watched
    ]
    total = sum(float(i.importance or 0) for i in signature.inputs)
    if total > 0:
        share = 1 - sum(float(i.importance or 0) for i in bare) / total
        unwatched = [i for i in bare if i.importance] if share < coverage - 1e-9 else []
        words = f" ({share:.0%} of the importance is covered, {coverage:.0%} is asked for)"
    else:
        unwatched, words = [i for i in bare if i.required], ""
    if unwatched:
        ranked = sorted(unwatched, key=_importance)
        names = ", ".join(str(i.name) for i in ranked)
        yield ranked[0].at(), f"inputs without a monitor: {names}{words}", [signals[0].at("features")]


def _importance(column: SignatureInput) -> float:
    return -float(column.importance or 0)
