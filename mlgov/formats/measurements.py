"""Records of measurements as `mlgov record` writes them: what the data themselves said, for as long as they are the same."""

import hashlib
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.lifecycle.fact import Fact
from mlgov.units import literal

NAME = "measurements"
PATHS = (".mlgov/measurements.json", "*.json")
MARKERS = (b"https://mlgov.dev/measurements/",)
ROLE = "part"
TYPE = "https://mlgov.dev/measurements/v1"
_RESULT = ("metric", "value", "n", "ci", "average", "k", "threshold", "slice", "dataset", "split",
           "model_version", "dataset_version")  # fmt: skip


def recognise(artifact: Artifact) -> Claim | None:
    """The type, and projects."""
    data = artifact.data
    if not isinstance(data, dict) or data.get("_type") != TYPE or not isinstance(data.get("projects"), list):
        return None
    return Claim("1", f"{sum(len(_rows(p, 'measurements')) for p in data['projects'])} measurements")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Results and counts of rows as observed facts; those of data that have changed since are stale."""
    date = artifact.data.get("date")
    for at, project in enumerate(artifact.data["projects"]):
        stale = set()
        for flaw, path in _stale(artifact, project):
            stale.add(path)
            yield flaw
        yield from _results(artifact, at, project, stale, date)
        yield from _datasets(artifact, at, project, stale)


def _results(artifact: Artifact, at: int, project: Any, stale: set[str], date: Any) -> Iterator[Fact]:
    for number, row in enumerate(_rows(project, "results")):
        if row.get("predictions") not in stale:
            value = {name: row[name] for name in _RESULT if row.get(name) is not None}
            where = artifact.at("projects", at, "results", number)
            told = value | ({"date": date} if isinstance(date, str) else {})
            yield Fact("evaluation.results[]", told, where, "observed", about=_folder(project))


def _datasets(artifact: Artifact, at: int, project: Any, stale: set[str]) -> Iterator[Fact]:
    for number, row in enumerate(_rows(project, "datasets")):
        if row.get("path") not in stale and row.get("id"):
            where = artifact.at("projects", at, "datasets", number)
            value = {name: row[name] for name in ("id", "rows") if row.get(name) is not None}
            yield Fact("data.datasets[]", value, where, "observed", about=_folder(project))


def _stale(artifact: Artifact, project: Any) -> Iterator[tuple[Flaw, str]]:
    """The files that are here, or that DVC knows, with another digest than the one that was measured."""
    for row in _rows(project, "files"):
        path, digest = row.get("path"), row.get("digest")
        if not isinstance(path, str) or not isinstance(digest, dict):
            continue
        for kind, now in _digests(artifact, path):
            then = digest.get(kind)
            if isinstance(then, str) and then != now:
                words = f"{path} was measured with {kind} {then[:12]}…, now it has {now[:12]}…"
                yield Flaw("INT014", words, *_place(artifact, then)), path
                break


def _digests(artifact: Artifact, path: str) -> Iterator[tuple[str, str]]:
    """What is known of a file today: its own bytes where they are in the tree, else what DVC says."""
    here = artifact.beside("/" + path)
    if here is not None:
        yield "sha256", hashlib.sha256(here.raw).hexdigest()
        return
    pointer = artifact.beside(f"/{path}.dvc")
    outs = pointer.data.get("outs") if pointer is not None and isinstance(pointer.data, dict) else None
    for out in outs if isinstance(outs, list) else ():
        if isinstance(out, dict) and out.get("md5") is not None:
            yield "md5", literal(out["md5"])  # digits alone are a number to YAML


def _place(artifact: Artifact, text: str) -> tuple[int, int]:
    """Line and column of a digest."""
    before = artifact.raw[: max(artifact.raw.find(text.encode()), 0)]
    return before.count(b"\n") + 1, len(before) - before.rfind(b"\n")


def _folder(project: Any) -> str:
    folder = project.get("folder") if isinstance(project, dict) else ""
    return folder if isinstance(folder, str) else ""


def _rows(project: Any, name: str) -> list[dict[str, Any]]:
    rows = project.get(name) if isinstance(project, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
