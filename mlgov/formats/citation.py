"""CITATION.cff: version and licence of the software, as people shall cite it."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.documents.placeholder import is_placeholder
from mlgov.formats._draft import flaw_at
from mlgov.formats._quantities import text_of
from mlgov.formats._whole_project import is_about_project
from mlgov.lifecycle.fact import Fact

NAME = "citation"
PATHS = ("CITATION.cff",)
MARKERS = (b"cff-version",)
ROLE = "shared"


def recognise(artifact: Artifact) -> Claim | None:
    """YAML with a version of the format, a title and authors."""
    data = artifact.data
    if not isinstance(data, dict) or not {"cff-version", "title", "authors"} <= data.keys():
        return None
    return Claim(text_of(data["cff-version"]) or "", text_of(data.get("type")) or "software")


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """A citation of software; one of a data set speaks about the data."""
    data = artifact.data
    part = "data" if data.get("type") == "dataset" else "code"
    if not is_about_project(artifact):
        return
    licences = data.get("license")
    rows = licences if isinstance(licences, list) else [licences]
    if text := " OR ".join(row for row in rows if isinstance(row, str) and not is_placeholder(row)):
        yield Fact(f"project.license.{part}", text, artifact.at("license"))
    version = data.get("version")
    if isinstance(version, float):
        reason = "the version is a number and may have lost digits; write it in quotes"
        yield flaw_at(artifact, artifact.at("version"), reason)._replace(code="INT004")
    elif (said := text_of(version)) and part == "code":
        yield Fact("project.version", said, artifact.at("version"))
