"""Who owns a path by CODEOWNERS: in each section the last pattern that matches decides, as on the forges."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from mlgov.documents.codeowners import PLACES, Ownership, has_sections, read_codeowners
from mlgov.snapshot import Unreadable, matches


class Owners(NamedTuple):
    """The lines of one CODEOWNERS file, in order. file: "" where the tree has none."""

    file: str = ""
    lines: tuple[Ownership, ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """The owners of a path; empty where nobody owns it."""
        last = {line.section: line.owners for line in self.lines if _owns(line.pattern, path)}
        return tuple(owner.name for owners in last.values() for owner in owners)

    def includes(self, handle: str, path: str) -> bool:
        """True if somebody of this handle is named as an owner of the path."""
        return _plain(handle) in {_plain(owner) for owner in self.of(path)}


def owners_of(files: Iterable[str], read: Callable[[str], bytes]) -> Owners:
    """The owners that a tree names; of several files the first one counts, and lines that a forge ignores do not."""
    known = set(files)
    for file in PLACES:
        if file in known:
            try:
                text = read(file).decode("utf-8-sig", "replace")
            except Unreadable:
                continue
            every = read_codeowners(text, has_sections(file))
            return Owners(file, tuple(line for line in every if all(owner.is_valid for owner in line.owners)))
    return Owners()


def _owns(pattern: str, path: str) -> bool:
    """As in `.gitignore`, but `docs/*` means the files of that folder only."""
    if pattern.endswith("/*") and not pattern.endswith("**/*"):
        return "/" not in path[len(pattern.strip("/")) - 1 :] and matches(path, pattern)
    return matches(path, pattern) if pattern != "*" else True


def _plain(handle: str) -> str:
    return handle.strip().lstrip("@").lower()
