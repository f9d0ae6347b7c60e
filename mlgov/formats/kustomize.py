"""Kustomize: the image tags, replicas and variables that an overlay sets for one environment."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.formats._draft import rows
from mlgov.formats._environment import environment_of
from mlgov.formats._kubernetes import written_labels
from mlgov.formats._model_version import version_of_image, version_of_labels, version_of_variable
from mlgov.formats._quantities import count_of, text_of
from mlgov.formats._workload import is_other, is_other_image
from mlgov.lifecycle.fact import Fact

NAME = "kustomize"
PATHS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
MARKERS = ()
ROLE = "part"
_KEYS = frozenset(
    "resources bases images patches patchesStrategicMerge patchesJson6902 configMapGenerator secretGenerator namespace "
    "namePrefix nameSuffix commonLabels labels replicas components generatorOptions helmCharts commonAnnotations".split()
)


def recognise(artifact: Artifact) -> Claim | None:
    """A kustomization by its name and one of its keys; `kind` need not be written."""
    data = artifact.data
    if not isinstance(data, dict) or data.get("kind", "Kustomization") not in ("Kustomization", "Component"):
        return None
    version = text_of(data.get("apiVersion")) or ""
    if version.startswith("kustomize.config.k8s.io/") or (not version and _KEYS & data.keys()):
        return Claim(version.rpartition("/")[2], text_of(data.get("kind")) or "Kustomization")
    return None


def read(artifact: Artifact) -> Iterator[Fact]:
    """What the overlay sets."""
    data = artifact.data
    if not isinstance(data, dict):
        return
    environment = environment_of(artifact.path, text_of(data.get("namespace")) or "")
    yield from _images(artifact, data, environment)
    for at, row in rows(data.get("replicas")):
        name, count = text_of(row.get("name")), count_of(row.get("count"))
        if name and count is not None and not is_other(name):
            yield Fact("serving.replicas", count, artifact.at("replicas", at, "count"), environment=environment)
    yield from _variables(artifact, data, environment)
    yield from _labels(artifact, data)
    labels = data.get("commonLabels")
    for said in version_of_labels(labels if isinstance(labels, dict) else {}, artifact.at("commonLabels")):
        yield Fact("serving.model_version", said.value, said.origin, environment=environment)


def _labels(artifact: Artifact, data: dict[str, Any]) -> Iterator[Fact]:
    """Labels that are put on every object: a service carries them though its own file does not say so."""
    found = [(written_labels(data.get("commonLabels")), artifact.at("commonLabels"))]
    found += [(written_labels(row.get("pairs")), artifact.at("labels", at)) for at, row in rows(data.get("labels"))]
    yield from (Fact("serving.services[]", {"labels": labels}, where) for labels, where in found if labels)


def _images(artifact: Artifact, data: dict[str, Any], environment: str) -> Iterator[Fact]:
    for at, row in rows(data.get("images")):
        name = text_of(row.get("newName")) or text_of(row.get("name"))
        digest, tag = text_of(row.get("digest")), text_of(row.get("newTag"))
        if name is None or not (digest or tag) or is_other_image(name):
            continue
        image = f"{name}@{digest}" if digest else f"{name}:{tag}"
        where = artifact.at("images", at, "digest" if digest else "newTag")
        yield Fact("serving.image", image, where, environment=environment)
        if (version := version_of_image(image)) is not None:
            yield Fact("serving.model_version", version, where, "derived", environment=environment)


def _variables(artifact: Artifact, data: dict[str, Any], environment: str) -> Iterator[Fact]:
    """`MODEL_VERSION=1.4.0` among the literals of a generated ConfigMap."""
    for at, row in rows(data.get("configMapGenerator")):
        literals = row.get("literals")
        for number, literal in enumerate(literals if isinstance(literals, list) else ()):
            name, _, value = literal.partition("=") if isinstance(literal, str) else ("", "", "")
            if (version := version_of_variable(name, value.strip("\"'"))) is not None:
                where = artifact.at("configMapGenerator", at, "literals", number)
                yield Fact("serving.model_version", version, where, environment=environment)
