"""`*.dvc` pointers: data and models that are kept outside git, with their hashes and sizes."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._paths import is_model, rooted
from mlgov.formats.dvc_lock import described, recorded
from mlgov.lifecycle.fact import Fact

NAME = "dvc-pointer"
PATHS = ("*.dvc",)
MARKERS = (b"outs:",)
ROLE = "part"


def recognise(artifact: Artifact) -> Claim | None:
    """By the list `outs` with paths."""
    data = artifact.data
    outs = data.get("outs") if isinstance(data, dict) else None
    return Claim() if isinstance(outs, list) and any(isinstance(o, dict) and "path" in o for o in outs) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One data set for each file that is data; models stand in lineage only where a pipeline names them."""
    wdir = artifact.data.get("wdir")
    folder = f"{artifact.folder}/{wdir}" if isinstance(wdir, str) else artifact.folder
    for at, entry in enumerate(artifact.data["outs"]):
        if isinstance(entry, dict) and isinstance(entry.get("path"), str):
            path = rooted(folder, entry["path"])
            yield from recorded(path, entry, artifact.at("outs", at))
            if not is_model(path):
                yield described(path, entry, artifact.at("outs", at), "observed")
