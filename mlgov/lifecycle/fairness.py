"""Who could be harmed: differences between groups, abuse, and inputs the model was not made for."""

from typing import Literal

from mlgov.lifecycle.fields import DatasetRef, Id, MetricRef, Text, items, states
from mlgov.lifecycle.record import Bound, Reason, Record
from mlgov.lifecycle.result import MetricResult

Measure = Literal[
    "demographic_parity_difference",
    "demographic_parity_ratio",
    "equalized_odds_difference",
    "metric_difference",
]


class ProtectedAttribute(Record):
    """A property of persons that must not decide."""

    name: Text = states("the attribute")
    column: Text = states("the column that holds it")
    unavailable: Text = states("why there is no such column")


class FairnessLimit(Bound):
    """How far groups may differ."""

    measure: Measure | None = states("Fairlearn names; disparate impact = demographic_parity_ratio")
    attribute: Text = states("the attribute that makes the groups")
    metric: MetricRef = states("for metric_difference")


class Fairness(Record):
    """Differences between groups of persons."""

    protected_attributes: list[ProtectedAttribute] = items("what must not decide")
    limits: list[FairnessLimit] = items("how far groups may differ")
    no_person_data: Reason | None = states("clears the fairness rules")


class Robustness(Record):
    """A test under worse conditions."""

    id: Id = states("names the test")
    kind: Literal["shift", "adversarial", "stress", "prompt_injection", "other"] | None = states("what is worse")
    dataset: DatasetRef = states("on what")
    result: MetricResult | None = states("what came out")


class AbuseCase(Record):
    """A way to misuse the product."""

    id: Id = states("names the case")
    description: Text = states("what could happen")
    mitigation: Text = states("what is done about it")
