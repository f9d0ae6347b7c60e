"""KServe: the inference service with its model, its share of canary traffic, and where requests are logged.

A canary here is one state, not a plan: it has no steps, no time and no gate. In the deployment mode without Knative
the old canary percentage has no effect, so that it states nothing.
"""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, flaw_at, identifier, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import Resource, claim_of, resources
from mlgov.formats._model_version import version_of_address, version_of_image, version_of_labels
from mlgov.formats._quantities import count_of, percent, text_of
from mlgov.formats._workload import image_of
from mlgov.lifecycle.fact import Fact

NAME = "kserve"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"serving.kserve.io/", b"serving.kubeflow.org/")
ROLE = "part"
_GROUPS = ("serving.kserve.io", "serving.kubeflow.org")
_FIELDS = {"all": ["request", "response"], "request": ["request"], "response": ["response"]}
_MODES = ("serving.kserve.io/deploymentMode", "serving.kubeflow.org/deploymentMode")


def recognise(artifact: Artifact) -> Claim | None:
    """An InferenceService of either group; graphs, trained models and LLM services are other kinds."""
    found = [claim_of(artifact, group, ("InferenceService",)) for group in _GROUPS]
    return next((claim for claim in found if claim), None)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """What every service of the file serves, and which share its canary gets."""
    for resource in resources(artifact):
        if any(resource.is_a(group, "InferenceService") for group in _GROUPS):
            environment = environment_of(artifact.path, resource.namespace)
            yield from _served(resource, environment)
            yield from _canaries(artifact, resource, environment)


def _served(resource: Resource, environment: str) -> Iterator[Fact]:
    steps = ("spec", "default", "predictor") if resource.get("spec", "default") else ("spec", "predictor")
    predictor, where = resource.mapping(*steps), resource.at(*steps)
    name = text_of(resource.name)
    if name:
        endpoint = Draft(resource.at("metadata", "name"), id=identifier(name), service=name)
        yield endpoint.fact("serving.endpoints[]", environment)
    yield Fact("serving.target", "cloud", resource.at("kind"), "derived", environment=environment)
    yield Fact("serving.mode", "online", resource.at("kind"), "derived", environment=environment)
    if (replicas := count_of(predictor.get("minReplicas"))) is not None:
        yield Fact("serving.replicas", replicas, where.at("minReplicas"), environment=environment)
    versions = [*_versions(predictor, where), *_labelled(resource)]
    yield from (Fact("serving.model_version", text, at, how, {}, environment) for text, at, how in versions)
    yield from _images(predictor, where, environment)
    yield from _logging(predictor.get("logger"), where.at("logger"), environment)


def _versions(predictor: dict[str, Any], where: Origin) -> Iterator[tuple[str, Origin, str]]:
    """The end of `storageUri`, below `model` or, as it was once written, below the name of a framework."""
    for key, value in predictor.items():
        if not isinstance(value, dict):
            continue
        storage = value.get("storage")
        path = storage.get("path") if isinstance(storage, dict) else None
        if (found := version_of_address(value.get("storageUri"))) is not None:
            yield found, where.at(key, "storageUri"), "declared"
        elif (found := version_of_address(path)) is not None:
            yield found, where.at(key, "storage", "path"), "declared"


def _labelled(resource: Resource) -> Iterator[tuple[str, Origin, str]]:
    for said in version_of_labels(resource.labels, resource.at("metadata", "labels")):
        yield said.value, said.origin, "declared"


def _images(predictor: dict[str, Any], where: Origin, environment: str) -> Iterator[Fact]:
    """The image of a predictor that is a container of its own."""
    for at, container in rows(predictor.get("containers")):
        if (image := image_of(container.get("image"))) is not None:
            origin = where.at("containers", at, "image")
            yield Fact("serving.image", image, origin, environment=environment)
            if (tag := version_of_image(image)) is not None:
                yield Fact("serving.model_version", tag, origin, "derived", environment=environment)
            return


def _logging(logger: Any, where: Origin, environment: str) -> Iterator[Fact]:
    if not isinstance(logger, dict):
        return
    if (url := text_of(logger.get("url"))) is not None:
        yield Fact("serving.logging.target", url, where.at("url"), environment=environment)
    if (fields := _FIELDS.get(str(logger.get("mode", "all")))) is not None:
        yield Fact("serving.logging.fields", fields, where.at("mode"), environment=environment)


def _canaries(artifact: Artifact, resource: Resource, environment: str) -> Iterator[Fact | Flaw]:
    name = identifier(resource.name, "service")
    found: list[Draft] = []
    for steps in (("spec", "predictor", "canaryTrafficPercent"), ("spec", "canaryTrafficPercent")):
        weight = resource.get(*steps)
        if weight is not None and not _is_without_knative(resource):
            found.append(_stage(f"{name}-canary", weight, resource.at(*steps), "canary"))
    canaries = resource.get("spec", "canary")
    for at, canary in rows(canaries if isinstance(canaries, list) else []):
        predictor = canary.get("predictor")
        own = identifier(predictor.get("name") if isinstance(predictor, dict) else None, f"canary-{at}")
        weight, where = canary.get("trafficPercent"), resource.at("spec", "canary", at, "trafficPercent")
        kind = "shadow" if count_of(weight) == "0" else "canary"  # 0 is a dark launch
        found.append(_stage(f"{name}-{own}", weight, where, kind))
    for stage in found:
        if "traffic" in stage.values:
            yield stage.fact("rollout.stages[]", environment)
        elif stage.values.pop("written", None):
            yield flaw_at(artifact, stage.where, "the share of canary traffic is no number from 0 to 100")
    if any("traffic" in stage.values for stage in found):
        yield Fact("rollout.tool", NAME, resource.at("kind"), environment=environment)


def _stage(name: str, weight: Any, where: Origin, kind: str) -> Draft:
    traffic = percent(weight)
    return Draft(where, id=name, kind=kind, traffic=traffic, **({} if traffic else {"written": text_of(weight)}))


def _is_without_knative(resource: Resource) -> bool:
    return any(resource.annotations.get(key) in ("RawDeployment", "Standard") for key in _MODES)
