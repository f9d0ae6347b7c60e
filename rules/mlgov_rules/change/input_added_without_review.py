"""A new model input must be described and watched like the others.

What is asked of a new input is what the project does for its old ones: a description in `data.columns` or
`data.features`, a privacy tag, a monitor.

## Why
A new input is a new way to leak a person's data and a new way to drift.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {columns: [{name: tenure, pii: none}]}
training: {signature: {inputs: [{name: tenure}]}}
monitoring: {signals: [{id: drift, kind: data_drift, features: [tenure]}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {columns: [{name: tenure, pii: none}]}
training: {signature: {inputs: [{name: tenure}, {name: postcode}]}}
monitoring: {signals: [{id: drift, kind: data_drift, features: [tenure]}]}
~~~

## Passes
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {columns: [{name: tenure, pii: none}]}
training: {signature: {inputs: [{name: tenure}]}}
monitoring: {signals: [{id: drift, kind: data_drift, features: [tenure]}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {columns: [{name: postcode, pii: personal}, {name: tenure, pii: none}]}
training: {signature: {inputs: [{name: postcode}, {name: tenure}]}}
monitoring: {signals: [{id: drift, kind: data_drift, features: [postcode, tenure]}]}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {signature: {inputs: [{name: tenure}]}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {signature: {inputs: [{name: tenure}, {name: postcode}]}}
~~~

## Remedy
describe the input in data.columns or data.features with its privacy tag, and name it in a monitoring signal

## References
S1-18, S4-25; ML Test Score Data 4
"""

from mlgov.rulekit import Change, Column, Feature, Findings, Project, Signal, SignatureInput, abstain, rule


@rule("CHG512", severity="IWE", sources=["S1-18", "S4-25"])
def input_added_without_review(change: Change) -> Findings:
    before = {i.name for i in change.base.records(SignatureInput)}
    if not before:
        return
    done = _done(change.head)
    asked = {what: names for what, names in done.items() if names & before}
    for item in change.head.records(SignatureInput):
        if item.name in before or not item.name:
            continue
        lacking = [what for what, names in asked.items() if item.name not in names]
        if not asked:
            yield abstain("no input of the model is described or watched, so nothing tells what a new one needs")
        elif lacking:
            yield item.at(), f"new model input {item.name} has no {', '.join(lacking)}, as the others have"


def _done(project: Project) -> dict[str, set[str | None]]:
    """For which inputs the project does what; a feature takes the privacy tag of the columns it is made from."""
    columns, features = project.records(Column), project.records(Feature)
    tagged = {c.name for c in columns if c.pii}
    return {
        "data description": {c.name for c in columns} | {f.name for f in features},
        "privacy tag": tagged | {f.name for f in features if f.derived_from and tagged.issuperset(f.derived_from)},
        "monitor": {name for signal in project.records(Signal) for name in signal.features},
    }
