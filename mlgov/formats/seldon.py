"""Seldon Core: deployments with split and shadow predictors (version 1), models and experiments (version 2)."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import Resource, claim_of, resources, value_at
from mlgov.formats._model_version import version_of_address
from mlgov.formats._quantities import count_of, number_of, percent, shares, text_of
from mlgov.formats._workload import image_of
from mlgov.lifecycle.fact import Fact
from mlgov.units import plain

NAME = "seldon"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"machinelearning.seldon.io/", b"mlops.seldon.io/")
ROLE = "part"
_FIRST, _SECOND = "machinelearning.seldon.io", "mlops.seldon.io"
_FIELDS = {"all": ["request", "response"], "request": ["request"], "response": ["response"]}


def recognise(artifact: Artifact) -> Claim | None:
    """Kinds of either generation; `Experiment` of other groups is something else."""
    first = claim_of(artifact, _FIRST, ("SeldonDeployment",))
    return first or claim_of(artifact, _SECOND, ("Experiment", "Model"))


def read(artifact: Artifact) -> Iterator[Fact]:
    """Stages, experiments and what is served."""
    every = list(resources(artifact))
    arms = [row.get("name") for r in every for _, row in rows(r.get("spec", "candidates"))]
    for resource in every:
        environment = environment_of(artifact.path, resource.namespace)
        if resource.is_a(_FIRST, "SeldonDeployment"):
            yield from _deployment(resource, environment)
        elif resource.is_a(_SECOND, "Experiment"):
            yield from _experiment(resource, every, environment)
        elif resource.is_a(_SECOND, "Model") and resource.name not in arms:
            yield from _model(resource, environment)


def _means(resource: Resource, environment: str) -> Iterator[Fact]:
    yield Fact("rollout.tool", NAME, resource.at("kind"), environment=environment)


def _deployment(resource: Resource, environment: str) -> Iterator[Fact]:
    predictors = list(rows(resource.get("spec", "predictors")))
    live = [(at, p) for at, p in predictors if p.get("shadow") is not True]
    yield from _served(resource, environment)
    for at, predictor in predictors:
        if predictor.get("shadow") is True:
            yield _shadow(resource, at, predictor).fact("rollout.stages[]", environment)
    if len(live) > 1 and all(percent(p.get("traffic")) for _, p in live):
        yield from _split(resource, live, environment)
    if len(predictors) > 1:
        yield from _means(resource, environment)
    if live:
        at, main = max(live, key=lambda row: number_of(row[1].get("traffic")) or 0.0)
        yield from _predictor(main, resource.at("spec", "predictors", at), environment)


def _served(resource: Resource, environment: str) -> Iterator[Fact]:
    if (name := text_of(resource.name)) is not None:
        endpoint = Draft(resource.at("metadata", "name"), id=identifier(name), service=name)
        yield endpoint.fact("serving.endpoints[]", environment)
    yield Fact("serving.target", "cloud", resource.at("kind"), "derived", environment=environment)
    if (replicas := count_of(resource.get("spec", "replicas"))) is not None:
        yield Fact("serving.replicas", replicas, resource.at("spec", "replicas"), environment=environment)


def _shadow(resource: Resource, at: int, predictor: dict[str, Any]) -> Draft:
    where = resource.at("spec", "predictors", at)
    name = f"{identifier(resource.name)}-{identifier(predictor.get('name'), str(at))}"
    stage = Draft(where, id=name, kind="shadow", traffic="0%")
    stage.put("mirror", percent(predictor.get("traffic", 100)), where.at("traffic"))
    return stage


def _split(resource: Resource, live: list[tuple[int, dict[str, Any]]], environment: str) -> Iterator[Fact]:
    """Two predictors that share the traffic are an A/B test; all but the largest share is the stage's traffic."""
    name, where = identifier(resource.name), resource.at("spec", "predictors")
    plan = Draft(where, id=name)
    for at, predictor in live:
        arm = Draft(where.at(at), id=identifier(predictor.get("name"), f"arm-{at}"))
        arm.put("allocation", percent(predictor.get("traffic")), where.at(at, "traffic"))
        version = version_of_address(value_at(predictor, "graph", "modelUri"))
        arm.put("model_version", version, where.at(at, "graph", "modelUri"))
        plan.add("arms", arm)
    weights = sorted(number_of(p.get("traffic")) or 0.0 for _, p in live)
    traffic = percent(plain(sum(weights[:-1])))
    yield plan.fact("experiments[]", environment)
    yield Draft(where, id=f"{name}-split", kind="ab_test", traffic=traffic, experiment=name).fact(
        "rollout.stages[]", environment
    )


