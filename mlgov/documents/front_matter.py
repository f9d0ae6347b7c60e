"""The YAML block at the start of a Markdown file: where it is, what it says, and what is wrong with it."""

import re
from typing import Any, NamedTuple

from mlgov.documents.reading import UNREADABLE, Flaw, Limits
from mlgov.documents.yaml import read_yaml

_OPENING = re.compile(r"(?:[ \t]*\n)*+---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_COMMENTS = re.compile(r"\s*+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)++")
_LOOKS_LIKE_A_MAP = re.compile(r"\s*[A-Za-z_][\w-]*:(?:\s|$)")


class Block(NamedTuple):
    """Offsets in the text: of the YAML itself, and where the body of the page begins."""

    start: int
    end: int
    body: int


class FrontMatter(NamedTuple):
    """data: None without front matter. line: 1-based line of its first line, or 0. body: offset of the body."""

    data: dict[str, Any] | None = None
    line: int = 0
    body: int = 0
    flaws: tuple[Flaw, ...] = ()


def front_block(text: str) -> Block | None:
    """The block between two `---` lines at the start of `text` (line ends are LF) or after comments, or None."""
    return _block(text, 0) or _late_block(text)


def front_matter(text: str, limits: Limits) -> FrontMatter:
    """Read the front matter of a page; a block that is not first is read too, and told."""
    if block := _block(text, 0):
        return _read(text, block, limits)
    opening = _OPENING.match(text)
    if opening and _LOOKS_LIKE_A_MAP.match(text, opening.end()):
        reason = "the front matter is never closed; end it with a line ---"
        return FrontMatter(flaws=(Flaw(UNREADABLE, reason, text.count("\n", 0, opening.end()), 1),))
    block = _late_block(text)
    return _late(text, block, limits) if block else FrontMatter()


def _block(text: str, at: int) -> Block | None:
    opening = _OPENING.match(text, at)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    return Block(opening.end(), closing.start(), min(closing.end() + 1, len(text)))


def _late_block(text: str) -> Block | None:
    comments = _COMMENTS.match(text)
    return _block(text, comments.end()) if comments else None


def _read(text: str, block: Block, limits: Limits) -> FrontMatter:
    before = text.count("\n", 0, block.start)
    documents, flaws = read_yaml(text[block.start : block.end].encode(), limits)
    moved = tuple(_moved(flaw, before) for flaw in flaws)
    data = documents[0].data if documents else None
    if isinstance(data, dict):
        return FrontMatter(data, before + 1, block.body, moved)
    if isinstance(data, str):  # prose between two rules; not front matter at all
        return FrontMatter()
    if data is not None:
        reason = "the front matter is a list or a single value; write it as a mapping"
        moved = (*moved, Flaw(UNREADABLE, reason, before + 1, 1))
    return FrontMatter(None, before + 1, block.body, moved)


def _late(text: str, block: Block, limits: Limits) -> FrontMatter:
    found = _read(text, block, limits)
    if found.data is None:
        return FrontMatter()
    reason = "the front matter is not first, so other tools do not see it; move it above the comment"
    return found._replace(flaws=(*found.flaws, Flaw(UNREADABLE, reason, found.line - 1, 1)))


def _moved(flaw: Flaw, lines: int) -> Flaw:
    """The flaw of a part of a file, counted from the start of the file."""
    other = (flaw.other[0] + lines, flaw.other[1]) if flaw.other else None
    return flaw._replace(line=flaw.line + lines if flaw.line else lines + 1, other=other)
