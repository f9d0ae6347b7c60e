"""Routes that split or mirror traffic, as stages; whose weights a rollout controller owns, and which of them is new."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mlgov.artifact import Artifact
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, rows
from mlgov.formats._kubernetes import Resource, resources, value_at
from mlgov.formats._quantities import number_of, shares, text_of

_NEW = frozenset("canary candidate challenger new next preview experiment treatment".split())
_WORDS = re.compile(r"[a-z]+").findall
_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml")
_USUAL = ("rollout.yaml", "rollout.yml", "canary.yaml", "canary.yml")
_MOST = 50  # files of a kustomization that are looked at


class Backend(NamedTuple):
    """A destination with its weight and the place of the weight."""

    name: str
    weight: object
    where: Origin


def split(name: str, backends: list[Backend], where: Origin) -> Draft | None:
    """The stage of a split; None for one destination, and where one gets everything."""
    parts = shares(backend.weight for backend in backends) if len(backends) > 1 else None
    if parts is None or sum(number_of(backend.weight) != 0 for backend in backends) < 2:
        return None
    new = [at for at, backend in enumerate(backends) if _NEW & set(_WORDS(backend.name.lower()[:300]))]
    at = new[0] if len(new) == 1 else _smallest(backends)
    stage = Draft(where, id=name, kind="canary")
    stage.put("traffic", parts[at], backends[at].where)
    return stage


def _smallest(backends: list[Backend]) -> int:
    return min(range(len(backends)), key=lambda at: number_of(backends[at].weight) or 0.0)


def is_owned(artifact: Artifact, name: str) -> bool:
    """True if a Rollout or a Canary in this file, or beside it, moves the weights: then they are a beginning only."""
    if any(name in _owned(resource) for resource in resources(artifact)):
        return True
    return any(name in _owned(resource) for file in _beside(artifact) for resource in resources(file))


def _beside(artifact: Artifact) -> Iterator[Artifact]:
    """The files that the kustomization of the folder names, and files of the usual names."""
    listed: list[str] = []
    for name in _KUSTOMIZATIONS:
        file = artifact.beside(name)
        entries = file.data.get("resources") if file is not None and isinstance(file.data, dict) else None
        listed += [entry for entry in entries if isinstance(entry, str)] if isinstance(entries, list) else []
    for path in dict.fromkeys([*_USUAL, *listed[:_MOST]]):
        file = artifact.beside(path) if path.endswith((".yaml", ".yml")) and "://" not in path else None
        if file is not None and file.path != artifact.path:
            yield file


def _owned(resource: Resource) -> set[str]:
    """The names of routes that an object moves."""
    if resource.is_a("flagger.app", "Canary"):
        names = [resource.name, resource.get("spec", "targetRef", "name")]
    elif resource.is_a("argoproj.io", "Rollout"):
        names = _of_rollout(resource)
    else:
        names = []
    return {text for name in names if (text := text_of(name)) is not None}


def _of_rollout(rollout: Resource) -> list[object]:
    routing = rollout.mapping("spec", "strategy", "canary", "trafficRouting")
    names = [value_at(routing, "istio", "virtualService", "name")]
    names += [row.get("name") for _, row in rows(value_at(routing, "istio", "virtualServices"))]
    names += [
        row.get("name") for _, row in rows(value_at(routing, "plugins", "argoproj-labs/gatewayAPI", "httpRoutes"))
    ]
    return [*names, value_at(routing, "plugins", "argoproj-labs/gatewayAPI", "httpRoute")]
