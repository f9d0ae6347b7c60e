"""What other files say about a metrics file: a pipeline declares it, a manifest lists the metrics it may hold."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from mlgov.artifact import Artifact
from mlgov.documents import Page
from mlgov.formats._columns import column
from mlgov.formats._limits import limits_of
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
    """The normalised names of the metrics that the nearest manifest, thresholds file or requirements document defines."""
    for folder in folders_above(artifact):
        found = frozenset[str]().union(
            *(read(file) for name, read in _DEFINING if (file := _other(artifact, folder + name)))
        )
        if found:
            return found
    return frozenset()


def _other(artifact: Artifact, path: str) -> Artifact | None:
    return None if path == "/" + artifact.path else artifact.beside(path)


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


@lru_cache(maxsize=64)
def _limited(thresholds: Artifact) -> frozenset[str]:
    """The names that a thresholds file sets limits for."""
    return frozenset(normalised(limit.metric) for limit in limits_of(thresholds.data, thresholds.at())) - {""}


@lru_cache(maxsize=64)
def _required(document: Artifact) -> frozenset[str]:
    """The names in the tables of a requirements document that has a column of metrics and one of bounds."""
    page = document.data
    found: set[str] = set()
    for table in page.tables if isinstance(page, Page) else ():
        kinds = [column(cell.text).kind for cell in table.header]
        if "name" in kinds and "limit" in kinds:
            at = kinds.index("name")
            found |= {normalised(row[at].text) for row in table.rows if len(row) > at and len(row[at].text.split()) < 5}
    return frozenset(found - {""})


_DEFINING = (
    *((name, _names) for name in ("mlgov.yaml", "governance/metrics.yaml")),
    *((f"{folder}{stem}.{ending}", _limited)
      for folder in ("", "config/", "configs/", "evaluation/", "eval/", "metrics/")
      for stem in ("thresholds", "quality_gates", "release_criteria") for ending in ("yaml", "yml", "json")),
    *((name, _required) for name in ("PRD.md", "prd.md", "docs/PRD.md", "docs/prd.md", "docs/requirements.md")),
)  # fmt: skip
