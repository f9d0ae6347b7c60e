"""params.yaml and the other parameter files of a pipeline: hyper-parameters, seeds, splits, release criteria."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._listed import folders_above
from mlgov.formats._paths import rooted
from mlgov.formats._settings import settings
from mlgov.lifecycle.fact import Fact

NAME = "params"
PATHS = ("params.yaml", "params.yml", "params.json", "params.toml", "*.yaml", "*.yml", "*.json", "*.toml")
MARKERS = ()
ROLE = "part"

_NAMES = frozenset({"params.yaml", "params.yml", "params.json", "params.toml"})


def recognise(artifact: Artifact) -> Claim | None:
    """By its name, or because a dvc.yaml names it among its parameters."""
    if not isinstance(artifact.data, dict) if artifact.name in _NAMES else not _is_named(artifact):
        return None
    return Claim() if isinstance(artifact.data, dict) and artifact.data else None


def _is_named(artifact: Artifact) -> bool:
    pipelines = (artifact.beside(folder + "dvc.yaml") for folder in folders_above(artifact))
    return any(p is not None and "/" + artifact.path in _files(p) for p in pipelines)


@lru_cache(maxsize=64)
def _files(pipeline: Artifact) -> frozenset[str]:
    """The parameter files that a dvc.yaml names."""
    data = pipeline.data if isinstance(pipeline.data, dict) else {}
    rows: list[Any] = [data.get("params"), data.get("vars")]
    stages = data.get("stages")
    for stage in stages.values() if isinstance(stages, dict) else ():
        body = stage.get("do", stage) if isinstance(stage, dict) else {}
        of_stage = body.get("params") if isinstance(body, dict) else None
        rows += [[row for row in of_stage if isinstance(row, dict)] if isinstance(of_stage, list) else None]
    names = [name for row in rows for name in _names(row)]
    return frozenset(rooted(pipeline.folder, name) for name in names)


def _names(rows: Any) -> Iterator[str]:
    for row in rows if isinstance(rows, list) else ():
        for name in row if isinstance(row, dict) else [row]:
            if isinstance(name, str) and name.rpartition(".")[2] in ("yaml", "yml", "json", "toml"):
                yield name


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """What each value means; those that only steer training are hyper-parameters."""
    yield from settings(artifact.data, artifact.at())
