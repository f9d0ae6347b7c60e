"""The process questions, decisions, approvals and reviews."""

from typing import Literal

from mlgov.lifecycle.fields import (
    Contact,
    Date,
    Duration,
    FilePath,
    Mapped,
    PathOrUrl,
    PathsOrUrls,
    Section,
    Text,
    Texts,
    Version,
    items,
    maps,
    states,
)
from mlgov.lifecycle.record import Record


class Question(Record):
    """The answer to one question about how the team works."""

    answer: Text = states("the answer in words")
    reference: PathOrUrl = states("where it is answered")
    items_: Texts = items("the answer as a list", alias="items")


class Escalation(Record):
    """Whom to ask."""

    channel: Text = states("where")
    contact: Contact = states("whom")


class Decision(Record):
    """One decision record."""

    file: FilePath = states("the record")
    status: Text = states("proposed, accepted, superseded ...")
    date: Date = states("when")
    decision: Text = states("what was decided")


class Criterion(Record):
    """A criterion that an approval went through."""

    id: Text = states("id of evaluation.acceptance, or a text")
    status: Literal["passed", "failed"] | None = states("what came out")


class CriterionException(Record):
    """A criterion that was waived by name."""

    criterion: Text = states("which criterion")
    reason: Text = states("why")
    owner: Contact = states("who answers for it")


class Approval(Record):
    """Who approved what, and when."""

    of: Literal[Section, "release"] | None = states("what was approved")
    version: Version = states("which version of it")
    by: Contact = states("not the author")
    on: Date = states("when")
    outcome: Literal["approved", "rejected", "pending"] | None = states("what was decided")
    criteria: list[Criterion] = items("what was looked at")
    exceptions: list[CriterionException] = items("what was waived by name")


class Review(Record):
    """When something was last looked at."""

    of: Text = states("section name or path")
    last_reviewed: Date = states("when")
    interval: Duration = states("how often it is due")


class DeclaredChange(Record):
    """A declared reason for a loosened threshold."""

    path_: Text = states("what was changed", alias="path")
    reason: Text = states("why")
    approved_by: Contact = states("who agreed")
    date: Date = states("when")


class Process(Record):
    """The section `process`."""

    questions: Mapped[Question] = maps(
        "core: data_generation, data_validation, modify_feature, customize_pipeline, change_architecture, "
        "test_examples, quality_metrics, launch, detect_problem, upstream, sql_location; others: alt_dataset, "
        "add_test_set, adhoc_prediction, batch_predict, compute_metrics, new_pipeline, serving_diagram"
    )
    docs: PathsOrUrls = items("documents about the process")
    tools: Texts = items("compared with the dependency files")
    infrastructure: Text = states("what it runs on")
    escalation: Escalation | None = states("whom to ask")
    review_criteria: Texts = items("criteria text only, never names or scores")
    education: PathsOrUrls = items("primers shared with leadership")
    decisions: list[Decision] = items("decision records")
    approvals: list[Approval] = items("who approved what")
    reviews: list[Review] = items("when something was last looked at")
    changes: list[DeclaredChange] = items("declared reason for a loosened threshold")
