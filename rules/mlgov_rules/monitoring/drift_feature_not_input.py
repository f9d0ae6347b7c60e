"""A drift monitor must watch what goes into the model or comes out of it.

## Why
A monitor on a column that the model dropped two versions ago alarms about nothing and keeps silent about what matters.

Inputs are those of the signature, else the features; a column that an input is derived from, or that an input begins with
(`country_US` from `country`), is watched for its sake. Where neither inputs nor features are stated the rule abstains.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "3.0"}
training: {signature: {inputs: [{name: tenure}, {name: price}], outputs: [{name: score}]}}
monitoring: {signals: [{id: drift, kind: data_drift, features: [tenure, zip]}]}
~~~

### an output under another name
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {signature: {inputs: [{name: tenure}], outputs: [{name: churn_probability}]}}
monitoring: {signals: [{id: scores, kind: prediction_drift, features: [risk_class]}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {features: [{name: tenure_months, derived_from: [contract_start]}, {name: price}], labels: {name: churned}}
training: {signature: {inputs: [{name: tenure_months}, {name: country_US}], outputs: [{name: score}]}}
monitoring:
  signals:
  - {id: raw, kind: data_drift, features: [contract_start, Tenure Months, country]}
  - {id: scores, kind: prediction_drift, features: [score, churned]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
monitoring: {signals: [{id: drift, kind: data_drift, features: [zip]}]}
~~~

## Remedy
watch the inputs of the current version; name in `derived_from` the columns that a feature is made of

## References
S4-55, S4-56
"""

from mlgov.rulekit import Findings, Project, Signal, abstain, hint, meant, rule
from mlgov_rules.monitoring._features import inputs, outputs, plain_name, sources

_WATCHED = ("data_drift", "skew", "input", "prediction_drift", "output")
_GENERIC = frozenset({"target", "prediction", "predictions", "label", "labels", "score", "all", ""})


@rule("MON203", severity="WEE", sources=["S4-55", "S4-56"])
def drift_feature_not_input(signal: Signal, project: Project) -> Findings:
    if signal.kind not in _WATCHED or not signal.features:
        return
    known, signature = inputs(project), project.training.signature
    if signal.kind in ("prediction_drift", "output") and not (signature and signature.outputs):
        yield abstain("unknown outputs of the model")
        return
    if not known:
        yield abstain("unknown inputs of the model")
        return
    names = known | outputs(project)
    made_of = {column for feature, columns in sources(project).items() if feature in names for column in columns}
    foreign = [i for i, name in enumerate(signal.features) if not _is_known(name, names | made_of)]
    if foreign:
        shown = ", ".join(signal.features[i] for i in foreign)
        version = f" {project.identity.version}" if project.identity.version else ""
        first, known_names = signal.features[foreign[0]], _spelled(project) if len(foreign) == 1 else []
        near = hint(first, known_names)
        message = f"signal {signal.id} watches {shown}: no input or output of the model{version}{near}"
        others = [signal.at("features", i) for i in foreign[1:]]
        is_signed = bool(signature and signature.inputs)
        where = project.at(*("training", "signature") if is_signed else ("data", "features"))
        place = signal.at("features", foreign[0])
        yield place, message, [*others, where], meant(first, known_names, place)


def _is_known(spelled: str, known: set[str]) -> bool:
    """True for an input or output, for what one is made of or begins with, and for patterns and templates."""
    name = plain_name(spelled)
    if name in known or name in _GENERIC or any(mark in spelled for mark in ("*", "$", "{")):
        return True
    return any(other.startswith(name + "_") or name.startswith(other + "_") for other in known)


def _spelled(project: Project) -> list[str]:
    signature = project.training.signature
    columns = [*signature.inputs, *signature.outputs] if signature else []
    return [c.name for c in columns if c.name] or [f.name for f in project.data.features if f.name]
