"""What is wanted and why: goals, requirements and alternatives, before any model."""

from typing import Annotated, Literal

from mlgov.lifecycle.context import (
    Constraints,
    ErrorCost,
    Failure,
    Feasibility,
    Impact,
    MlFit,
    Readiness,
    RunningCost,
    Scale,
)
from mlgov.lifecycle.fields import (
    BaselineRef,
    Contact,
    Contacts,
    Date,
    Id,
    Location,
    MetricRef,
    PathOrUrl,
    Text,
    Texts,
    items,
    states,
)
from mlgov.lifecycle.record import Bound, Record


class Hypothesis(Record):
    """A statement that a measurement can refute."""

    id: Id = states("names the hypothesis")
    statement: Text = states("what is expected")
    metric: MetricRef = states("the metric that decides")


class Objective(Record):
    """A measurable step towards the goal."""

    id: Id = states("measurable step towards the goal")
    statement: Text = states("the step in words")
    metric: MetricRef = states("the metric that measures it")
    target: Bound | None = states("in the unit of the metric")
    due: Date = states("until when")


class Acceptance(Bound):
    """The number that decides whether a requirement is met."""

    metric: MetricRef = states("the metric that is measured")
    percentile: Text = states("the percentile, where the metric has one, e.g. p95")
    slice: Text = states("the part of the data; absent = all")


class Requirement(Record):
    """What the product must do, with the number, test or review that verifies it."""

    id: Id = states("cited elsewhere by id")
    kind: Literal["functional", "non_functional", "regulatory"] | None = states(
        "what it does, how well, or what a law asks for"
    )
    statement: Text = states("the requirement in words")
    acceptance: Acceptance | None = states(
        "the number that decides; any result or gate on that metric is compared with it"
    )
    verification: Literal["metric", "test", "review"] | None = states(
        "metric is implied by acceptance; review suits what has no number"
    )
    priority: Literal["must", "should", "could", "wont"] | None = states("MoSCoW")


class Alternative(Record):
    """Another way than machine learning."""

    id: Id = states("names the alternative")
    kind: Literal["rule", "statistics", "existing_system", "buy", "manual", "none"] | None = states("what sort it is")
    description: Text = states("how it would work")
    baseline: BaselineRef = states("the baseline that measures it")
    why_not: Text = states("why it was not taken")


class EthicsReview(Record):
    """The outcome of the ethics review."""

    outcome: Literal["pass", "conditional", "fail"] | None = states("what was decided")
    reviewer: Contact = states("who reviewed")
    date: Date = states("when")
    conditions: Texts = items("what must be done first")


class Problem(Record):
    """The section `problem`: what is wanted and why."""

    document: PathOrUrl = states("the PRD or design document, if there is one")
    business_goal: Annotated[Text, Location(path=False, text=True)] = states("the large purpose, in business words")
    business_context: Text = states("which service and value the organisation offers")
    statement: Text = states("the problem, specific and quantified")
    why: Text = states("why it matters (not how it will be solved)")
    situation: Text = states("what is happening now")
    difficulty: Text = states("what is hard about it")
    hypotheses: list[Hypothesis] = items("falsifiable hypotheses")
    objectives: list[Objective] = items("measurable steps towards the goal")
    users: Texts = items("who uses the output")
    stakeholders: Contacts = items("who must agree and be told")
    use_cases: Texts = items("what it will be used for")
    non_goals: Texts = items("what it will not do")
    assumptions: Texts = items("what is taken for granted")
    requirements: list[Requirement] = items("what the product must do")
    alternatives: list[Alternative] = items("other ways than ML; a measured one points at a baseline")
    why_ml: Text = states("what the alternatives cannot do")
    ml_fit: MlFit | None = states("whether the problem suits machine learning")
    ethics_review: EthicsReview | None = states("the outcome of the ethics review")
    impact: Impact | None = states("what it brings")
    feasibility: Feasibility | None = states("whether it can be done")
    readiness: Readiness | None = states("whether the organisation is ready")
    constraints: Constraints | None = states("platform, compute, budget and time")
    scale: Scale | None = states("how much it has to serve")
    cost: RunningCost | None = states("what it costs to keep")
    error_cost: ErrorCost | None = states("what a wrong prediction costs")
    failure: Failure | None = states("the worst plausible harm")
