"""Amazon SageMaker model cards: the plain document, the answer of the API, and the CloudFormation resource."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw, read_json
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._draft import flaw_at, identifier
from mlgov.formats._hyperparameters import hyperparameter
from mlgov.formats._metric_words import known
from mlgov.formats._performance import value_of
from mlgov.formats._quantities import text_of
from mlgov.formats._results import Said, result
from mlgov.lifecycle.fact import Fact

NAME = "sagemaker-card"
PATHS = ("*.json", "*.yaml", "*.yml")
MARKERS = (b"intended_uses", b"business_details", b"evaluation_details", b"ModelCardName", b"AWS::SageMaker::ModelCard")
ROLE = "anchor"
_KEYS = frozenset("model_overview intended_uses business_details training_details evaluation_details additional_information "
                  "model_package_details".split())  # fmt: skip
_TEXTS = {
    "project.description": ("model_overview", "model_description"),
    "team.ownership.model": ("model_overview", "model_owner"),
    "framing.task": ("model_overview", "problem_type"),
    "training.architecture.name": ("model_overview", "algorithm_type"),
    "problem.business_goal": ("business_details", "business_problem"),
    "problem.business_context": ("business_details", "line_of_business"),
    "problem.statement": ("intended_uses", "purpose_of_model"),
    "project.intended_use": ("intended_uses", "intended_uses"),
}
_SECTIONS: dict[str, tuple[str, ...]] = {"details": ("model_overview",), "intended_use": ("intended_uses",), "training_data": ("training_details",),
             "quantitative": ("evaluation_details",), "ethics": ("additional_information", "ethical_considerations"),
             "caveats": ("additional_information", "caveats_and_recommendations"),
             "factors": ("intended_uses", "factors_affecting_model_efficiency")}  # fmt: skip
_TIERS = {"low": "low", "medium": "medium", "high": "high"}
_OUTCOMES = {"Approved": "approved", "Draft": "pending", "PendingReview": "pending"}


class Part:
    """A part of a card. pascal: its keys are written as in CloudFormation. inside: it is a text in another document."""

    def __init__(self, data: Any, where: Origin, pascal: bool = False, inside: bool = False) -> None:
        self.data, self.where, self.pascal, self.inside = data, where, pascal, inside

    def get(self, *steps: str | int) -> "Part":
        """The part at the end of the steps; its data is None where nothing stands there."""
        data, where = self.data, self.where
        for step in steps:
            key = (
                "".join(word.capitalize() for word in step.split("_"))
                if self.pascal and isinstance(step, str)
                else step
            )
            found = isinstance(data, dict) and key in data or isinstance(data, list) and isinstance(key, int)
            data = data[key] if found else None
            where = where if self.inside else where.at(key)
        return Part(data, where, self.pascal, self.inside)

    def rows(self) -> "Iterator[Part]":
        """The entries of a list."""
        return (self.get(at) for at in range(len(self.data) if isinstance(self.data, list) else 0))

    @property
    def text(self) -> str | None:
        """The text, if it is filled in."""
        found = text_of(self.data)
        return None if found is None or is_placeholder(found) else found


def recognise(artifact: Artifact) -> Claim | None:
    """By its keys: no others than a card has and at least two of them, a wrapper with a name and content, or a resource."""
    data = artifact.data
    if not isinstance(data, dict):
        return None
    if len(_KEYS & data.keys()) > 1 and not data.keys() - _KEYS:
        return Claim("", "document")
    if "ModelCardName" in data and "Content" in data:
        return Claim("", "API")
    return Claim("", "CloudFormation") if any(True for _ in _resources(data)) else None


def _resources(data: dict[str, Any]) -> Iterator[str]:
    found = data.get("Resources")
    for name, resource in found.items() if isinstance(found, dict) else ():
        if isinstance(resource, dict) and resource.get("Type") == "AWS::SageMaker::ModelCard":
            yield str(name)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Every card of the file; only a single one speaks about the project as a whole."""
    yield Fact("project.card.file", "/" + artifact.path, artifact.at())
    if "ModelCardName" in artifact.data:
        yield from _wrapped(artifact, Part(artifact.data, artifact.at()))
    elif _KEYS & artifact.data.keys():
        yield from _card(Part(artifact.data, artifact.at()))
    else:
        for name in list(_resources(artifact.data))[:1]:
            resource = Part(artifact.data, artifact.at()).get("Resources", name, "Properties")
            yield from _wrapped(artifact, resource)


