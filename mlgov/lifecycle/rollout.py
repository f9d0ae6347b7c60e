"""Shadow, canary and A/B stages with their gates, and the way back."""

from typing import Annotated, Literal

from mlgov.lifecycle.fields import (
    Contact,
    Count,
    Duration,
    Flag,
    Fraction,
    Id,
    Location,
    MetricRef,
    Number,
    Ref,
    Text,
    Version,
    items,
    states,
)
from mlgov.lifecycle.record import Bound, Record


class TrafficStep(Record):
    """A step inside one stage."""

    traffic: Fraction = states("live traffic")
    duration: Duration = states("for how long")


class Gate(Bound):
    """An exit criterion or guardrail of a stage."""

    metric: MetricRef = states("exit criterion or guardrail")
    query: Text = states("PromQL")
    condition: Text = states("what must hold, as it is written, where it is more than a bound")
    unit: Text = states("of the bound")
    interval: Duration = states("how often it is measured")
    count: Count = states("how many times")
    failure_limit: Count = states("failures that are allowed")
    tolerance: Number = states("declared slack in an early stage")
    dry_run: Flag = states("a dry-run gate is no gate")
    template: Text = states("the template it comes from")


class Stage(Record):
    """One stage; order in the list is the order in time."""

    id: Id = states("order in the list is the order in time")
    kind: Literal["shadow", "canary", "ab_test", "interleaving", "blue_green", "full"] | None = states("what it does")
    traffic: Fraction = states("live traffic at the end of the stage; shadow = 0")
    mirror: Fraction = states("mirrored traffic")
    steps: list[TrafficStep] = items("inside one stage")
    duration: Duration = states("how long it lasts")
    pause: Literal["timed", "manual", "none"] | None = states("what ends it")
    experiment: Annotated[Text, Ref("experiments")] = states("for kind ab_test")
    gates: list[Gate] = items("what must hold to go on")


class GateTemplate(Record):
    """Reusable gates."""

    name: Text = states("how stages name it")
    scope: Literal["namespace", "cluster"] | None = states("where it is known")
    gates: list[Gate] = items("the gates")


class Trigger(Bound):
    """What sends traffic back; it fires where the bound is broken."""

    metric: MetricRef = states("the metric that is watched")
    manual: Flag = states("a person decides")
    effect: Number = states("the change that must be seen")


class Rollback(Record):
    """The way back."""

    triggers: list[Trigger] = items("what starts it")
    procedure: Annotated[Text, Location(text=True)] = states("how it is done")
    target_version: Version = states("where it leads")
    owner: Contact = states("who does it")
    max_time: Duration = states("how long it may take")
    automatic: Flag = states("nobody has to decide")


class Rollout(Record):
    """The section `rollout`."""

    stages: list[Stage] = items("in order of time")
    templates: list[GateTemplate] = items("reusable gates")
    holdout: Fraction = states("share that never gets the model; ends traffic below 1")
    rollback: Rollback | None = states("the way back")
    kill_switch: Text = states("for on-device: remote flag")
    tool: Text = states("what moves the traffic")
