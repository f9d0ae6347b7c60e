"""What the model learns: the label, where it comes from, and who rated by hand."""

from typing import Literal

from mlgov.lifecycle.fields import Count, Number, PathOrUrl, Text, states
from mlgov.lifecycle.record import Amount, Record, Sourced


class Agreement(Sourced):
    """How far raters agree."""

    metric: Text = states("e.g. cohen_kappa")
    value: Number = states("the measured agreement")
    min: Number = states("the least that is accepted")


class ManualLabels(Record):
    """How people rated."""

    guideline: PathOrUrl = states("what raters read")
    raters: Count = states("how many")
    agreement: Agreement | None = states("how far they agree, e.g. cohen_kappa")
    items: Count = states("how many were rated")
    cost_per_item: Amount = states("what one label costs")
    expertise: Text = states("domain knowledge of the raters")
    bias: Text = states("what may sway them")
    privacy: Text = states("what they get to see")


class Labels(Record):
    """What the label is and where it comes from."""

    name: Text = states("name of the label column")
    definition: Text = states("what the label means, with its time window")
    source: Literal["automatic", "manual", "programmatic", "synthetic", "self_supervised"] | None = states(
        "where it comes from"
    )
    event: Text = states("the logged event that becomes the label")
    mapping: Text = states("e.g. like = 1")
    event_time: Text = states("the column that says when")
    ambiguity: Text = states("how uncertain the truth is")
    manual: ManualLabels | None = states("how people rated")
