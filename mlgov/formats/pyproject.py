"""pyproject.toml: the licence of the code, as the packaging standard or poetry state it."""

from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._draft import flaw_at
from mlgov.formats._licences import classified, identified, is_expression
from mlgov.formats._whole_project import is_about_project
from mlgov.lifecycle.fact import Fact

NAME = "pyproject"
PATHS = ("pyproject.toml", "*.toml")
MARKERS = (b"[project]", b"[tool.poetry]")
ROLE = "shared"


def recognise(artifact: Artifact) -> Claim | None:
    """A pyproject.toml that describes a distribution, not only the settings of tools."""
    if artifact.name != "pyproject.toml" or not isinstance(artifact.data, dict):
        return None
    version = "PEP 621" if _table(artifact.data, "project") else "poetry" if _poetry(artifact.data) else ""
    return Claim(version) if version else None


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """The licence of the code; a file that holds its text speaks for itself."""
    if not is_about_project(artifact):
        return
    for said, origin in _stated(artifact):
        if isinstance(said, str) and is_expression(said) and not is_placeholder(said):
            yield Fact("project.license.code", said, origin)
        elif isinstance(said, str) and (found := identified(said)):
            yield Fact("project.license.code", found.id, origin)
        elif not isinstance(said, (str, dict)):
            yield flaw_at(artifact, origin, "the license is neither an SPDX expression nor a table")


def _stated(artifact: Artifact) -> Iterator[tuple[Any, Origin]]:
    project, poetry = _table(artifact.data, "project"), _poetry(artifact.data)
    licence = project.get("license")
    if isinstance(licence, dict):
        yield from ((licence[key], artifact.at("project", "license", key)) for key in ("text",) if key in licence)
    elif licence is not None:
        yield licence, artifact.at("project", "license")
    elif "license" in poetry:
        yield poetry["license"], artifact.at("tool", "poetry", "license")
    else:
        named = project.get("classifiers")
        for at, row in enumerate(named if isinstance(named, list) else ()):
            if isinstance(row, str) and (said := classified(row)):
                yield said, artifact.at("project", "classifiers", at)


def _poetry(data: dict[str, Any]) -> dict[str, Any]:
    return _table(_table(data, "tool"), "poetry")


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}
