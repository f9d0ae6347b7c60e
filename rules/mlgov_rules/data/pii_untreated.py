"""Personal data must be treated before a model sees them, and device-only data must not leave the device.

## Why
A model keeps what it was trained on, and a cloud service receives what it is sent. Only declared marks count: nothing is
concluded from the name of a column.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  columns: [{name: email, pii: personal, treatment: none}]
  features: [{name: email_domain, derived_from: [email]}]
~~~

### a personal column is an input as it is
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: loans}
data:
  columns: [{name: religion, pii: special_category}]
training:
  signature: {inputs: [{name: religion}, {name: income}]}
~~~

### device-only data in the cloud
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
data:
  sources: [{id: typed, kind: interaction, device_only: true}]
  datasets: [{id: keys, source: typed}]
  columns: [{name: text, dataset: keys}]
  features: [{name: word_counts, derived_from: [text]}]
serving: {target: cloud}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  columns:
  - {name: email, pii: personal, treatment: hashed}
  - {name: name, pii: personal}
  - {name: text, device_only: true, treatment: federated}
  features: [{name: email, derived_from: [email]}, {name: word_counts, derived_from: [text]}]
serving: {target: cloud}
~~~

### on the device
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
data:
  columns: [{name: text, device_only: true}]
  features: [{name: word_counts, derived_from: [text]}]
serving: {target: on_device}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data:
  columns: [{name: birth_date, pii: personal}]
  features: [{name: age_band, derived_from: [birth_date]}]
~~~

### nobody says where it runs
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard}
data:
  columns: [{name: text, device_only: true}]
  features: [{name: word_counts, derived_from: [text]}]
~~~

## Remedy
hash, drop, aggregate or federate the field and state it as `treatment`, or leave it out of the model

## References
S1-12, S4-25, S4-26, S4-47; ML Test Score D5; Gebru 2018
"""

from collections.abc import Iterator

from mlgov.rulekit import Column, Findings, Origin, Project, abstain, rule


@rule("DAT203", severity="EEE", sources=["S1-12", "S4-25", "S4-26", "S4-47"])
def pii_untreated(column: Column, project: Project) -> Findings:
    if not column.name or column.treatment not in (None, "none"):
        return
    uses = list(_uses(column.name, project))
    if uses and column.pii in ("personal", "special_category"):
        yield from _personal(column, uses)
    if uses and _device_only(column, project):
        yield from _leaves_the_device(column, uses, project)


Use = tuple[str, Origin, bool]


def _uses(name: str, project: Project) -> Iterator[Use]:
    """Where the model takes the column: in which words, where, and whether it takes it as it is."""
    for feature in project.data.features:
        if feature.name == name and feature.train_transform is None:
            yield f"is the feature {name}", feature.at("name"), True
        elif name in feature.derived_from:
            yield (
                f"reaches the model as {feature.name}",
                feature.at("derived_from", feature.derived_from.index(name)),
                False,
            )
    inputs = project.training.signature.inputs if project.training.signature else []
    yield from (("is an input of the model", i.at("name"), True) for i in inputs if i.name == name)


def _personal(column: Column, uses: list[Use]) -> Findings:
    direct = [u for u in uses if u[2]] if column.treatment is None else uses
    if not direct or column.treatment is None and not column.is_own:
        yield abstain(f"unknown treatment of {column.name}")
        return
    words, place, _ = direct[0]
    how = "without treatment" if column.treatment else "with no stated treatment"
    yield place, f"{column.name} ({column.pii}) {words} {how}", [column.at("pii")]


def _device_only(column: Column, project: Project) -> bool:
    dataset = project.dataset(column.dataset)
    sources = {s.id: s for s in project.data.sources}
    source = sources.get(dataset.source) if dataset and dataset.source else None
    return (
        column.device_only is True or column.device_only is None and source is not None and source.device_only is True
    )


def _leaves_the_device(column: Column, uses: list[Use], project: Project) -> Findings:
    target = project.serving.target
    if target is None:
        yield abstain("unknown serving target")
    elif target in ("cloud", "hybrid"):
        words, place, _ = uses[0]
        message = f"{column.name} must not leave the device, but {words} and the model is served in: {target}"
        yield place, message, [column.at(), project.serving.at("target")]
