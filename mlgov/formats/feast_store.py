"""feature_store.yaml of Feast: the project and the stores of its features."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._draft import identifier
from mlgov.formats._kubernetes import value_at
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

NAME = "feast-store"
PATHS = ("feature_store.yaml", "feature_store.yml")
MARKERS = ()
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """By its name, a project, and one of its stores."""
    data = artifact.data
    keys = {"registry", "provider", "online_store", "offline_store"}
    return Claim() if isinstance(data, dict) and "project" in data and keys & data.keys() else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The offline store, from which training data come."""
    store = artifact.data.get("offline_store")
    kind = text_of(value_at(store, "type") if isinstance(store, dict) else store)
    project = text_of(artifact.data.get("project"))
    if kind and project:
        where = artifact.at("offline_store", "type") if isinstance(store, dict) else artifact.at("offline_store")
        source = {"id": identifier(f"{project}-offline-store"), "system": kind}
        yield Fact("data.sources[]", source, where, "declared", {"system": where})
