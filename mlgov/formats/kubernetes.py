"""Plain Kubernetes objects of a model's service: image, model version, replicas, address, and the schedule of batches.

Databases, monitors, front ends and training jobs stand in the same folders and state nothing here.
"""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.formats._draft import Draft, identifier, rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import Resource, resources, value_at, written_labels
from mlgov.formats._model_version import version_of_variable
from mlgov.formats._quantities import count_of, text_of
from mlgov.formats._schedule import interval_of
from mlgov.formats._workload import is_batch, is_other, model_container, serving_facts
from mlgov.lifecycle.fact import Fact

NAME = "kubernetes"
PATHS = ("*.yaml", "*.yml", "*.json")
MARKERS = (b"apps/v1", b"batch/v1", b"autoscaling/v", b"apiVersion: v1", b'apiVersion: "v1"', b'"apiVersion": "v1"')
ROLE = "part"
_WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet")
_KINDS = {
    "apps": _WORKLOADS,
    "extensions": ("Deployment",),
    "batch": ("CronJob", "Job"),
    "autoscaling": ("HorizontalPodAutoscaler",),
    "": ("Service", "ConfigMap"),
}
_POD = ("spec", "template", "spec")


def recognise(artifact: Artifact) -> Claim | None:
    """Workloads, services, autoscalers and ConfigMaps, by group and kind."""
    found = [r for r in resources(artifact) if r.kind in _KINDS.get(r.group, ())]
    if not found:
        return None
    versions = dict.fromkeys(f"{r.group}/{r.version}".lstrip("/") for r in found)
    return Claim(", ".join(versions), ", ".join(dict.fromkeys(r.kind for r in found)))


def read(artifact: Artifact) -> Iterator[Fact]:
    """What the objects say about serving the model."""
    every = [r for r in resources(artifact) if r.kind in _KINDS.get(r.group, ())]
    for resource in every:
        environment = environment_of(artifact.path, resource.namespace)
        if resource.kind in _WORKLOADS:
            container = model_container(resource, *_POD)
            if container is not None:
                yield from serving_facts(resource, container, environment)
        elif resource.kind == "CronJob":
            yield from _batch(resource, environment)
        elif resource.kind == "HorizontalPodAutoscaler":
            yield from _autoscaler(resource, every, environment)
        elif resource.kind == "Service":
            yield from _service(resource, every, environment)
        elif resource.kind == "ConfigMap" and not is_other(resource.name):
            yield from _variables(resource, environment)


def _batch(resource: Resource, environment: str) -> Iterator[Fact]:
    """A job on a schedule that predicts: a batch, and how often it runs."""
    container = model_container(resource, "spec", "jobTemplate", *_POD)
    if container is None or not is_batch(resource, container):
        return
    where = resource.at("spec", "schedule")
    yield Fact("serving.mode", "batch", resource.at("kind"), "derived", environment=environment)
    if (interval := interval_of(resource.get("spec", "schedule"))) is not None:
        yield Fact("serving.batch.interval", interval, where, environment=environment)
    yield from serving_facts(resource, container, environment)


def _autoscaler(resource: Resource, every: list[Resource], environment: str) -> Iterator[Fact]:
    target = text_of(resource.get("spec", "scaleTargetRef", "name"))
    replicas = count_of(resource.get("spec", "minReplicas"))
    if target is None or replicas is None:
        return
    beside = [r for r in every if r.kind in _WORKLOADS and r.name == target]
    if all(model_container(r, *_POD) for r in beside) if beside else not is_other(target):
        where = resource.at("spec", "minReplicas")
        yield Fact("serving.replicas", replicas, where, "derived", environment=environment)


def _service(resource: Resource, every: list[Resource], environment: str) -> Iterator[Fact]:
    name, selector = text_of(resource.name), resource.get("spec", "selector")
    beside = [r for r in every if r.kind in _WORKLOADS and _selects(selector, r)]
    serves = any(model_container(r, *_POD) for r in beside) if beside else not is_other(resource.name)
    if name is None or not isinstance(selector, dict) or not serves:
        return
    yield _found_by(resource).fact("serving.services[]", environment)
    endpoint = Draft(resource.at("metadata", "name"), id=identifier(name), service=name)
    for at, port in list(rows(resource.get("spec", "ports")))[:1]:
        endpoint.put("port", count_of(port.get("port")), resource.at("spec", "ports", at, "port"))
    yield endpoint.fact("serving.endpoints[]", environment)


def _found_by(resource: Resource) -> Draft:
    """How a monitor finds the service: by its own labels, not by those of its pods."""
    service = Draft(resource.at("metadata", "name"), name=text_of(resource.name))
    service.put("labels", written_labels(resource.labels), resource.at("metadata", "labels"))
    service.put("selects", written_labels(resource.get("spec", "selector")), resource.at("spec", "selector"))
    return service


def _selects(selector: Any, workload: Resource) -> bool:
    labels = value_at(workload.data, "spec", "template", "metadata", "labels")
    if not isinstance(selector, dict) or not selector or not isinstance(labels, dict):
        return False
    return all(labels.get(key) == value for key, value in selector.items())


def _variables(resource: Resource, environment: str) -> Iterator[Fact]:
    """`MODEL_VERSION` of a ConfigMap whose entries are environment variables."""
    for key, value in resource.mapping("data").items():
        if (version := version_of_variable(key, value)) is not None:
            yield Fact("serving.model_version", version, resource.at("data", key), environment=environment)
