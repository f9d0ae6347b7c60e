"""Tasks with probabilities of success, milestones and dependencies."""

from typing import Annotated, Any, Literal

from mlgov.lifecycle.fields import (
    NUMERIC,
    Contact,
    Contacts,
    Date,
    Duration,
    Flag,
    Fraction,
    Id,
    MetricRefs,
    PathOrUrl,
    Ref,
    TaskRefs,
    Text,
    Url,
    Written,
    items,
    states,
)
from mlgov.lifecycle.record import Record
from mlgov.units import Quantity, fraction

TaskKind = Literal[
    "exploration",
    "data",
    "labelling",
    "training",
    "evaluation",
    "productionize",
    "launch",
    "other",
]


def _confidence(value: Any) -> Quantity | None:
    """A fraction; the word `committed` is 0.9."""
    if value == "committed":
        return Quantity(0.9, "committed", "fraction")
    return None if value is None else fraction(value)


Confidence = Annotated[Quantity | None, Written(_confidence, NUMERIC)]


class Estimate(Record):
    """How long a task may take."""

    min: Duration = states("at best")
    max: Duration = states("at worst")


class Approach(Record):
    """One way to do a task."""

    id: Id = states("names the approach")
    p_success: Fraction = states("probability that it works")


class Task(Record):
    """One piece of work."""

    id: Id = states("names the task")
    kind: TaskKind | None = states("what sort of work")
    objective: Annotated[Text, Ref("problem.objectives")] = states("what it serves")
    owner: Contact = states("who answers for it")
    assignees: Contacts = items("who does it")
    start: Date = states("first day")
    end: Date = states("last day")
    p_success: Fraction = states("in (0, 1]")
    estimate: Estimate | None = states("how long it may take")
    approaches: list[Approach] = items("combine as 1 - prod(1 - p)")
    requires: TaskRefs = items("what must be done before")
    critical: Flag = states("nothing goes on without it")
    deliverable: PathOrUrl = states("what it hands over")


class Milestone(Record):
    """A day on which something is there."""

    id: Id = states("names the milestone")
    name: Text = states("what is there")
    date: Date = states("when")
    confidence: Confidence = states("committed confidence; word committed = 0.9")
    requires: TaskRefs = items("what must be done before")
    demonstrable: Flag = states("it can be shown")


class Dependency(Record):
    """Something that others have to deliver."""

    kind: Literal["data", "compute", "people", "vendor"] | None = states("what is needed")
    lead_time: Duration = states("how long it takes")
    ready_by: Date = states("when it must be there")


class LeadershipBrief(Record):
    """What leadership is told."""

    document: PathOrUrl = states("where it stands")
    metrics: MetricRefs = items("which metrics it names")
    impact: Text = states("what it will bring")
    caveats: Text = states("what is uncertain")
    timeline_owner: Contact = states("who answers for the dates")


class Plan(Record):
    """The section `plan`."""

    tasks: list[Task] = items("pieces of work")
    milestones: list[Milestone] = items("what is there when")
    dependencies: list[Dependency] = items("what others have to deliver")
    methodology: Literal["crisp_dm", "tdsp", "scrum", "kanban", "other"] | None = states("how work is organised")
    size: Literal["small", "medium", "large"] | None = states("how large the project is")
    tracker: Url = states("where work is tracked")
    leadership_brief: LeadershipBrief | None = states("what leadership is told")
