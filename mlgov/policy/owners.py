"""Who owns a path by CODEOWNERS: the last pattern that matches decides, as on the forges."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from mlgov.snapshot import Unreadable, matches

FILES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


class Owners(NamedTuple):
    """The lines of one CODEOWNERS file: pattern and owners, in order. file: "" where the tree has none."""

    file: str = ""
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """The owners of a path; empty where nobody owns it."""
        return next((owners for pattern, owners in reversed(self.lines) if _owns(pattern, path)), ())

    def includes(self, handle: str, path: str) -> bool:
        """True if somebody of this handle is named as an owner of the path."""
        return _plain(handle) in {_plain(owner) for owner in self.of(path)}


def owners_of(files: Iterable[str], read: Callable[[str], bytes]) -> Owners:
    """The owners that a tree names; of several files the first one counts."""
    known = set(files)
    for file in FILES:
        if file in known:
            try:
                text = read(file).decode("utf-8", "replace")
            except Unreadable:
                continue
            return Owners(file, tuple(_line(line) for line in text.splitlines() if _line(line)[0]))
    return Owners()


def _line(line: str) -> tuple[str, tuple[str, ...]]:
    """Pattern and owners; a heading of a section and a comment have no pattern."""
    words = line.partition("#")[0].replace("\\ ", "\0").split()
    if not words or words[0].startswith(("[", "^[")):
        return "", ()
    return words[0].replace("\0", " "), tuple(words[1:])


def _owns(pattern: str, path: str) -> bool:
    """As in `.gitignore`, but `docs/*` means the files of that folder only."""
    if pattern.endswith("/*") and not pattern.endswith("**/*"):
        return "/" not in path[len(pattern.strip("/")) - 1 :] and matches(path, pattern)
    return matches(path, pattern) if pattern != "*" else True


def _plain(handle: str) -> str:
    return handle.strip().lstrip("@").lower()
