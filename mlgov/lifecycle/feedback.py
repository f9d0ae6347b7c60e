"""How use comes back into the model."""

from typing import Annotated, Literal

from mlgov.lifecycle.fields import (
    Contact,
    Duration,
    Flag,
    Fraction,
    Id,
    MetricRef,
    Number,
    OneOrMore,
    Ref,
    Section,
    SignalRef,
    Text,
    Texts,
    items,
    states,
)
from mlgov.lifecycle.record import Record

ChannelType = Literal[
    "indirect_implicit",
    "direct_implicit",
    "binary_explicit",
    "categorical_explicit",
    "free_text",
    "model_correction",
]
Use = Literal["labels", "evaluation", "monitoring", "product", "prioritisation"]


class Channel(Record):
    """One way in which users say something."""

    id: Id = states("names the channel")
    type: ChannelType | None = states("the six FSDL levels")
    event: Text = states("logged event")
    logged: Flag = states("it is kept")
    use: OneOrMore[Use] = items("what it is used for")
    expected_rate: Fraction = states("share of users or predictions that give it")
    period: Duration = states("period of the volume; default 7d")
    user_value: Text = states("what the user gains")
    turnaround: Duration = states("until the user can see the effect")
    owner: Contact = states("who reads it")
    target_stage: Section | None = states("which stage it improves")


class LabelFeedback(Record):
    """Ground truth arriving in production."""

    source: Text = states("where labels come from")
    events: Texts = items("logged events")
    delay: Duration = states("how late they come")
    coverage: Fraction = states("share of predictions that get one")
    join_key: Text = states("column that joins them")


class RetrainingTrigger(Record):
    """What starts a new training."""

    kind: Literal["schedule", "drift", "quality", "data_volume", "manual"] | None = states("what starts it")
    signal: SignalRef = states("the signal it watches")
    above: Number = states("starts above")
    below: Number = states("starts below")


class Retraining(Record):
    """When and how the model is trained again."""

    triggers: list[RetrainingTrigger] = items("what starts it")
    cadence: Duration = states("how often")
    staleness_limit: Duration = states("how old a model may get")
    gate: Annotated[Text, Ref("evaluation.acceptance", ("manual",))] = states("a release criterion, or manual")
    auto_deploy: Flag = states("goes live without a person")


class Flywheel(Record):
    """How more use makes a better product."""

    metric: MetricRef = states("the metric that grows")
    growth: Text = states("how fast")


class LoopRisk(Record):
    """A way in which the model distorts what it learns from."""

    description: Text = states("self-fulfilling predictions, selection bias")
    mitigation: Text = states("what is done about it")


class Incidents(Record):
    """What happens when something went wrong."""

    process: Text = states("what is done")
    contact: Contact = states("whom to tell")
    severities: Texts = items("the levels in use")


class Feedback(Record):
    """The section `feedback`."""

    channels: list[Channel] = items("ways in which users say something")
    labels: LabelFeedback | None = states("ground truth arriving in production")
    retraining: Retraining | None = states("when it is trained again")
    flywheel: Flywheel | None = states("data flywheel of software-2.0 products")
    loop_risks: list[LoopRisk] = items("self-fulfilling predictions, selection bias")
    incidents: Incidents | None = states("what happens when something went wrong")
