"""MLflow's file store: which run a file belongs to, whether it ended well, and whether it made the model of the project."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from mlgov.artifact import Artifact
from mlgov.formats._listed import folders_above
from mlgov.formats._run_named import named_by

STORE = "mlruns"
_NO_RUNS = frozenset({"meta.yaml", "models", "tags", "traces", "datasets", ".trash"})
_MOST = 200  # runs; a larger store has no only one
# where teams keep the one model that they export
_EXPORTS = ("MLmodel", "model/MLmodel", "models/MLmodel", "models/model/MLmodel", "artifacts/model/MLmodel")


class RunFile(NamedTuple):
    """A file of a run: `kind` is `metrics`, `params` or `tags`, `name` what it is called there (`test/f1`)."""

    kind: str
    name: str
    folder: str
    meta: dict[str, Any]

    @property
    def run_id(self) -> str:
        """The run, as its meta.yaml names it."""
        return str(self.meta["run_id"])


def run_file(artifact: Artifact) -> RunFile | None:
    """The place of a file in a store, told by the meta.yaml of its run; None for files elsewhere."""
    parts = artifact.path.split("/")
    for at, part in enumerate(parts):
        if part in ("metrics", "params", "tags") and STORE in parts[:at] and at + 1 < len(parts):
            folder = "/" + "/".join(parts[:at])
            meta = artifact.beside(folder + "/meta.yaml")
            if meta is not None and is_run(meta.data):
                return RunFile(part, "/".join(parts[at + 1 :]), folder, meta.data)
    return None


def is_run(data: Any) -> bool:
    """True for the meta.yaml of a run."""
    return isinstance(data, dict) and data.keys() >= {"run_id", "artifact_uri", "lifecycle_stage"}


def is_finished(meta: dict[str, Any]) -> bool:
    """True for a run that ended well (status 3) and was not deleted."""
    return meta.get("status") in (3, "FINISHED") and meta.get("lifecycle_stage") == "active"


def time_of_epoch(milliseconds: Any) -> str | None:
    """Epoch milliseconds as a timestamp."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, (int, float)):
        return None
    if not math.isfinite(milliseconds) or not 0 < milliseconds < 4e12:
        return None
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"


def is_selected(artifact: Artifact, run_id: str) -> bool:
    """True if a run made the project's model: manifest or exported model name it, or it is the only run of the store."""
    named = set(_selected(artifact))
    return run_id in named if named else _is_only(artifact, run_id)


def _is_only(artifact: Artifact, run_id: str) -> bool:
    """True for the only run that is no child of another."""
    above, _, _ = artifact.path.partition(f"{STORE}/")
    store = above + STORE
    runs = [
        f"{store}/{experiment}/{run}"
        for experiment in sorted(artifact.names_in(store) - _NO_RUNS)
        for run in sorted(artifact.names_in(f"{store}/{experiment}") - _NO_RUNS)
    ]
    if len(runs) > _MOST:
        return False
    parents = [run for run in runs if artifact.beside(f"/{run}/tags/mlflow.parentRunId") is None]
    return [run.rpartition("/")[2] for run in parents] == [run_id]


def _selected(artifact: Artifact) -> Iterator[str]:
    above = artifact.path.partition(f"{STORE}/")[0]
    for folder in folders_above(artifact):
        if not ("/" + above).startswith(folder):
            continue  # within the store lie the models of all runs
        for name in ("mlgov.yaml", "governance/training.yaml", *_EXPORTS):
            found = artifact.beside(folder + name)
            if found is not None and (run_id := named_by(found)):
                yield run_id
