"""What other files say about a metrics file: a pipeline declares it, a manifest lists the metrics it may hold."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from mlgov.artifact import Artifact
from mlgov.formats._metric_words import normalised
from mlgov.formats._paths import rooted


def folders_above(artifact: Artifact) -> tuple[str, ...]:
    """The folder of a file and every folder above it, `/`-rooted, nearest first."""
    return _upward(artifact.folder)


@lru_cache(maxsize=1024)
def _upward(folder: str) -> tuple[str, ...]:
    parts = folder.split("/") if folder else []
    return tuple("/" + "".join(part + "/" for part in parts[:end]) for end in range(len(parts), -1, -1))


def is_declared(artifact: Artifact) -> bool:
    """True if a dvc.yaml in its folder or above declares the file as metrics."""
    pipelines = (artifact.beside(folder + "dvc.yaml") for folder in folders_above(artifact))
    return any(p is not None and "/" + artifact.path in metrics_of(p) for p in pipelines)


@lru_cache(maxsize=64)
def metrics_of(pipeline: Artifact) -> frozenset[str]:
    """The files that a dvc.yaml declares as metrics, as paths from the root."""
    data = pipeline.data if isinstance(pipeline.data, dict) else {}
    stages = data.get("stages")
    found = list(_files(data.get("metrics")))
    for stage in stages.values() if isinstance(stages, dict) else ():
        body = stage.get("do", stage) if isinstance(stage, dict) else None
        if isinstance(body, dict):
            wdir = f"{body['wdir']}/" if isinstance(body.get("wdir"), str) else ""
            found += (wdir + name for name in _files(body.get("metrics")))
    return frozenset(rooted(pipeline.folder, name) for name in found)


def _files(rows: Any) -> Iterator[str]:
    for row in rows if isinstance(rows, list) else [rows]:
        yield from (key for key in row if isinstance(key, str)) if isinstance(row, dict) else ()
        if isinstance(row, str):
            yield row


def metrics_named(artifact: Artifact) -> frozenset[str]:
    """The normalised ids, names and aliases of the metrics of the nearest manifest."""
    for folder in folders_above(artifact):
        for name in ("mlgov.yaml", "governance/metrics.yaml"):
            manifest = artifact.beside(folder + name)
            if manifest is not None and (found := _names(manifest)):
                return found
    return frozenset()


@lru_cache(maxsize=64)
def _names(manifest: Artifact) -> frozenset[str]:
    rows = manifest.data.get("metrics") if isinstance(manifest.data, dict) else None
    found: set[str] = set()
    for row in rows if isinstance(rows, list) else ():
        aliases = row.get("aliases") if isinstance(row, dict) else None
        said = [row.get("id"), row.get("name")] if isinstance(row, dict) else []
        found.update(
            normalised(n) for n in [*said, *(aliases if isinstance(aliases, list) else [])] if isinstance(n, str)
        )
    return frozenset(found - {""})
