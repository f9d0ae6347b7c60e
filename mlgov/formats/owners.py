"""OWNERS of Kubernetes projects and MAINTAINERS files: who reviews changes."""

import re
from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.finding import Origin
from mlgov.lifecycle.fact import Fact

NAME = "owners"
PATHS = ("OWNERS", "MAINTAINERS", "MAINTAINERS.md", "MAINTAINERS.txt", "MAINTAINERS.yaml", "MAINTAINERS.yml")
MARKERS = (b"approvers:", b"reviewers:", b"@")
ROLE = "note"
_HANDLE = re.compile(
    r"(?<![\w.@/])@[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:/[\w.-]{1,60})?(?![\w@])"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<=github\.com/)[A-Za-z0-9][A-Za-z0-9-]{0,38}(?=[)\s>\]|]|$)"
)
_LISTS = ("approvers", "reviewers")


def recognise(artifact: Artifact) -> Claim | None:
    """Lists of approvers and reviewers, or a page with handles or mail addresses."""
    if artifact.name == "OWNERS":
        data = artifact.data
        return (
            Claim("kubernetes")
            if isinstance(data, dict) and any(isinstance(data.get(k), list) for k in _LISTS)
            else None
        )
    return Claim() if any(True for _ in _named(artifact)) else None


def read(artifact: Artifact) -> Iterator[Fact]:
    """One role with everybody who is named; which of them answers for the model, the file does not say."""
    found = list(_listed(artifact) if artifact.name == "OWNERS" else _named(artifact))
    names = dict(reversed(found))
    if names:
        holders = list(dict.fromkeys(name for name, _ in found))
        parts = {f"holders.{at}": names[name] for at, name in enumerate(holders)}
        yield Fact("team.roles[]", {"role": "reviewer", "holders": holders}, found[0][1], parts=parts)


def _listed(artifact: Artifact) -> Iterator[tuple[str, Origin]]:
    for key in _LISTS:
        row = artifact.data.get(key)
        for at, name in enumerate(row if isinstance(row, list) else ()):
            if isinstance(name, str) and re.fullmatch(r"@?[\w.-]{1,100}", name):
                yield name, artifact.at(key, at)


def _named(artifact: Artifact) -> Iterator[tuple[str, Origin]]:
    for number, line in enumerate(artifact.raw[:200_000].decode("utf-8-sig", "replace").splitlines(), 1):
        for match in _HANDLE.finditer(line[:2000]):
            name = match[0] if "@" in match[0] else f"@{match[0]}"
            yield name, Origin(artifact.path, f"@{number}:{match.start() + 1}-{match.end() + 1}")