def _predictor(predictor: dict[str, Any], where: Origin, environment: str) -> Iterator[Fact]:
    if (replicas := count_of(predictor.get("replicas"))) is not None:
        yield Fact("serving.replicas", replicas, where.at("replicas"), environment=environment)
    for at, component in rows(predictor.get("componentSpecs")):
        for number, container in rows(value_at(component, "spec", "containers")):
            if (image := image_of(container.get("image"))) is not None:
                origin = where.at("componentSpecs", at, "spec", "containers", number, "image")
                yield Fact("serving.image", image, origin, environment=environment)
    for node, place in _nodes(predictor.get("graph"), where.at("graph")):
        if (version := version_of_address(node.get("modelUri"))) is not None:
            yield Fact("serving.model_version", version, place.at("modelUri"), environment=environment)
        logger = node.get("logger")
        if isinstance(logger, dict):
            yield from _logging(logger, place.at("logger"), environment)


def _nodes(node: Any, where: Origin) -> Iterator[tuple[dict[str, Any], Origin]]:
    """The node of an inference graph, and the nodes below it."""
    if isinstance(node, dict):
        yield node, where
        for at, child in rows(node.get("children")):
            yield from _nodes(child, where.at("children", at))


def _logging(logger: dict[str, Any], where: Origin, environment: str) -> Iterator[Fact]:
    if (url := text_of(logger.get("url"))) is not None:
        yield Fact("serving.logging.target", url, where.at("url"), environment=environment)
    if (fields := _FIELDS.get(str(logger.get("mode", "all")))) is not None:
        yield Fact("serving.logging.fields", fields, where.at("mode"), environment=environment)


def _experiment(resource: Resource, every: list[Resource], environment: str) -> Iterator[Fact]:
    """Candidates with relative weights, and a mirror that answers nobody."""
    name, spec = identifier(resource.name, "experiment"), resource.at("spec")
    candidates = list(rows(resource.get("spec", "candidates")))
    default = resource.get("spec", "default")
    allocated = shares(row.get("weight") for _, row in candidates)
    plan = Draft(spec, id=name)
    for number, (at, row) in enumerate(candidates):
        arm = Draft(spec.at("candidates", at), id=identifier(row.get("name"), f"arm-{at}"))
        arm.put("allocation", allocated[number] if allocated else None, spec.at("candidates", at, "weight"))
        if row.get("name") is not None and row.get("name") == default:
            arm.put("control", True, spec.at("default"))
        _put_version(arm, row.get("name"), every)
        plan.add("arms", arm)
    if len(candidates) > 1:
        yield plan.fact("experiments[]", environment)
    mirror = resource.get("spec", "mirror")
    if isinstance(mirror, dict):
        shadow = Draft(spec.at("mirror"), id=f"{name}-shadow", kind="shadow", traffic="0%")
        shadow.put("mirror", percent(mirror.get("percent", 100)), spec.at("mirror", "percent"))
        yield shadow.fact("rollout.stages[]", environment)
    if allocated and len(allocated) > 1:
        yield _new_traffic(name, candidates, default, spec).fact("rollout.stages[]", environment)
    if len(candidates) > 1 or isinstance(mirror, dict):
        yield from _means(resource, environment)


def _new_traffic(name: str, candidates: list[tuple[int, dict[str, Any]]], default: Any, spec: Origin) -> Draft:
    """The stage of an experiment: the share of all candidates but the default, else but the largest."""
    weights = [number_of(row.get("weight")) or 0.0 for _, row in candidates]
    kept = [number_of(row.get("weight")) or 0.0 for _, row in candidates if row.get("name") == default]
    stayed = sum(kept) if kept else max(weights)
    both = shares([stayed, sum(weights) - stayed])
    return Draft(spec.at("candidates"), id=name, kind="ab_test", experiment=name, traffic=both[1] if both else None)


def _put_version(arm: Draft, name: Any, every: list[Resource]) -> None:
    """The version of the model that a candidate names, where the same file defines it."""
    for model in every:
        if model.is_a(_SECOND, "Model") and model.name and model.name == name:
            address = version_of_address(model.get("spec", "storageUri"))
            arm.put("model_version", address, model.at("spec", "storageUri"))


def _model(resource: Resource, environment: str) -> Iterator[Fact]:
    yield from _served(resource, environment)
    yield Fact("serving.mode", "online", resource.at("kind"), "derived", environment=environment)
    for field, read_ in (("storageUri", version_of_address), ("artifactVersion", text_of)):
        if (version := read_(resource.get("spec", field))) is not None:
            yield Fact("serving.model_version", version, resource.at("spec", field), environment=environment)
