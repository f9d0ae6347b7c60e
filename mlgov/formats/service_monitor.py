"""What Kubernetes objects ask Prometheus to scrape: ServiceMonitor, PodMonitor, and annotations of services and pods."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.formats._draft import Draft
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import Resource, resources, value_at, written_labels
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "scrape-discovery"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"monitoring.coreos.com/", b"prometheus.io/scrape")
ROLE = "part"
_GROUP = "monitoring.coreos.com"
_KINDS = ("ServiceMonitor", "PodMonitor")
_NAMES = ("app", "app.kubernetes.io/name", "k8s-app", "name", "app.kubernetes.io/instance", "service")
_POD = ("spec", "template", "metadata")


def recognise(artifact: Artifact) -> Claim | None:
    """A monitor of the Prometheus operator, or an object whose annotations ask to be scraped."""
    found = list(dict.fromkeys(version for resource in resources(artifact) for version in _version(resource)))
    return Claim(", ".join(found)) if found else None


def _version(resource: Resource) -> Iterator[str]:
    if resource.is_a(_GROUP, *_KINDS):
        yield f"{resource.kind} {resource.version}"
    elif any(True for _ in _asked(resource)):
        yield "annotations"


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A scrape job for each of them."""
    for resource in resources(artifact):
        environment = environment_of(artifact.path, resource.namespace)
        if resource.is_a(_GROUP, *_KINDS):
            yield _monitor(resource).fact("monitoring.scrape_jobs[]", environment)
        for draft in _asked(resource):
            yield draft.fact("monitoring.scrape_jobs[]", environment)


def _monitor(resource: Resource) -> Draft:
    """The selector says whom it asks: what the labels call the service."""
    draft = Draft(resource.where, discovery=resource.kind)
    draft.put("name", text_of(resource.name), resource.at("metadata", "name"))
    labels = resource.mapping("spec", "selector", "matchLabels")
    if resource.kind == "ServiceMonitor" and not resource.get("spec", "selector", "matchExpressions"):
        draft.put("selects", written_labels(labels) or None, resource.at("spec", "selector", "matchLabels"))
    named = [text for name in _NAMES if (text := text_of(labels.get(name))) is not None]
    draft.put("targets", list(dict.fromkeys(named)) or None, resource.at("spec", "selector", "matchLabels"))
    return draft


def _asked(resource: Resource) -> Iterator[Draft]:
    """`prometheus.io/scrape: "true"` on the object itself, or on the pods that it makes."""
    for steps in (("metadata",), _POD):
        notes, where = resource.get(*steps, "annotations"), resource.at(*steps, "annotations")
        if isinstance(notes, dict) and str(text_of(notes.get("prometheus.io/scrape"))).lower() == "true":
            yield _annotated(resource, notes, steps, where)


def _annotated(resource: Resource, notes: dict[str, Any], steps: tuple[str, ...], where: Origin) -> Draft:
    draft = Draft(where, discovery="annotations")
    name, port = text_of(resource.name), text_of(notes.get("prometheus.io/port"))
    draft.put("name", name, resource.at("metadata", "name"))
    labels = value_at(resource.data, *steps, "labels")
    app = next((text for key in _NAMES if isinstance(labels, dict) and (text := text_of(labels.get(key)))), None)
    named = [f"{one}:{port}" if port else one for one in dict.fromkeys((name, app)) if one]
    draft.put("targets", named or None, where)
    return draft
