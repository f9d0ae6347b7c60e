"""Markdown to a `Page`: a CommonMark parser finds the blocks, linear patterns read what stands in them."""

from functools import cache
from importlib import import_module
from typing import Any

from mlgov.documents.characters import character_flaw, is_lfs_pointer, unix, visible_page, without_bom
from mlgov.documents.front_matter import FrontMatter, front_matter
from mlgov.documents.page import Heading, Item, Link, Page, Pair, Paragraph, Table
from mlgov.documents.placeholder import is_placeholder
from mlgov.documents.prose import LONGEST_LINE, links, pair, plain_heading, visible
from mlgov.documents.reading import HIDDEN, LIMITS, UNREADABLE, Document, Flaw, Limits, Reading, size_flaw
from mlgov.documents.tables import table


def read_markdown(raw: bytes, limits: Limits = LIMITS) -> Reading:
    """The `Page` of a Markdown file and the flaws of its front matter; never raises."""
    if flaw := size_flaw(raw, limits.text_bytes):
        return Reading(flaws=(flaw,))
    if is_lfs_pointer(raw):
        return Reading()
    raw = without_bom(raw)
    flaw = character_flaw(raw, "prose")
    if flaw is None and raw.count(b"\n") > limits.lines:
        flaw = Flaw(UNREADABLE, f"more than {limits.lines} lines; split the file")
    text = visible_page(raw) if flaw and flaw.line else raw.decode() if flaw is None else None
    if text is None:
        return Reading(flaws=(flaw,) if flaw else ())
    try:
        found = _page(text, limits)
        return found._replace(flaws=(flaw._replace(code=HIDDEN), *found.flaws)) if flaw else found
    except Exception as error:  # noqa: BLE001 - the parse boundary
        return Reading(flaws=(Flaw(UNREADABLE, f"not Markdown: {str(error)[:200] or type(error).__name__}"),))


def _page(text: str, limits: Limits) -> Reading:
    text = unix(text)
    front = front_matter(text, limits)
    page = _Walk(text, front).page()
    empty = page.front is None and not text.strip()
    return Reading(() if empty else (Document(page, 0, "markdown"),), front.flaws)


@cache
def _parser() -> Any:
    """The block half of the parser: inline markup is read by our own patterns, which keep the columns."""
    parser = import_module("markdown_it").MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["block"])
    return parser


class _Open:
    """A heading on the way to the current line."""

    def __init__(self, level: int, text: str, line: int, path: tuple[str, ...]) -> None:
        self.level, self.text, self.line, self.path = level, text, line, path
        self.has_text = False

    def done(self) -> Heading:
        return Heading(self.level, visible(self.text), self.line, self.path, self.has_text, plain_heading(self.text))


class _Walk:
    """One pass over the block tokens of a page."""

    def __init__(self, text: str, front: FrontMatter) -> None:
        self.front = front
        self.lines = text.split("\n")
        self.skipped = text.count("\n", 0, front.body)
        self.tokens = _parser().parse("\n" * self.skipped + text[front.body :])
        self.way: list[_Open] = []  # open headings, outermost first
        self.headings: list[_Open] = []
        self.tables: list[Table] = []
        self.items: list[Item] = []
        self.pairs: list[Pair] = []
        self.paragraphs: list[Paragraph] = []
        self.links: list[Link] = []

    def page(self) -> Page:
        depth, waits_for_item, in_table = 0, False, False
        for at, token in enumerate(self.tokens):
            kind = token.type
            if kind == "heading_open":
                self._heading(token, self.tokens[at + 1])
            elif kind == "table_open":
                self._table(token)
                in_table = True
            elif kind == "table_close":
                in_table = False
            elif kind in ("list_item_open", "list_item_close"):
                waits_for_item = kind == "list_item_open"
                depth += 1 if waits_for_item else -1
            elif kind == "html_block":
                self._html(token)
            elif kind == "inline" and not in_table and self.tokens[at - 1].type == "paragraph_open":
                self._prose(token, depth > 0, waits_for_item)
                waits_for_item = False
        return self._made()

    def _made(self) -> Page:
        headings = tuple(heading.done() for heading in self.headings)
        said = tuple(self.tables), tuple(self.items), tuple(self.pairs), tuple(self.paragraphs), tuple(self.links)
        return Page(self.front.data, self.front.line, headings, *said)

    @property
    def _here(self) -> str:
        return " / ".join((*self.way[-1].path, visible(self.way[-1].text))) if self.way else ""

    def _said(self, is_something: bool) -> None:
        """Something visible stands under the open headings."""
        if is_something:
            for heading in self.way:
                heading.has_text = True

    def _heading(self, token: Any, inline: Any) -> None:
        level = int(token.tag[1:])
        while self.way and self.way[-1].level >= level:
            self.way.pop()
        path = (*self.way[-1].path, visible(self.way[-1].text)) if self.way else ()
        heading = _Open(level, inline.content[:LONGEST_LINE], token.map[0] + 1, path)
        self.headings.append(heading)
        self.way.append(heading)
        self._links(inline.content, token.map[0] + 1)

    def _table(self, token: Any) -> None:
        found = table(self.lines, token.map[0], token.map[1], self._here)
        self.tables.append(found)
        self._said(any(not is_placeholder(cell.text) for row in found.rows for cell in row))
        for at in range(token.map[0], min(token.map[1], len(self.lines))):
            self._links(self.lines[at], at + 1)

    def _html(self, token: Any) -> None:
        self._said(not is_placeholder(visible(token.content)))
        for offset, line in enumerate(token.content.split("\n")):
            self._links(line, token.map[0] + offset + 1)

    def _prose(self, token: Any, in_item: bool, is_item: bool) -> None:
        """A paragraph, or the first paragraph of a list item."""
        here, first = self._here, token.map[0]
        text = visible(token.content)
        if is_item:
            raw = self.lines[first]
            column = max(raw.find(token.content.split("\n")[0]), 0) + 1
            self.items.append(Item(text, first + 1, column, here))
        elif not in_item and text:
            self.paragraphs.append(Paragraph(text, first + 1, here))
        for offset, content in enumerate(token.content.split("\n")):
            self._line(content, first + offset, here)

    def _line(self, content: str, at: int, here: str) -> None:
        """One line of prose: its pair, its links, and whether it says anything."""
        raw = self.lines[at] if at < len(self.lines) else content
        found = pair(raw)
        if found:
            name, value, start, end = found
            if value:
                self.pairs.append(Pair(name, value, at + 1, start + 1, end + 1, here))
            self._said(not is_placeholder(value))
        else:
            self._said(not is_placeholder(visible(content)))
        self._links(content, at + 1)

    def _links(self, text: str, line: int) -> None:
        if "](" in text or "://" in text:
            here = self._here
            self.links.extend(Link(shown, target, line, here) for shown, target in links(text))
