"""Kubernetes objects of a file: every document, every item of a `List`, and the files that a ConfigMap holds."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Reading, read
from mlgov.finding import Origin

_LONGEST = 5_000_000  # characters of one embedded file


class Resource(NamedTuple):
    """One object. group: `apps` of `apps/v1`, "" for the core. where: its place in the file, even inside a `List`."""

    group: str
    version: str
    kind: str
    data: dict[str, Any]
    where: Origin

    def is_a(self, group: str, *kinds: str) -> bool:
        """True for an object of one of these kinds of an API group; `apiVersion` decides, never the file name."""
        return self.group == group and self.kind in kinds

    def at(self, *parts: str | int) -> Origin:
        """Where a value of this object stands: `resource.at("spec", "replicas")`."""
        return self.where.at(*parts)

    def get(self, *steps: str) -> Any:
        """The value at the end of the steps, or None."""
        return value_at(self.data, *steps)

    def mapping(self, *steps: str) -> dict[str, Any]:
        """The mapping at the end of the steps; empty where something else stands there."""
        found = self.get(*steps)
        return found if isinstance(found, dict) else {}

    @property
    def name(self) -> str:
        """`metadata.name`, or "" where none or no text is written."""
        return _text(self.get("metadata", "name"))

    @property
    def namespace(self) -> str:
        """`metadata.namespace`, or "" where none is written."""
        return _text(self.get("metadata", "namespace"))

    @property
    def labels(self) -> dict[str, Any]:
        """`metadata.labels`."""
        return self.mapping("metadata", "labels")

    @property
    def annotations(self) -> dict[str, Any]:
        """`metadata.annotations`."""
        return self.mapping("metadata", "annotations")


class Embedded(Artifact):
    """A file within a ConfigMap: it is named by its key, and its places stand in the file of the ConfigMap.

    namespace: that of the ConfigMap.
    """

    def __init__(self, outer: Artifact, key: str, text: str, where: Origin, namespace: str = "") -> None:
        super().__init__(outer.path, text.encode(errors="replace"), outer._neighbour)
        self.used = outer.used
        self.key, self.where, self.namespace = key, where, namespace

    @property
    def name(self) -> str:
        """The key: `alerts.yml`."""
        return self.key

    @property
    def reading(self) -> Reading:
        """Documents and flaws of the embedded text; parsed once."""
        if self._reading is None:
            self._reading = _read_once(self.key, self.raw)
        return self._reading

    def at(self, *parts: str | int, document: int = 0) -> Origin:
        """The key in the ConfigMap, with the way inside: places show the key, the pointer tells values apart."""
        inner = (document, *parts) if document else parts
        return self.where.at(*inner)


@lru_cache(maxsize=16)
def _read_once(key: str, raw: bytes) -> Reading:
    """Several formats look at the same ConfigMap, one after the other."""
    return read(key, raw)


def value_at(data: Any, *steps: str) -> Any:
    """The value at the end of the steps through mappings, or None."""
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def written_labels(labels: Any) -> list[str]:
    """Labels as `name=value`, sorted; what is no text has no meaning here."""
    found = labels.items() if isinstance(labels, dict) else ()
    return sorted(f"{name}={value}" for name, value in found if isinstance(name, str) and isinstance(value, str))


def resources(artifact: Artifact) -> Iterator[Resource]:
    """Every Kubernetes object of a file, in its order."""
    for document in artifact.documents:
        yield from _objects(document.data, artifact.at(document=document.index), "", "")


def _objects(data: Any, where: Origin, outer_api: str, outer_kind: str) -> Iterator[Resource]:
    """The object itself, or the items of a `List` (`RolloutList`: its items need not repeat version and kind)."""
    if not isinstance(data, dict):
        return
    api, kind = _text(data.get("apiVersion")) or outer_api, _text(data.get("kind")) or outer_kind
    items = data.get("items")
    if kind.endswith("List") and isinstance(items, list):
        for at, item in enumerate(items):
            yield from _objects(item, where.at("items", at), api, kind.removesuffix("List"))
    elif api and kind:
        group, _, version = api.rpartition("/")
        yield Resource(group, version, kind, data, where)


def claim_of(artifact: Artifact, group: str, kinds: tuple[str, ...]) -> Claim | None:
    """The claim of an adapter that reads these kinds of an API group: the versions and kinds that the file holds."""
    found = [resource for resource in resources(artifact) if resource.is_a(group, *kinds)]
    if not found:
        return None
    versions = dict.fromkeys(resource.version for resource in found)
    return Claim(", ".join(versions), ", ".join(dict.fromkeys(resource.kind for resource in found)))


def embedded(artifact: Artifact, *endings: str) -> Iterator[Embedded]:
    """The files that ConfigMaps and plain-text Secrets of a file hold; `endings` such as `.yml` choose among them."""
    for resource in resources(artifact):
        field = {"ConfigMap": "data", "Secret": "stringData"}.get(resource.kind) if not resource.group else None
        for key, text in resource.mapping(field).items() if field else ():
            if isinstance(text, str) and len(text) <= _LONGEST and (not endings or str(key).endswith(endings)):
                yield Embedded(artifact, str(key), text, resource.at(field or "", key), resource.namespace)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
