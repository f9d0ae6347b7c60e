"""CODEOWNERS as GitHub and GitLab write it: patterns with owners, and sections with owners of their own.

Every line is kept in its order, because the last one that matches decides. In a section a pattern without owners has
those of the section; elsewhere it takes ownership away.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# in the order in which the forges look: only the first file counts
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_SECTION = re.compile(r"\^?\[(?P<name>[^\[\]]{1,200})\](?:\[\d{1,3}\])?(?P<owners>\s.*)?$")
_LONGEST = 320  # characters of a mail address
_WORD = re.compile(r"(?:\\.|[^\s\\]|\\$)+")
_OWNER = re.compile(r"@{1,2}[\w][\w./-]*|[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


class Owner(NamedTuple):
    """One owner, with its place in the line (1-based, end exclusive). is_valid: a handle, a team or a mail address."""

    name: str
    column: int
    end: int

    @property
    def is_valid(self) -> bool:
        """True for `@user`, `@org/team`, `@@role` and mail addresses; a forge ignores a line with anything else."""
        return len(self.name) <= _LONGEST and _OWNER.fullmatch(self.name) is not None


class Ownership(NamedTuple):
    """One line. line: 1-based. section: "" outside every section. inherited: its owners are those of the section."""

    pattern: str
    owners: tuple[Owner, ...]
    section: str
    line: int
    column: int
    end: int
    inherited: bool = False


def has_sections(path: str) -> bool:
    """True if a heading in brackets may begin a section there: GitHub knows none."""
    return not path.startswith(".github/")


def read_codeowners(text: str, sections: bool = True) -> Iterator[Ownership]:
    """The lines of a file; `sections` is False where the forge (GitHub) knows none."""
    name, defaults = "", tuple[Owner, ...]()
    for number, line in enumerate(text.splitlines(), 1):
        heading = _SECTION.match(line.strip()) if sections else None
        if heading:
            name = heading["name"].strip()
            defaults = tuple(owner for _, *owners in [_words(line)] for owner in owners if owner.is_valid)
            continue
        words = _words(line)
        if not words:
            continue
        pattern, given = words[0], tuple(words[1:])
        yield Ownership(pattern.name, given or defaults, name, number, pattern.column, pattern.end, not given)


def _words(line: str) -> list[Owner]:
    """The words of a line up to a comment; in a pattern `\\ ` is a space and `\\#` no comment."""
    found: list[Owner] = []
    for match in _WORD.finditer(line):
        if match[0].startswith("#"):
            break
        text = re.sub(r"\\([ #])", r"\1", match[0]) if not found else match[0]
        found.append(Owner(text, match.start() + 1, match.end() + 1))
    return found
