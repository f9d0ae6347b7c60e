"""Run configurations of ZenML: a small model card, the parameters of a pipeline and of its steps."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._kubernetes import value_at
from mlgov.formats._quantities import text_of
from mlgov.formats._steering import steering
from mlgov.lifecycle.fact import Fact

NAME = "zenml"
PATHS = ("*.yaml", "*.yml")
MARKERS = (b"enable_cache", b"enable_artifact", b"enable_step_logs", b"settings:", b"run_name:", b"steps:", b"build:")
ROLE = "anchor"
_OWN = frozenset(
    "enable_cache enable_artifact_metadata enable_artifact_visualization enable_step_logs enable_pipeline_logs "
    "enable_heartbeat run_name build".split()
)
_STAGES = ("none", "staging", "production", "latest", "archived")
_TEXTS = {"name": "project.name", "license": "project.license.weights", "description": "project.description",
          "use_cases": "project.intended_use"}  # fmt: skip


def recognise(artifact: Artifact) -> Claim | None:
    """A named model and a key of ZenML alone; without a model, settings of its Docker build or orchestrator."""
    data = artifact.data
    if not isinstance(data, dict) or "apiVersion" in data:
        return None
    settings = data.get("settings")
    is_named = text_of(value_at(data, "model", "name")) is not None
    if is_named and (
        any(data.get(key) is not None for key in _OWN) or isinstance(settings, dict) or _are_steps(data.get("steps"))
    ):
        return Claim(detail="with a model")
    is_set = isinstance(settings, dict) and isinstance(value_at(settings, "docker", "required_integrations"), list)
    return Claim() if is_set else None


def _are_steps(steps: Any) -> bool:
    keys = ("parameters", "settings", "enable_cache", "outputs", "config")
    return isinstance(steps, dict) and any(isinstance(s, dict) and s.keys() & set(keys) for s in steps.values())


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Tool, what the model says about itself, and the parameters."""
    data = artifact.data
    yield Fact("training.pipeline.tool", "zenml", artifact.at())
    if isinstance(data.get("model"), dict):
        yield from _model(data["model"], artifact.at("model"))
    yield from steering(data.get("parameters"), artifact.at("parameters"))
    steps = data.get("steps")
    of_steps = (
        {str(name): step.get("parameters") for name, step in steps.items() if isinstance(step, dict)}
        if isinstance(steps, dict)
        else {}
    )
    for name, parameters in of_steps.items():
        yield from steering(parameters, artifact.at("steps", name, "parameters"))


def _model(model: dict[str, Any], where: Origin) -> Iterator[Fact]:
    for key, path in _TEXTS.items():
        if (said := text_of(model.get(key))) and not is_placeholder(said):
            yield Fact(path, said, where.at(key))
    version = text_of(model.get("version"))
    if version and version.lower() not in _STAGES:
        yield Fact("project.version", version, where.at("version"))
    if (limits := text_of(model.get("limitations"))) and not is_placeholder(limits):
        yield Fact("evaluation.limitations[]", {"statement": limits}, where.at("limitations"))
    for key, section in (("trade_offs", "caveats"), ("ethics", "ethics")):
        if (said := text_of(model.get(key))) and not is_placeholder(said):
            yield Fact("project.card.sections[]", section, where.at(key))
