"""What a pod template says about serving: the image of the model's container, how many run, which model version."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.finding import Origin
from mlgov.formats._kubernetes import Resource, value_at
from mlgov.formats._model_version import stated_versions, version_of_image, version_of_labels
from mlgov.formats._quantities import count_of, text_of
from mlgov.formats._results import Said
from mlgov.lifecycle.fact import Fact

_WORDS = re.compile(r"[a-z]+").findall
# software that stands beside models and is none
_OTHERS = frozenset(
    "prometheus prom alertmanager grafana redis postgres postgresql mysql mariadb mongo mongodb nginx envoy traefik "
    "haproxy kafka zookeeper rabbitmq minio mlflow airflow jaeger otel opentelemetry loki promtail tempo busybox alpine "
    "curl kubectl exporter pushgateway cadvisor elasticsearch kibana fluentd fluent logstash vault consul keycloak "
    "proxyv cloudsql qdrant chroma milvus weaviate adminer pgadmin superset metabase dex oauth statsd etcd memcached "
    "nats zipkin kiali argocd registry dind jupyter jupyterhub notebook feast".split()
)
# parts of a product that ask a model and serve none
_ROLES = frozenset(
    "frontend ui web webapp dashboard gateway proxy db database cache queue migration migrate migrations backup monitor "
    "monitoring ingress loadtest loadgen docs train training trainer retrain retraining purge retention cleanup etl "
    "ingest ingestion collector simulator producer consumer client streamlit tester locust".split()
)
_MODEL = frozenset(
    "model models predict predictor prediction predictions inference infer serving scoring scorer classifier recommender "
    "ml llm".split()
)
_BATCH = frozenset("predict predictor prediction predictions inference infer scoring scorer score".split())

_HOLES = frozenset("{}<>$% ")


class Container(dict[str, Any]):
    """A container of a pod, and where it stands."""

    def __init__(self, data: dict[str, Any], where: Origin) -> None:
        super().__init__(data)
        self.where = where


def is_other(name: str) -> bool:
    """True for names of databases, monitors and the like, and of parts that only ask a model."""
    return bool(set(_WORDS(name.lower()[:300])) & (_OTHERS | _ROLES)) and not _says_model(name)


def is_batch(resource: Resource, container: Container) -> bool:
    """True for a job that predicts: its name or its command says so."""
    said = [resource.name, *(word for field in ("command", "args") for word in _texts(container.get(field)))]
    return any(set(_WORDS(text.lower()[:300])) & _BATCH for text in said)


def model_container(resource: Resource, *pod: str) -> Container | None:
    """The container that serves the model; None for workloads of other software. pod: steps to the pod's `spec`."""
    containers = resource.get(*pod, "containers")
    found = [
        Container(row, resource.at(*pod, "containers", at))
        for at, row in enumerate(containers if isinstance(containers, list) else ())
        if isinstance(row, dict) and not _is_software(row)
    ]
    named = [c for c in found if _tells_model(c)]
    if not named and is_other(f"{resource.name} {resource.labels.get('component', '')}"):
        return None
    return next(iter(named or found), None)


def _is_software(container: dict[str, Any]) -> bool:
    return is_other_image(text_of(container.get("image")) or "")


def is_other_image(image: str) -> bool:
    """True for images of databases, monitors and the like, and of parts that only ask a model."""
    path = image.partition("@")[0].lower()[:500].split("/")
    words = set(_WORDS(path[-1].partition(":")[0])) | {p for p in path[:-1] if "." not in p}
    return bool(words & (_OTHERS | _ROLES)) and not _says_model(path[-1])


def image_of(value: Any) -> str | None:
    """The name of an image; None for one that something else completes, `{username}/server`."""
    text = text_of(value)
    return text if text is not None and not _HOLES & set(text) else None


def _tells_model(container: Container) -> bool:
    env = container.get("env")
    names = [row.get("name") for row in env if isinstance(row, dict)] if isinstance(env, list) else []
    words = [*_texts(names), *_texts(container.get("args")), *_texts(container.get("command"))]
    return _says_model(text_of(container.get("name")) or "") or any(_says_model(word) for word in words)


def _says_model(text: str) -> bool:
    return bool(set(_WORDS(text.lower()[:300])) & _MODEL)


def _texts(value: Any) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def serving_facts(resource: Resource, container: Container, environment: str) -> Iterator[Fact]:
    """Image, number of replicas, and the model version that the container is told, else that its image tag says."""
    image = container.get("image")
    if (text := image_of(image)) is not None:
        yield Fact("serving.image", text, container.where.at("image"), environment=environment)
    if (replicas := count_of(resource.get("spec", "replicas"))) is not None:
        yield Fact("serving.replicas", replicas, resource.at("spec", "replicas"), environment=environment)
    stated = {said.value: said for said in _versions(resource, container)}
    for version, said in stated.items():
        yield Fact("serving.model_version", version, said.origin, environment=environment)
    if not stated and (tag := version_of_image(image)) is not None:
        where = container.where.at("image")
        yield Fact("serving.model_version", tag, where, "derived", environment=environment)


def _versions(resource: Resource, container: Container) -> Iterator[Said]:
    yield from stated_versions(container, container.where)
    yield from version_of_labels(resource.labels, resource.at("metadata", "labels"))
    labels = value_at(resource.data, "spec", "template", "metadata", "labels")
    if isinstance(labels, dict):
        yield from version_of_labels(labels, resource.at("spec", "template", "metadata", "labels"))