def _wrapped(artifact: Artifact, outer: Part) -> Iterator[Fact | Flaw]:
    if name := outer.get("ModelCardName").text:
        yield Fact("project.name", name, outer.get("ModelCardName").where)
    outcome = _OUTCOMES.get(str(outer.get("ModelCardStatus").text))
    if outcome:
        value = {"of": "release", "outcome": outcome}
        status = outer.get("ModelCardStatus").where
        yield Fact("process.approvals[]", value, status, parts={"outcome": status, "of": status})
    content = outer.get("Content")
    if isinstance(content.data, str):
        documents = read_json(content.data.encode()).documents
        if not documents or not isinstance(documents[0].data, dict):
            yield flaw_at(artifact, content.where, "Content is not a JSON document in a text")
            return
        yield from _card(Part(documents[0].data, content.where, inside=True))
    elif isinstance(content.data, dict):
        pascal = not _KEYS & content.data.keys()
        yield from _card(Part(content.data, content.where, pascal=pascal))


def _card(card: Part) -> Iterator[Fact]:
    for path, way in _TEXTS.items():
        if text := card.get(*way).text:
            yield Fact(path, text, card.get(*way).where)
    for section, steps in _SECTIONS.items():
        if card.get(*steps).data:
            yield Fact("project.card.sections[]", section, card.get(*steps).where)
    tier = _TIERS.get(str(card.get("intended_uses", "risk_rating").text).lower())
    if tier:
        yield Fact("project.risk_tier", tier, card.get("intended_uses", "risk_rating").where)
    stakeholders = card.get("business_details", "business_stakeholders")
    for name in re.split(r"\s*[,;\n]\s*", stakeholders.text or ""):
        if name:
            yield Fact("problem.stakeholders[]", name, stakeholders.where)
    caveats = card.get("additional_information", "caveats_and_recommendations")
    if caveats.text:
        yield Fact(
            "evaluation.limitations[]", {"statement": caveats.text}, caveats.where, parts={"statement": caveats.where}
        )
    yield from _training(card.get("training_details"))
    for evaluation in card.get("evaluation_details").rows():
        yield from _evaluation(evaluation)


def _training(training: Part) -> Iterator[Fact]:
    function = training.get("objective_function", "function")
    goal, facet = function.get("function"), function.get("facet")
    if goal.text and facet.text:
        yield Fact("framing.ml_objective", f"{goal.text} {facet.text}", goal.where)
        direction = {"Maximize": "maximize", "Minimize": "minimize"}.get(goal.text)
        if direction and (meant := known(facet.text)) and facet.text != "Loss":
            value = {"id": meant.base, "direction": direction}
            yield Fact("metrics[]", value, facet.where, parts={"direction": goal.where, "id": facet.where})
    job = training.get("training_job_details")
    for row in job.get("hyper_parameters").rows():
        name, value_ = row.get("name").text, row.get("value").text
        if name and value_ and (plain := hyperparameter(name)):
            yield Fact(f"training.hyperparameters.{plain}", value_, row.get("value").where)
    for row in job.get("training_metrics").rows():
        yield from _result(row, {"split": Said("train", row.where)})


def _evaluation(evaluation: Part) -> Iterator[Fact]:
    """One evaluation; its data set is told only where there is one."""
    datasets = [row for row in evaluation.get("datasets").rows() if row.text]
    context: dict[str, Said] = {}
    if len(datasets) == 1:
        context["dataset"] = Said(datasets[0].text, datasets[0].where)
        named = str(datasets[0].text)
        value = {"id": identifier(named), "aliases": [named], **({"location": named} if "://" in named else {})}
        yield Fact("data.datasets[]", value, datasets[0].where, parts=dict.fromkeys(value, datasets[0].where))
    for group in evaluation.get("metric_groups").rows():
        for row in group.get("metric_data").rows():
            if row.get("type").text in ("number", None):
                yield from _result(row, context)


def _result(row: Part, context: dict[str, Said]) -> Iterator[Fact]:
    name, value = row.get("name").text, value_of(row.get("value").data)
    if name and value is not None:
        metric = {"metric": Said(name, row.get("name").where)}
        yield result(name, Said(value, row.get("value").where), {**context, **metric}, "declared")
