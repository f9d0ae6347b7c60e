"""Faults of the team, its plan and its process, and of what users meet."""

from mlgov.mutations.edits import change, drop, every, put
from mlgov.mutations.mutation import Mutation

MUTATIONS = (
    Mutation("drop-ownership", "a model that nobody owns", "ORG002", drop("team.ownership.model")),
    Mutation("stranger-holds-role", "a role held by somebody who is nowhere", "ORG201",
             change("team.roles[role=reviewer].holders", lambda _: ["mallory"])),
    Mutation("deliverable-missing", "a deliverable that is not there", "ORG202",
             put("team.roles[role=mlops].deliverables", ["docs/handover.md"])),
    Mutation("promise-too-much", "a milestone that its tasks do not support", "ORG102",
             put("plan.milestones[confidence].confidence", "0.99")),
    Mutation("plan-backwards", "a task that begins before what it needs ends", "ORG205",
             put("plan.tasks[kind=training].start", "2026-10-01")),
    Mutation("nobody-on-call", "nobody who is called", "ORG004", drop("monitoring.on_call")),
    Mutation("no-second-approach", "a risky task with one approach", "ORG007", drop("plan.tasks[approaches].approaches")),
    Mutation("hide-limitation", "a limitation that users are not told", "UXD001", drop("product.disclosed_limitations")),
    Mutation("drop-failure-path", "nothing designed for when the model fails", "UXD002", drop("product.failure_path")),
    Mutation("no-feedback-channel", "no way for users to say that something is wrong", "UXD003", drop("feedback.channels")),
    Mutation("act-alone", "a product that acts where people are to decide", "UXD102", put("product.automation_level", "act")),
    Mutation("cut-feedback", "feedback that does not reach its use", "UXD203",
             put("feedback.channels[event].event", "applause")),
    Mutation("show-other-threshold", "a confidence threshold that nobody evaluated", "UXD204", put("product.confidence_threshold", "0.9")),
    Mutation("no-user-control", "no way to correct an output", "UXD005", every(drop("product.user_correction"), drop("product.confidence_threshold"))),
)  # fmt: skip
