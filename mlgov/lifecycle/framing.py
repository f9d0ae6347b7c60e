"""The business goal as a task for machine learning."""

from typing import Annotated, Literal

from mlgov.lifecycle.fields import Contact, Duration, Mapped, Range, Ref, Share, Text, Texts, items, maps, states
from mlgov.lifecycle.record import Record


class MlAlternative(Record):
    """Another ML objective that was considered."""

    statement: Text = states("the objective")
    why_not: Text = states("why it was not taken")


class Output(Record):
    """What the model returns."""

    type: Literal["binary", "multiclass", "multilabel", "continuous", "ranking", "sequence", "structured"] | None = (
        states("scikit-learn target types, plus ranking, sequence, structured")
    )
    range: Range = items("[low, high]")
    classes: Texts = items("the classes, where there are some")
    positive_class: Text = states("the class that metrics count as positive")


class MultiObjective(Record):
    """The overall evaluation criterion where several metrics are primary."""

    rule: Literal["weighted_sum", "lexicographic", "constraint", "pareto"] | None = states("how they are combined")
    weights: Annotated[Mapped[Share], Ref("metrics")] = maps("weight of each metric")
    order: Annotated[Texts, Ref("metrics")] = items("which metric comes first")
    decider: Contact = states("who decides a trade-off")


class Framing(Record):
    """The section `framing`: the business goal as an ML task."""

    ml_objective: Text = states("what the model learns to do")
    serves: Annotated[Texts, Ref("problem.objectives")] = items("the link goal -> ML objective")
    alternatives: list[MlAlternative] = items("other ML objectives considered")
    task: Text = states("Hugging Face task id, e.g. tabular-classification")
    learning_type: (
        Literal["supervised", "unsupervised", "reinforcement-learning", "semi-supervised", "self-supervised"] | None
    ) = states("CycloneDX values")
    inputs: Texts = items("what goes in, in words; columns are in training.signature")
    output: Output | None = states("what comes out")
    unit_of_prediction: Text = states("e.g. account-month")
    prediction_horizon: Duration = states("how far ahead the label lies")
    decision: Text = states("what is done with the output")
    multi_objective: MultiObjective | None = states(
        "the overall evaluation criterion (Kohavi) when several metrics are primary"
    )
