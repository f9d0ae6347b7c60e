"""Alibi Detect: the saved configuration of a drift detector, with its test, its alpha and its reference data."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.formats._draft import Draft, identifier
from mlgov.formats._drift_words import method_of
from mlgov.formats._kubernetes import value_at
from mlgov.formats._paths import rooted
from mlgov.formats._quantities import number_of, text_of
from mlgov.lifecycle.fact import Fact

NAME = "alibi-detect"
PATHS = ("*.toml",)
MARKERS = (b"x_ref", b"Drift")
ROLE = "part"
_KNOWN = frozenset(
    "KSDrift CVMDrift MMDDrift MMDDriftOnline LSDDDrift LSDDDriftOnline LearnedKernelDrift ContextMMDDrift ChiSquareDrift "
    "TabularDrift ClassifierDrift SpotTheDiffDrift ClassifierUncertaintyDrift RegressorUncertaintyDrift FETDrift "
    "CVMDriftOnline FETDriftOnline".split()
)


def recognise(artifact: Artifact) -> Claim | None:
    """`name` of a drift detector, with `x_ref` or the meta data of the library."""
    data = artifact.data
    if not isinstance(data, dict) or str(data.get("name")) not in _KNOWN:
        return None
    version = text_of(value_at(data, "meta", "version"))
    return Claim(version or "", str(data["name"])) if "x_ref" in data or version else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One signal; a detector is known by the folder that it is saved in."""
    data: dict[str, Any] = artifact.data
    detector = str(data["name"])
    folder = artifact.folder.rpartition("/")[2]
    signal = Draft(artifact.at(), id=identifier(folder or detector), kind="data_drift")
    method = method_of(detector)
    signal.put("method", method.name, artifact.at("name"))
    alpha = number_of(data.get("p_val"))
    signal.put(
        "alpha", text_of(data.get("p_val")) if alpha is not None and 0 < alpha <= 1 else None, artifact.at("p_val")
    )
    reference = text_of(data.get("x_ref"))
    signal.put("reference", rooted(artifact.folder, reference) if reference else None, artifact.at("x_ref"))
    yield signal.fact("monitoring.signals[]")
