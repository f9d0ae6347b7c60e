"""mlgov's own format: `mlgov.yaml` and the section files in `governance/`."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.finding import Origin
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.own import sections_of

NAME = "mlgov"
PATHS = ("mlgov.yaml", "mlgov.yml", "governance/*.yaml", "governance/*.yml", "**/governance/*.yaml",
         "**/governance/*.yml", "**/governance/*/*.yaml", "**/governance/*/*.yml")  # fmt: skip
MARKERS = ()
ROLE = "manifest"
VERSION = "mlgov/v1"


def recognise(artifact: Artifact) -> Claim | None:
    """`mlgov.yaml` by its name; files of a governance folder by their `apiVersion`."""
    version = _version(artifact)
    if artifact.name in ("mlgov.yaml", "mlgov.yml"):
        return Claim(version or "")
    return Claim(version) if version and version.startswith("mlgov/") else None


def _version(artifact: Artifact) -> str | None:
    data = artifact.data
    version = data.get("apiVersion") if isinstance(data, dict) else None
    return version if isinstance(version, str) else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One fact per section; the whole section is its value."""
    for document in artifact.documents:
        if document.index or not isinstance(document.data, dict):
            yield Flaw("INT002", "a manifest is one YAML document that holds a mapping", 1, 1, None, document.index)
            continue
        yield from _version_flaws(document.data)
        for section, value in sections_of(document.data):
            yield Fact(section, value, Origin(artifact.path).at(section))


def _version_flaws(data: dict[str, Any]) -> Iterator[Flaw]:
    if data.get("apiVersion") != VERSION:
        said = data.get("apiVersion")
        reason = (
            f"apiVersion is {said!r}, expected {VERSION}" if said else f"the first line must say apiVersion: {VERSION}"
        )
        yield Flaw("INT004", reason, 1, 1)
