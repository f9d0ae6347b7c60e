"""The run that a manifest names as the one that made the model."""

from functools import lru_cache

from mlgov.artifact import Artifact
from mlgov.formats._listed import folders_above


def run_of_manifest(artifact: Artifact, store: str) -> str:
    """`training.lineage.run_id` of the nearest manifest above a store of runs; "" where none states it."""
    for folder in folders_above(artifact):
        if not f"/{store}/".startswith(folder) or f"/{store}/" == folder:
            continue
        for name in ("mlgov.yaml", "governance/training.yaml"):
            found = artifact.beside(folder + name)
            if found is not None and (run := named_by(found)):
                return run
    return ""


@lru_cache(maxsize=64)
def named_by(found: Artifact) -> str:
    """The run that a manifest, or an exported model, names."""
    data = found.data if isinstance(found.data, dict) else {}
    training = data.get("training")
    lineage = training.get("lineage") if isinstance(training, dict) else None
    named = data.get("run_id") if "flavors" in data else lineage.get("run_id") if isinstance(lineage, dict) else None
    return named if isinstance(named, str) else ""
