"""Backstage catalogue entries: name, life stage, owner and links of the component that a repository holds."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._kubernetes import Resource, claim_of, resources
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "backstage"
PATHS = ("catalog-info.yaml", "catalog-info.yml", "*.yaml", "*.yml")
MARKERS = (b"backstage.io/v1",)
ROLE = "note"
_KINDS = ("Component", "API", "Resource", "System", "Domain", "Location", "Group", "User")
_STAGES = {"experimental": "development", "production": "production", "deprecated": "retired"}
_OF_DATA = frozenset({"dataset", "data", "database", "table", "s3-bucket", "data-product"})


def recognise(artifact: Artifact) -> Claim | None:
    """By the group of the API and the kind; scaffolder templates describe no component."""
    return claim_of(artifact, "backstage.io", _KINDS)


def read(artifact: Artifact) -> Iterator[Fact]:
    """The component of the model: the one of that type, or the only one of the file."""
    every = [r for r in resources(artifact) if r.group == "backstage.io"]
    components = [r for r in every if r.kind == "Component"]
    models = [r for r in components if "model" in _type(r)]
    main = models[0] if len(models) == 1 else components[0] if len(components) == 1 else None
    for resource in every:
        if resource is main:
            yield from _identity(resource)
            yield from _owner(resource, "model")
        elif resource.kind == "Component" and _type(resource) == "service":
            yield from _owner(resource, "serving")
        elif resource.kind == "Resource" and _type(resource) in _OF_DATA:
            yield from _owner(resource, "data")
        if resource.kind == "Component" and _type(resource) == "service" and text_of(resource.name):
            service = Draft(resource.at("metadata", "name"), id=identifier(resource.name), service=resource.name)
            yield service.fact("serving.endpoints[]")


def _type(resource: Resource) -> str:
    return str(text_of(resource.get("spec", "type")) or "").lower()


def _identity(resource: Resource) -> Iterator[Fact]:
    for key, path in (("name", "project.name"), ("description", "project.description")):
        text = text_of(resource.get("metadata", key))
        if text and not is_placeholder(text):
            yield Fact(path, text, resource.at("metadata", key))
    stage = _STAGES.get(str(resource.get("spec", "lifecycle")).lower())
    if stage:
        yield Fact("project.stage", stage, resource.at("spec", "lifecycle"))
    for at, link in rows(resource.get("metadata", "links")):
        if url := text_of(link.get("url")):
            value = {"url": url} | ({"title": title} if (title := text_of(link.get("title"))) else {})
            yield Fact("project.links[]", value, resource.at("metadata", "links", at))


def _owner(resource: Resource, of: str) -> Iterator[Fact]:
    """`group:default/risk-ml` is `risk-ml`: group and default need not be said."""
    text = text_of(resource.get("spec", "owner"))
    name = text.rpartition(":")[2].removeprefix("default/") if text else ""
    if name and not is_placeholder(name):
        where: Origin = resource.at("spec", "owner")
        yield Fact(f"team.ownership.{of}", name, where)
