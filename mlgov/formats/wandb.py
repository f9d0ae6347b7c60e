"""Runs of Weights & Biases as they lie on disk: summary, configuration and metadata of each run."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._identity import fitting
from mlgov.formats._kubernetes import value_at
from mlgov.formats._measured import Measured, NonFinite
from mlgov.formats._quantities import text_of
from mlgov.formats._results import Context, Said
from mlgov.formats._run_named import run_of_manifest
from mlgov.formats._steering import steering
from mlgov.formats.metrics_file import not_finite
from mlgov.lifecycle.fact import Fact

NAME = "wandb"
PATHS = ("**/wandb/*/files/wandb-summary.json", "**/wandb/*/files/config.yaml", "**/wandb/*/files/wandb-metadata.json")
MARKERS = ()
ROLE = "part"
_RUN = re.compile(r"(?:offline-)?run-\d{8}_\d{6}-(\w{1,64})").fullmatch
_BROKEN = ("NaN", "Infinity", "-Infinity")


def recognise(artifact: Artifact) -> Claim | None:
    """By its place below `wandb/run-…/files` and its name; the version is that of the client."""
    data = artifact.data
    if not isinstance(data, dict) or not _run(artifact):
        return None
    if artifact.name == "config.yaml" and not (
        "_wandb" in data or "wandb_version" in data or any(map(_is_wrapped, data.values()))
    ):
        return None
    return Claim(text_of(value_at(data, "_wandb", "value", "cli_version")) or "", artifact.name)


def _run(artifact: Artifact) -> str:
    """The id of a run, which ends the name of its folder; `latest-run` only links to one."""
    found = _RUN(artifact.folder.removesuffix("/files").rpartition("/")[2])
    return found[1] if found else ""


def _is_wrapped(value: Any) -> bool:
    return isinstance(value, dict) and "value" in value and value.keys() <= {"value", "desc"}


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A summary holds results of its run; configuration and commit are those of the model where the run is its run."""
    if artifact.name == "wandb-summary.json":
        yield from _summary(artifact)
    elif _is_selected(artifact) and artifact.name == "config.yaml":
        for key, row in artifact.data.items():
            if _is_wrapped(row) and key != "_wandb":
                yield from _setting(artifact, str(key), row["value"])
    elif _is_selected(artifact) and (commit := text_of(value_at(artifact.data, "git", "commit"))):
        yield Fact("training.lineage.commit", commit, artifact.at("git", "commit"), "observed")


def _setting(artifact: Artifact, key: str, value: Any) -> Iterator[Fact]:
    where = artifact.at(key, "value")
    if isinstance(value, dict):
        yield from steering(value, where, "observed")
    else:
        yield from (fact._replace(origin=where) for fact in steering({key: value}, artifact.at(), "observed"))


def _is_selected(artifact: Artifact) -> bool:
    """True for the run that the manifest names, else for the only one."""
    folder = artifact.path.rpartition("/files/")[0].rpartition("/")[0]
    named = run_of_manifest(artifact, folder)
    runs = [name for name in artifact.names_in(folder) if _RUN(name)]
    return _run(artifact) == named if named else len(runs) == 1


def _summary(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """Numbers by name; keys that begin with `_` tell of the run, mappings with `_type` are media."""
    context: Context = {"run_id": Said(_run(artifact), artifact.at())}
    measured = Measured("observed", everything=True)
    for key, value in artifact.data.items():
        if key.startswith("_") or isinstance(value, dict) and "_type" in value:
            continue
        where = artifact.at(key)
        if isinstance(value, str) and value in _BROKEN:
            yield not_finite(artifact, NonFinite(key, float(value.lower()), where))
            continue
        for found in measured.node({key: value}, artifact.at(), fitting(key, where, context)):
            yield not_finite(artifact, found) if isinstance(found, NonFinite) else found
