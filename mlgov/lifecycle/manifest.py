"""One ML product, told in eighteen sections: what `mlgov.yaml` may hold."""

from typing import Any, Literal

from mlgov.lifecycle.baselines import Baseline
from mlgov.lifecycle.data import Data
from mlgov.lifecycle.evaluation import Evaluation
from mlgov.lifecycle.experiments import Experiment
from mlgov.lifecycle.feedback import Feedback
from mlgov.lifecycle.fields import items, states
from mlgov.lifecycle.framing import Framing
from mlgov.lifecycle.identity import Identity
from mlgov.lifecycle.json_schema import published
from mlgov.lifecycle.metrics import Metric
from mlgov.lifecycle.monitoring import Monitoring
from mlgov.lifecycle.plan import Plan
from mlgov.lifecycle.problem import Problem
from mlgov.lifecycle.process import Process
from mlgov.lifecycle.product import Product
from mlgov.lifecycle.record import Record
from mlgov.lifecycle.risks import Risk
from mlgov.lifecycle.rollout import Rollout
from mlgov.lifecycle.serving import Serving
from mlgov.lifecycle.team import Team
from mlgov.lifecycle.training import Training


class Manifest(Record):
    """The eighteen sections of one project."""

    api_version: Literal["mlgov/v1"] | None = states("the version of this format", alias="apiVersion")
    project: Identity | None = states("who this is about")
    problem: Problem | None = states("what is wanted and why")
    framing: Framing | None = states("the business goal as an ML task")
    metrics: list[Metric] = items("every metric that decides anything, defined once")
    data: Data | None = states("sources, data sets, columns, features, labels, splits, privacy")
    training: Training | None = states("how the model is made and chosen")
    baselines: list[Baseline] = items("what the model has to beat")
    evaluation: Evaluation | None = states("offline evidence")
    experiments: list[Experiment] = items("online experiments: plan first, result later")
    serving: Serving | None = states("how predictions reach users")
    rollout: Rollout | None = states("shadow, canary, A/B stages with gates, and the way back")
    monitoring: Monitoring | None = states("what is watched in production, who is called, and when")
    feedback: Feedback | None = states("how use comes back into the model")
    product: Product | None = states("what users meet")
    team: Team | None = states("who does and who owns what")
    plan: Plan | None = states("tasks with success probabilities, milestones, dependencies")
    risks: list[Risk] = items("known risks")
    process: Process | None = states("process questions, decisions, approvals and reviews")

    def empty(self, section: str) -> Record:
        """The record of a section in which nothing is stated."""
        return _EMPTY[section]()


SECTIONS: tuple[str, ...] = tuple(Manifest.model_fields)[1:]
_EMPTY: dict[str, type[Record]] = {
    "project": Identity,
    "problem": Problem,
    "framing": Framing,
    "data": Data,
    "training": Training,
    "evaluation": Evaluation,
    "serving": Serving,
    "rollout": Rollout,
    "monitoring": Monitoring,
    "feedback": Feedback,
    "product": Product,
    "team": Team,
    "plan": Plan,
    "process": Process,
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `mlgov.yaml`, for editors and other tools."""
    return published(Manifest.model_json_schema())
