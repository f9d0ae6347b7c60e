"""Tells a template (Helm, Jinja, cookiecutter) from a broken file: braces inside strings and comments never count."""

import re
from typing import Final

from mlgov.documents.characters import decoded
from mlgov.documents.reading import TEMPLATED, UNREADABLE, Flaw

REASON: Final = (
    "a template (placeholders such as {{ … }} outside quotes), not a document; check the rendered file instead"
)
_MARKER = re.compile(r"\{\{|\{%")
# Placeholders that only a failing line may hold: {username}/image and %HOST% (KServe samples, Feast templates).
_PLACEHOLDER = re.compile(r"(?:^|[:\-,\[]\s)\s*(\{\w+\}(?=[^\s,}\]])|%[A-Z][A-Z0-9_]*%)")
_LITERAL = re.compile(r'"(?:[^"\\]++|\\.)*+"|\'[^\']*+\'')
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_ABOVE: Final = 3  # lines; a parser may notice the brace only at the next token
_LONGEST: Final = 2_000  # characters of a line that are looked at


def templates_among(flaws: list[Flaw], raw: bytes) -> list[Flaw]:
    """The flaws of a file, where those that come from template markers are told once, as `INT009`."""
    lines = decoded(raw).split("\n")
    judged = [_judged(flaw, lines) for flaw in flaws]
    first = next((flaw for flaw in judged if flaw.code == TEMPLATED), None)
    return [flaw for flaw in judged if flaw.code != TEMPLATED or flaw is first]


def _judged(flaw: Flaw, lines: list[str]) -> Flaw:
    if flaw.code == TEMPLATED:
        return flaw._replace(reason=REASON)
    if flaw.code != UNREADABLE or not flaw.line or not flaw.reason.startswith("not "):
        return flaw
    place = _marker_near(lines, flaw.line)
    return flaw._replace(code=TEMPLATED, reason=REASON, line=place[0], column=place[1]) if place else flaw


def _marker_near(lines: list[str], line: int) -> tuple[int, int] | None:
    """The marker on the line (1-based) where a parser failed, or just above it, or an unclosed one further up."""
    bottom = min(line, len(lines))
    if column := _unquoted(_PLACEHOLDER, lines[bottom - 1]):
        return bottom, column
    for at in range(bottom, max(bottom - _ABOVE, 0) - 1, -1):
        if at and (column := _unquoted(_MARKER, lines[at - 1])):
            return at, column
    for at in range(bottom - _ABOVE, max(bottom - 50, 0), -1):
        if column := _unquoted(_MARKER, lines[at - 1]):
            return None if "}}" in lines[at - 1] else (at, column)
    return None


def _unquoted(pattern: re.Pattern[str], line: str) -> int:
    """1-based column of the first match outside quotes and comments, or 0."""
    blanked = _LITERAL.sub(lambda literal: " " * len(literal[0]), line[:_LONGEST])
    found = pattern.search(_COMMENT.sub("", blanked))
    return found.start(found.lastindex or 0) + 1 if found else 0
