"""The circumstances of a problem: fit, impact, feasibility, constraints, scale and the cost of errors."""

from typing import Annotated, Literal

from mlgov.lifecycle.fields import (
    Bytes,
    Consequence,
    Count,
    Date,
    Flag,
    Fraction,
    MetricRef,
    Number,
    Shorthand,
    Text,
    Texts,
    items,
    states,
)
from mlgov.lifecycle.record import Amount, Answer, Money, Record, Replied, Sourced


class Degree(Answer):
    """An answer that says how much."""

    answer: Literal["low", "medium", "high", "unknown"] | None = states("low, medium, high or unknown")


class Ease(Answer):
    """An answer that says how hard it is."""

    answer: Literal["easy", "medium", "hard", "unknown"] | None = states("easy, medium, hard or unknown")


class LabelCost(Money):
    """Money per item, or an answer in words."""

    answer: Literal["easy", "medium", "hard", "low", "high", "yes", "no", "partly", "unknown"] | None = states(
        "where no amount is known"
    )
    reason: Text = states("why")
    mitigation: Text = states("what is done about it")


class Harm(Money):
    """What an error costs: money, or a level of severity."""

    severity: Consequence | None = states("where it cannot be told in money")


class MlFit(Record):
    """Whether the problem suits machine learning."""

    pattern: Replied = states("a pattern exists")
    objective_function: Replied = states("an objective function can be written")
    complexity: Annotated[Degree | None, Shorthand("answer")] = states("low = probably a rule is enough")
    data_exists: Replied = states("data exist or can be collected")
    repetition: Replied = states("people do it again and again")


class ExpectedEffect(Sourced):
    """The effect promised to the organisation."""

    metric: MetricRef = states("the metric that will move")
    value: Number = states("amount of improvement, in the metric's own direction")
    type: Literal["absolute", "relative"] | None = states("in the unit of the metric, or a share of it")


class Impact(Record):
    """What the product brings."""

    economic: Amount = states("benefit per year")
    expected_effect: ExpectedEffect | None = states("the effect promised to the organisation")
    product_need: Text = states("what the product needs")
    automates: Text = states("which repetitive work it replaces")


class Feasibility(Record):
    """Whether it can be done."""

    data_access: Annotated[Ease | None, Shorthand("answer")] = states("how easily data are reached")
    label_cost: Annotated[LabelCost | None, Shorthand("answer")] = states("cost of one label")
    data_needed: Count = states("rows")
    data_quality: Replied = states("trust in the data; may carry min agreement")
    accuracy_need: Replied = states("how much accuracy matters")
    precedents: Texts = items("similar successes")
    human_solvable: Replied = states("can a person do it")


class Readiness(Record):
    """Whether the organisation is ready for it."""

    data_collection: Replied = states("a product that collects data properly exists")
    staff: Replied = states("the people exist")


class Compute(Record):
    """The machines that are available."""

    gpus: Count = states("how many")
    gpu_type: Text = states("which")
    memory: Bytes = states("memory")
    words: Text = states("told in words")


class Constraints(Record):
    """Platform, compute, budget and time."""

    platform: Literal["cloud", "on_device", "hybrid", "none"] | None = states(
        "none = offline analysis, turns serving rules off"
    )
    compute: Annotated[Compute | None, Shorthand("words")] = states("what is available")
    budget: Amount = states("for the first year unless `per` is given")
    deadline: Date = states("until when")
    realtime: Flag = states("an answer is awaited")
    priority: Literal["accuracy", "latency", "balanced"] | None = states("what wins in a trade-off")
    prediction_frequency: Text = states("how often a prediction is needed")


class Scale(Record):
    """How much it has to serve."""

    users: Count = states("people or accounts served")
    daily_units: Count = states("requests or new eligible units per day")
    peak_rate: Number = states("demand at the peak, per second; default 3 x mean")
    items: Count = states("amount of content, for ranking and search")


class RunningCost(Record):
    """What it costs to keep."""

    maintenance: Amount = states("per year")


class ErrorCost(Record):
    """What a wrong prediction costs."""

    false_positive: Annotated[Harm | None, Shorthand("severity")] = states("money or severity")
    false_negative: Annotated[Harm | None, Shorthand("severity")] = states("money or severity")


class Failure(Record):
    """The worst plausible harm of a wrong prediction."""

    consequence: Consequence | None = states("worst plausible harm of a wrong prediction")
    description: Text = states("what happens")
    rate_max: Fraction = states("claimed highest failure rate")
