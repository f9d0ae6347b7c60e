"""CODEOWNERS of GitHub and GitLab: who has to agree to changes of which files; the last pattern that matches decides."""

from collections.abc import Iterator

from mlgov.artifact import Artifact, Claim
from mlgov.documents import Flaw
from mlgov.documents.codeowners import PLACES, Ownership, has_sections, read_codeowners
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.lifecycle.fact import Fact

NAME = "codeowners"
PATHS = ("/CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
MARKERS = ()
ROLE = "shared"
_LARGEST = 3_000_000  # bytes; GitHub ignores larger files


def recognise(artifact: Artifact) -> Claim | None:
    """By its place alone; a file behind another one is named, but states nothing."""
    first = _first(artifact)
    version = "GitHub" if artifact.path.startswith(".github/") else "GitLab" if _has_sections(artifact) else ""
    return Claim(version, "" if first is None else f"not used: {first} comes first")


def _first(artifact: Artifact) -> str | None:
    """The file that counts instead of this one."""
    before = PLACES[: PLACES.index(artifact.path)] if artifact.path in PLACES else ()
    return next((path for path in before if artifact.beside("/" + path) is not None), None)


def _has_sections(artifact: Artifact) -> bool:
    in_sections = any(line.section for line in _lines(artifact, True))
    return artifact.path.startswith(".gitlab/") or in_sections and artifact.beside("/.gitlab-ci.yml") is not None


def _lines(artifact: Artifact, sections: bool) -> Iterator[Ownership]:
    return read_codeowners(artifact.raw.decode("utf-8-sig", "replace"), sections)


def read(artifact: Artifact) -> Iterator[Fact | Flaw]:
    """One record for each pattern, in order."""
    if _first(artifact) is not None:
        return
    if len(artifact.raw) > _LARGEST:
        yield Flaw("INT002", "is larger than 3 MB, and GitHub ignores it; name folders instead of files")
        return
    for line in _lines(artifact, has_sections(artifact.path)):
        yield from _line(artifact, line)


def _line(artifact: Artifact, line: Ownership) -> Iterator[Fact | Flaw]:
    owners: list[str] = []
    parts: dict[str, Origin] = {}
    for owner in line.owners:
        if is_placeholder(owner.name.lstrip("@")):
            yield Flaw("INT007", f"the owner {owner.name} is a placeholder", line.line, owner.column)
        elif not owner.is_valid:
            reason = (
                f"the owner {owner.name[:80]!r} is neither @user, @org/team nor a mail address, so the line is ignored"
            )
            yield Flaw("INT004", reason, line.line, owner.column)
        else:
            if not line.inherited:
                parts[f"owners.{len(owners)}"] = _at(artifact, line.line, owner.column, owner.end)
            owners.append(owner.name)
    value = {"pattern": line.pattern, "owners": owners} | ({"section": line.section} if line.section else {})
    yield Fact("team.codeowners[]", value, _at(artifact, line.line, line.column, line.end), parts=parts)


def _at(artifact: Artifact, line: int, column: int, end: int) -> Origin:
    return Origin(artifact.path, f"@{line}:{column}-{end}")
