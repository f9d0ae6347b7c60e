"""A feature must not be the label, come from it, or be known only after the prediction.

## Why
Such a feature makes the offline result nearly perfect and does not exist at the moment of the prediction.
Judged by what is declared and by equal names; nothing is guessed from correlations. A feature that is declared to be
known at prediction time may come from earlier values of the label.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: refunds}
data:
  features: [{name: refund_amount, available_at: after_label}]
  labels: {name: refunded}
~~~

### the label itself
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: refunds}
data:
  features: [{name: refunded}, {name: basket_size}]
  labels: {name: refunded}
~~~

### derived from the label, over a feature in between
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: refunds}
data:
  features: [{name: refund_flag_norm, derived_from: [refund_flag]}, {name: refund_flag, derived_from: [refunded]}]
  labels: {name: refunded}
~~~

### the time of the label
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: refunds}
data:
  features: [{name: days_to_refund, derived_from: [refunded_at]}]
  labels: {name: refunded, event_time: refunded_at}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: sales}
data:
  features:
  - {name: sales_last_week, derived_from: [sales], available_at: before_prediction}
  - {name: price, derived_from: [price_list], available_at: at_prediction}
  - {name: weekday}
  labels: {name: sales}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: refunds}
data:
  features: [{name: refund_flag, derived_from: [refunded]}]
~~~

## Remedy
leave the feature out, or derive it from values that are known when the prediction is made

## References
S4-37; Kapoor, Narayanan 2023
"""

from collections.abc import Iterator

from mlgov.rulekit import Feature, Findings, Origin, Project, abstain, rule

_KNOWN_IN_TIME = ("before_prediction", "at_prediction")


@rule("DAT201", severity="EEE", sources=["S4-37"])
def label_leakage_feature(feature: Feature, project: Project) -> Findings:
    labels = project.part("data.labels") and project.data.labels
    if feature.available_at in ("after_prediction", "after_label"):
        when = feature.available_at.replace("_", " the ")
        yield feature.at("available_at"), f"feature {feature.name} is known only {when}"
    elif not labels or not labels.name:
        if feature.derived_from and not feature.available_at:
            yield abstain("unknown label")
    elif feature.name and feature.name in (labels.name, labels.event_time):
        what = "label" if feature.name == labels.name else "time of the label"
        key = "name" if feature.name == labels.name else "event_time"
        yield feature.at("name"), f"feature {feature.name} is the {what}", [labels.at(key)]
    elif feature.available_at not in _KNOWN_IN_TIME:
        yield from _derived(feature, project)


def _derived(feature: Feature, project: Project) -> Findings:
    labels = project.data.labels
    leaks = {name: labels.at(key) for key in ("name", "event_time") if (name := getattr(labels, key))}
    for name, place in _roots(feature, project):
        if name in leaks:
            what = "label" if name == labels.name else "time of the label"
            yield place, f"feature {feature.name} is derived from {name}, the {what}", [leaks[name]]
            return


def _roots(feature: Feature, project: Project) -> Iterator[tuple[str, Origin]]:
    """Everything the feature is derived from, over other features too; place: the feature's own statement."""
    others: dict[str, list[str]] = {}
    for other in project.data.features:
        if other.name and other.available_at not in _KNOWN_IN_TIME:
            others.setdefault(other.name, []).extend(other.derived_from)
    for i, first in enumerate(feature.derived_from):
        seen, waiting = {feature.name}, [first]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                yield name, feature.at("derived_from", i)
                waiting += others.get(name, [])
