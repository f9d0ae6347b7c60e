"""Where the comments of a YAML, TOML or Markdown file stand; what looks like one within a string or code is none."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from mlgov.documents.characters import decoded, directive_flaw, unix, without_bom
from mlgov.documents.json_places import Lines
from mlgov.documents.kinds import kind_of
from mlgov.documents.reading import LIMITS

_YAML = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_TOML = re.compile(
    r'"""(?:[^"\\]++|\\.?|"{1,2}(?!"))*+(?:"{3,5}|\Z)|\'\'\'(?:[^\']++|\'{1,2}(?!\'))*+(?:\'{3,5}|\Z)'
    r'|"(?:[^"\\\n]++|\\.?)*+"?|\'[^\'\n]*+\'?|\#[^\n]*+',
    re.DOTALL,
)
_FRONT: Final = "---"
Extent = tuple[tuple[int, int], tuple[int, int]]  # 0-based lines and columns, end exclusive


class Comment(NamedTuple):
    """One comment. line, end_line: 1-based, of its first and last line; column: where it begins.

    text: what it says, without its marks. alone: nothing else stands on its lines. above: nothing but comments, blank
    lines and marks of a document stands above it.
    """

    line: int
    column: int
    end_line: int
    text: str
    alone: bool
    above: bool = False


def comments(path: str, raw: bytes) -> tuple[Comment, ...]:
    """The comments of a file in order; none where the file cannot be read. Never raises."""
    if len(raw) > LIMITS.text_bytes:
        return ()
    text = unix(decoded(raw))
    find = {"yaml": _in_yaml, "toml": _in_toml, "markdown": _in_markdown}.get(kind_of(path) or "")
    try:
        found = sorted(find(text)) if find else []
    except Exception:  # noqa: BLE001 - a broken file holds no comment that anyone could rely on
        return ()
    return tuple(_with_header(found, text.split("\n")))


def _with_header(found: list[Comment], lines: list[str]) -> Iterator[Comment]:
    own = {n for c in found if c.alone for n in range(c.line, c.end_line + 1)}
    first = next((n for n, line in enumerate(lines, 1) if line.strip(" \t") not in ("", _FRONT) and n not in own), 0)
    for comment in found:
        yield comment._replace(above=comment.alone and (not first or comment.line < first))


class _Lines:
    """The lines of a text; where the visible part of each begins and ends is looked up once."""

    def __init__(self, text: str) -> None:
        self.text = text.split("\n")
        self._edges: dict[int, tuple[int, int]] = {}

    def made(self, line: int, column: int, text: str, end: tuple[int, int]) -> Comment:
        """A comment from its place (0-based) to its end, exclusive."""
        alone = column <= self._edge(line)[0] and end[1] >= self._edge(end[0])[1]
        return Comment(line + 1, column + 1, end[0] + 1, " ".join(text.split()), alone)

    def _edge(self, line: int) -> tuple[int, int]:
        if line not in self._edges:
            text = self.text[line]
            self._edges[line] = len(text) - len(text.lstrip(" \t")), len(text.rstrip(" \t"))
        return self._edges[line]


def _in_yaml(text: str) -> Iterator[Comment]:
    """Every `#` after a blank or at the start of a line that no scalar holds; the rest of its line belongs to it."""
    lines, places = _Lines(text), Lines(text)
    strings = list(_scalars(text))
    at = told = 0
    for mark in _YAML.finditer(text):
        line, column = places.place(mark.start())
        here = (line - 1, column - 1)
        while at < len(strings) and strings[at][1] <= here:
            at += 1
        if line != told and not (at < len(strings) and strings[at][0] <= here):
            told = line
            rest = lines.text[line - 1]
            yield lines.made(*here, rest[column:], (line - 1, len(rest)))


def _scalars(text: str) -> Iterator[Extent]:
    """First and last place (0-based) of every scalar; of a block scalar, what stands below its head."""
    from mlgov.documents.yaml_documents import SMALL, each_document
    from mlgov.documents.yaml_events import Get, kinds

    raw = without_bom(text.encode("utf-8", "replace"))
    if directive_flaw(raw):
        raise ValueError("too many directives")
    found: list[Extent] = []

    def one(get: Get, _index: int, lines: int) -> None:
        scalar, end = kinds().scalar, kinds().document_end
        while (event := get()).__class__ is not end:
            if event.__class__ is scalar:
                found.append(_extent(event, lines))

    if each_document(raw, one):
        found.clear()
        if len(raw) > SMALL or each_document(raw, one, pure=True):  # as the reader does
            raise ValueError("not YAML")
    return iter(found)


def _extent(event: Any, lines: int) -> Extent:
    begin, end = event.start_mark, event.end_mark
    start = (begin.line + lines + 1, 0) if event.style in ("|", ">") else (begin.line + lines, begin.column)
    return start, (end.line + lines, end.column)


def _in_toml(text: str) -> Iterator[Comment]:
    lines, places = _Lines(text), Lines(text)
    for token in _TOML.finditer(text):
        if token[0].startswith("#"):
            line, column = places.place(token.start())
            yield lines.made(line - 1, column - 1, token[0][1:], (line - 1, len(lines.text[line - 1])))


def _in_markdown(text: str) -> Iterator[Comment]:
    """HTML comments of the page, and comments of its front matter."""
    from mlgov.documents.front_matter import front_block
    from mlgov.documents.markdown_comments import html_comments

    lines = _Lines(text)
    block = front_block(text)
    if block:
        yield from _in_yaml("\n" * text.count("\n", 0, block.start) + text[block.start : block.end])
    body = block.body if block else 0
    page = "\n" * text.count("\n", 0, body) + text[body:]
    for begin, said, end in html_comments(page):
        yield lines.made(*begin, said, end)
