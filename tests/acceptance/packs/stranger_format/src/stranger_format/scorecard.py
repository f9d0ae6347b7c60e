"""Scorecards: one number of one model in lines `name = value`."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.lifecycle.fact import Fact

NAME = "scorecard"
PATHS = ("*.scorecard",)
MARKERS = (b"scorecard",)
ROLE = "anchor"


def recognise(artifact: Artifact) -> Claim | None:
    """By its first line: `scorecard 1`."""
    name, _, version = artifact.head.partition(b"\n")[0].partition(b" ")
    return Claim(version.decode("ascii", "replace").strip()) if name == b"scorecard" else None


def read(artifact: Artifact) -> Iterator[Fact]:
    """One declared result for each line."""
    for number, line in enumerate(artifact.raw.decode("utf-8", "replace").splitlines()[1:], 2):
        metric, equals, value = (part.strip() for part in line.partition("="))
        if equals and metric and value:
            place = Origin(artifact.path, f"@{number}:{line.index('=') + 2}")
            yield Fact("evaluation.results[]", {"metric": metric, "value": value, "split": "test"}, place)
