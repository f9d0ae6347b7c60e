"""Istio virtual services: split and mirrored traffic as one state, unless a rollout controller owns the weights."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import Resource, claim_of, resources, value_at
from mlgov.formats._quantities import percent, text_of
from mlgov.formats._routes import Backend, is_owned, split
from mlgov.lifecycle.fact import Fact

NAME = "istio"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"networking.istio.io/",)
ROLE = "part"
_GROUP = "networking.istio.io"


def recognise(artifact: Artifact) -> Claim | None:
    """A VirtualService; gateways and destination rules say nothing about shares."""
    return claim_of(artifact, _GROUP, ("VirtualService",))


def read(artifact: Artifact) -> Iterator[Fact]:
    """A stage for each route that splits or mirrors."""
    for resource in resources(artifact):
        if resource.is_a(_GROUP, "VirtualService") and not is_owned(artifact, resource.name):
            environment = environment_of(artifact.path, resource.namespace)
            stages = [stage for at, rule in rows(resource.get("spec", "http")) for stage in _rule(resource, at, rule)]
            yield from (stage.fact("rollout.stages[]", environment) for stage in stages)
            if stages:
                yield Fact("rollout.tool", NAME, resource.at("kind"), environment=environment)


def _rule(resource: Resource, at: int, rule: dict[str, Any]) -> Iterator[Draft]:
    where = resource.at("spec", "http", at)
    own = rule.get("name") if isinstance(rule.get("name"), str) else (str(at) if at else "")
    name = identifier("-".join(part for part in (resource.name, own) if part), "route")
    backends = [
        Backend(_destination(row), row.get("weight", 0), where.at("route", number, "weight"))
        for number, row in rows(rule.get("route"))
    ]
    stage = split(f"{name}-split", backends, where)
    yield from _mirrors(name, rule, where)
    if stage is not None:
        yield stage


def _destination(route: dict[str, Any]) -> str:
    said = (text_of(value_at(route, "destination", field)) for field in ("subset", "host"))
    return " ".join(text for text in said if text)


def _mirrors(name: str, rule: dict[str, Any], where: Origin) -> Iterator[Draft]:
    """Mirrored traffic is a percentage written as a double: 0.1 is 0.1 %; without a number everything is mirrored."""
    if isinstance(rule.get("mirror"), dict):
        share: Any = 100
        place = where.at("mirror")
        for field in ("mirrorPercentage", "mirrorPercent", "mirror_percent"):
            if field in rule:
                share = value_at(rule, field, "value") if field == "mirrorPercentage" else rule[field]
                place = where.at(field, *(["value"] if field == "mirrorPercentage" else []))
                break
        yield _shadow(f"{name}-shadow", share, where.at("mirror"), place)
    for at, mirror in rows(rule.get("mirrors")):
        here = where.at("mirrors", at)
        share = value_at(mirror, "percentage", "value") if "percentage" in mirror else 100
        yield _shadow(f"{name}-shadow" + (f"-{at}" if at else ""), share, here, here.at("percentage", "value"))


def _shadow(name: str, share: Any, where: Origin, place: Origin) -> Draft:
    stage = Draft(where, id=name, kind="shadow", traffic="0%")
    stage.put("mirror", percent(share), place)
    return stage
