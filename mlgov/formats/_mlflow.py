"""MLflow's file store: which run a file belongs to, whether it ended well, and whether it made the model of the project."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from mlgov.artifact import Artifact
from mlgov.formats._listed import folders_above

STORE = "mlruns"
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
    """True if the manifest, or a model that is exported beside the store, names the run: it made the project's model."""
    return run_id in set(_selected(artifact))


def _selected(artifact: Artifact) -> Iterator[str]:
    above = artifact.path.partition(f"{STORE}/")[0]
    for folder in folders_above(artifact):
        if not ("/" + above).startswith(folder):
            continue  # within the store lie the models of all runs
        for name in ("mlgov.yaml", "governance/training.yaml", *_EXPORTS):
            found = artifact.beside(folder + name)
            if found is not None and (run_id := _run_of(found)):
                yield run_id


@lru_cache(maxsize=64)
def _run_of(found: Artifact) -> str:
    """The run that a manifest or an exported model names."""
    data = found.data if isinstance(found.data, dict) else {}
    training = data.get("training")
    lineage = training.get("lineage") if isinstance(training, dict) else None
    named = data.get("run_id") if "flavors" in data else lineage.get("run_id") if isinstance(lineage, dict) else None
    return named if isinstance(named, str) else ""
