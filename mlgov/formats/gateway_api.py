"""Gateway API: HTTP routes that split traffic by relative weights or mirror it."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import Resource, claim_of, resources
from mlgov.formats._quantities import percent, share, text_of
from mlgov.formats._routes import Backend, is_owned, split
from mlgov.lifecycle.fact import Fact

NAME = "gateway-api"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"gateway.networking.k8s.io/",)
ROLE = "part"
_GROUP = "gateway.networking.k8s.io"


def recognise(artifact: Artifact) -> Claim | None:
    """An HTTPRoute."""
    return claim_of(artifact, _GROUP, ("HTTPRoute",))


def read(artifact: Artifact) -> Iterator[Fact]:
    """A stage for each rule that splits or mirrors."""
    for resource in resources(artifact):
        if resource.is_a(_GROUP, "HTTPRoute") and not is_owned(artifact, resource.name):
            environment = environment_of(artifact.path, resource.namespace)
            stages = [stage for at, rule in rows(resource.get("spec", "rules")) for stage in _rule(resource, at, rule)]
            yield from (stage.fact("rollout.stages[]", environment) for stage in stages)
            if stages:
                yield Fact("rollout.tool", NAME, resource.at("kind"), environment=environment)


def _rule(resource: Resource, at: int, rule: dict[str, Any]) -> Iterator[Draft]:
    where = resource.at("spec", "rules", at)
    name = identifier(resource.name + (f"-{at}" if at else ""), "route")
    backends = [
        Backend(text_of(row.get("name")) or "", row.get("weight", 1), where.at("backendRefs", number, "weight"))
        for number, row in rows(rule.get("backendRefs"))
    ]
    stage = split(f"{name}-split", backends, where)
    for number, filter_ in rows(rule.get("filters")):
        mirror = filter_.get("requestMirror")
        if filter_.get("type") == "RequestMirror" and isinstance(mirror, dict):
            here = where.at("filters", number, "requestMirror")
            yield _shadow(f"{name}-shadow" + (f"-{number}" if number else ""), mirror, here)
    if stage is not None:
        yield stage


def _shadow(name: str, mirror: dict[str, Any], where: Origin) -> Draft:
    stage = Draft(where, id=name, kind="shadow", traffic="0%")
    fraction = mirror.get("fraction")
    if isinstance(fraction, dict):
        whole = fraction.get("denominator", 100)
        whole = whole if isinstance(whole, int) and not isinstance(whole, bool) else 0
        stage.put("mirror", share(fraction.get("numerator"), whole), where.at("fraction", "numerator"))
    else:
        stage.put("mirror", percent(mirror.get("percent", 100)), where.at("percent"))
    return stage
