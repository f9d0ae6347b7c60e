"""LICENSE files: the licence of the code, told by the first lines of the standard texts."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.formats._licences import identified
from mlgov.formats._whole_project import is_about_project
from mlgov.lifecycle.fact import Fact

NAME = "licence"
PATHS = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENSE.rst", "LICENCE", "LICENCE.txt", "LICENCE.md", "COPYING",
         "COPYING.txt")  # fmt: skip
MARKERS = ()
ROLE = "shared"


def recognise(artifact: Artifact) -> Claim | None:
    """A text that is one of the standard licences."""
    found = identified(artifact.raw[:20_000].decode("utf-8-sig", "replace"))
    return Claim(found.id) if found else None


def read(artifact: Artifact) -> Iterator[Fact]:
    """The SPDX id, where the file is about the project and not about a part of it that others wrote."""
    found = identified(artifact.raw[:20_000].decode("utf-8-sig", "replace"))
    if found and is_about_project(artifact):
        yield Fact("project.license.code", found.id, artifact.at()._replace(pointer=f"@{found.line}:1"))
