"""Every input of the model and of the service must be named in the data specification.

## Why
An input that the data specification does not know has no owner, no type and no check, and a request that names
`age_band` where the model learnt `age` is answered with a default.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  features: [{name: age}, {name: tenure}]
serving:
  schema: {inputs: [{name: age_band}, {name: tenure}]}
~~~

### the signature of the model
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  columns: [{name: age}, {name: tenure}]
training:
  signature: {inputs: [{name: age}, {name: tenure}, {name: income}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  features: [{name: Age}, {name: tenure_months, derived_from: [contract_start]}, {name: plan, dtype: categorical}]
  columns: [{name: region, type: string}]
training:
  signature: {inputs: [{name: age}, {name: tenure_months}, {name: plan_prepaid}]}
serving:
  schema: {inputs: [{name: contract_start}, {name: age}, {name: region}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving:
  schema: {inputs: [{name: age_band}, {name: tenure}]}
~~~

### two vocabularies
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  features: [{name: age}, {name: tenure}]
training:
  signature: {inputs: [{name: input_ids}, {name: attention_mask}]}
~~~

## Remedy
use the name of the data specification, or add the input to `data.features` with what it is derived from

## References
S4-15, S4-04, S1-31; ML Test Score D1
"""

import re
from collections.abc import Sequence

from mlgov.rulekit import Findings, Project, RequestField, SignatureInput, abstain, rule

Inputs = Sequence[SignatureInput | RequestField]


@rule("DAT202", severity="WEE", sources=["S4-15", "S4-04", "S1-31"])
def model_input_undefined(project: Project) -> Findings:
    signature = project.training.signature
    if signature and signature.inputs:
        yield from _undefined(signature.inputs, "model input", project)
    if project.serving.schema_ and project.serving.schema_.inputs:
        yield from _undefined(project.serving.schema_.inputs, "request field", project)


def _undefined(inputs: Inputs, what: str, project: Project) -> Findings:
    named = [i for i in inputs if i.name]
    known = _known(project, named[0].at().file if named and not named[0].is_own else "")
    if not known:
        if named:
            yield abstain("the data specification names no features or columns")
        return
    unknown = [i for i in named if _plain(i.name) not in known and not _is_encoded(i, named, known, project)]
    if len(unknown) == len(named):
        if unknown:
            yield abstain(f"no {what} is named in the data specification: two vocabularies")
        return
    specification = [(project.data.features or project.data.columns)[0].at()]
    for field in unknown:
        yield field.at("name"), f"{what} {field.name} is not in the data specification", specification


def _known(project: Project, but: str) -> set[str]:
    """The names of the specification: what the manifest lists, and native columns whose list is whole.

    A suite of expectations names only the columns it checks; a contract states the type of every column. Features
    that were read from the model itself prove nothing.
    """
    data = project.data
    columns = [c for c in data.columns if c.at().file != but]
    whole = [c for c in columns if c.is_own] or (columns if all(c.type for c in columns) else [])
    features = [f for f in data.features if f.at().file != but]
    names = [f.name for f in features] + [name for f in features for name in f.derived_from] + [c.name for c in whole]
    if not any(names):
        return set()
    keys = [data.entity.key_ if data.entity else None, data.splits.time_column if data.splits else None]
    return {_plain(name) for name in (*names, *keys, *(c.name for c in columns)) if name}


def _is_encoded(field: SignatureInput | RequestField, inputs: Inputs, known: set[str], project: Project) -> bool:
    """True for one category of a known column (`plan_prepaid` of `plan`): of a categorical one, or one of several."""
    name = _plain(field.name)
    stem = next((k for k in known if name.startswith(k + "_")), None)
    if stem is None or isinstance(field, RequestField):
        return False
    categorical = any(_plain(f.name) == stem and f.dtype == "categorical" for f in project.data.features)
    return categorical or sum(_plain(i.name).startswith(stem + "_") for i in inputs) > 1


def _plain(name: str | None) -> str:
    return re.sub(r"[\s.\-/]+", "_", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name or "")).strip("_").lower()
