"""Amazon SageMaker: how an endpoint shifts traffic, what takes it back, shadow variants, and captured requests.

Read from CloudFormation templates, and from the JSON that the API and the command line take. Functions of a
template (`!Ref`, `Fn::Sub`) are unknown.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import value_at
from mlgov.formats._model_version import version_of_address
from mlgov.formats._quantities import number_of, percent, share, shares, text_of, written
from mlgov.formats._sagemaker_shift import deployment
from mlgov.lifecycle.fact import Fact

NAME = "sagemaker"
PATHS = ("*.yaml", "*.yml", "*.json", "*.template")
MARKERS = (
    b"AWS::SageMaker::",
    b"BlueGreenUpdatePolicy",
    b"RollingUpdatePolicy",
    b"ProductionVariants",
    b"ShadowModeConfig",
)
ROLE = "part"
_TYPES = [f"AWS::SageMaker::{kind}" for kind in ("Endpoint", "EndpointConfig", "InferenceExperiment", "Model")]
_POLICIES = frozenset({"BlueGreenUpdatePolicy", "RollingUpdatePolicy"})
_OTHERS = (("ProductionVariants", list), ("ShadowModeConfig", dict))

Part = tuple[str, dict[str, Any], Origin]  # name, properties, where they stand


def recognise(artifact: Artifact) -> Claim | None:
    """A template with one of the resource types, or JSON with keys that only this API has."""
    names = [name for name, _, _ in _parts(artifact)]
    if not names:
        return None
    return Claim("", "CloudFormation" if _template(artifact) is not None else "API")


def _template(artifact: Artifact) -> dict[str, Any] | None:
    data = artifact.data
    found = data.get("Resources") if isinstance(data, dict) else None
    return found if isinstance(found, dict) else None


def _parts(artifact: Artifact) -> Iterator[Part]:
    template, data = _template(artifact), artifact.data
    if template is not None:
        for name, resource in template.items():
            if isinstance(resource, dict) and resource.get("Type") in _TYPES:
                properties = resource.get("Properties")
                if isinstance(properties, dict):
                    yield str(name), properties, artifact.at("Resources", name, "Properties")
    elif isinstance(data, dict) and _is_api(data):
        named = (text_of(data.get(key)) for key in ("Name", "EndpointName", "EndpointConfigName"))
        yield next((name for name in named if name), "endpoint"), data, artifact.at()


def _is_api(data: dict[str, Any]) -> bool:
    if data.keys() & {"kind", "$schema", "openapi"}:
        return False
    plan = data.get("DeploymentConfig")
    policies = _POLICIES & (data.keys() | (plan.keys() if isinstance(plan, dict) else set()))
    return bool(policies) or any(isinstance(data.get(key), kind) for key, kind in _OTHERS)


def read(artifact: Artifact) -> Iterator[Fact]:
    """Stages, rollback, logging, and what is served."""
    environment = environment_of(artifact.path)
    for name, properties, where in _parts(artifact):
        for fact in _facts(identifier(name, "endpoint"), properties, where):
            yield fact._replace(environment=environment)


def _facts(name: str, properties: dict[str, Any], where: Origin) -> Iterator[Fact]:
    for field in ("DeploymentConfig", ""):
        plan, place = (properties.get(field), where.at(field)) if field else (properties, where)
        if isinstance(plan, dict) and plan.keys() & _POLICIES:
            yield from deployment(name, plan, place)
    if isinstance(properties.get("ProductionVariants"), list):
        yield from _variants(name, properties, where)
    if isinstance(properties.get("ShadowModeConfig"), dict):
        yield from _shadow_test(name, properties, where)
    yield from _capture(properties.get("DataCaptureConfig"), where.at("DataCaptureConfig"))
    container = properties.get("PrimaryContainer")
    if isinstance(container, dict):
        yield from _container(container, where.at("PrimaryContainer"))


def _variants(name: str, properties: dict[str, Any], where: Origin) -> Iterator[Fact]:
    """Variants that share the traffic by relative weights, and shadow variants that get a copy."""
    yield Fact("serving.target", "cloud", where, "derived")
    yield Fact("serving.mode", "online", where, "derived")
    variants = list(rows(properties.get("ProductionVariants")))
    parts = shares(row.get("InitialVariantWeight", 1) for _, row in variants)
    weights = [number_of(row.get("InitialVariantWeight", 1)) or 0.0 for _, row in variants]
    if parts and sum(weight > 0 for weight in weights) > 1:
        new = min(range(len(weights)), key=lambda at: weights[at])
        place = where.at("ProductionVariants", variants[new][0], "InitialVariantWeight")
        stage = Draft(where.at("ProductionVariants"), id=f"{name}-split", kind="canary")
        stage.put("traffic", parts[new], place)
        yield stage.fact("rollout.stages[]")
    for at, shadow in rows(properties.get("ShadowProductionVariants")):
        place = where.at("ShadowProductionVariants", at)
        stage = Draft(place, id=f"{name}-{identifier(text_of(shadow.get('VariantName')), f'shadow-{at}')}")
        stage.values |= {"kind": "shadow", "traffic": "0%"}
        mirrored = share(shadow.get("InitialVariantWeight", 1), weights[0]) if len(weights) == 1 else None
        stage.put("mirror", mirrored, place.at("InitialVariantWeight"))
        yield stage.fact("rollout.stages[]")


def _shadow_test(name: str, properties: dict[str, Any], where: Origin) -> Iterator[Fact]:
    """An inference experiment: a copy of the traffic goes to another variant, for as long as its schedule says."""
    yield Fact("rollout.tool", NAME, where)
    plan = properties["ShadowModeConfig"]
    for at, variant in rows(plan.get("ShadowModelVariants")):
        place = where.at("ShadowModeConfig", "ShadowModelVariants", at)
        own = identifier(text_of(variant.get("ShadowModelVariantName")), f"shadow-{at}")
        stage = Draft(place, id=f"{name}-{own}", kind="shadow", traffic="0%")
        stage.put("mirror", percent(variant.get("SamplingPercentage")), place.at("SamplingPercentage"))
        stage.put("duration", _length(properties.get("Schedule")), where.at("Schedule"))
        yield stage.fact("rollout.stages[]")


def _length(schedule: Any) -> str | None:
    """The time between two timestamps."""
    try:
        start, end = (datetime.fromisoformat(str(value_at(schedule, f"{side}Time"))) for side in ("Start", "End"))
        time = (end - start).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return written(time) if time > 0 else None


def _capture(capture: Any, where: Origin) -> Iterator[Fact]:
    if not isinstance(capture, dict) or capture.get("EnableCapture") is False:
        return
    if (target := text_of(capture.get("DestinationS3Uri"))) is not None:
        yield Fact("serving.logging.target", target, where.at("DestinationS3Uri"))
    if (sampling := percent(capture.get("InitialSamplingPercentage"))) is not None:
        yield Fact("serving.logging.sampling", sampling, where.at("InitialSamplingPercentage"))


def _container(container: dict[str, Any], where: Origin) -> Iterator[Fact]:
    if (image := text_of(container.get("Image"))) is not None:
        yield Fact("serving.image", image, where.at("Image"))
    if (version := version_of_address(text_of(container.get("ModelDataUrl")))) is not None:
        yield Fact("serving.model_version", version, where.at("ModelDataUrl"))
