"""What a Markdown file says, as plain records: front matter, headings, tables, items, pairs, paragraphs, links.

Lines are 1-based and count from the start of the file, front matter included; columns are 1-based code points.
`heading` is the way to the section, `Card / Evaluation / Metrics`; empty before the first heading.
"""

from typing import Any, NamedTuple


class Heading(NamedTuple):
    """A heading and whether anything is said below it.

    path: texts of the headings above. plain: without emoji, numbering and markup. has_text: the section, up to the
    next heading of the same or a higher level, holds visible text that is not a placeholder; code and comments do
    not count.
    """

    level: int
    text: str
    line: int
    path: tuple[str, ...]
    has_text: bool
    plain: str


class Cell(NamedTuple):
    """One cell of a table: its text without markup, and where that stands in the line (end exclusive)."""

    text: str
    line: int
    column: int
    end_column: int


class Table(NamedTuple):
    """A pipe table; a row may be shorter than the header, never longer."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    line: int
    heading: str


class Item(NamedTuple):
    """The first paragraph of a list item, without markup."""

    text: str
    line: int
    column: int
    heading: str


class Pair(NamedTuple):
    """`Name: value` in a paragraph or list item, in any of the usual dresses; the columns are those of the value."""

    name: str
    value: str
    line: int
    column: int
    end_column: int
    heading: str


class Paragraph(NamedTuple):
    """Prose outside lists and tables, without markup, on one line."""

    text: str
    line: int
    heading: str


class Link(NamedTuple):
    """`[text](target)`, `<target>` or a bare address."""

    text: str
    target: str
    line: int
    heading: str


class Page(NamedTuple):
    """A whole Markdown file. front: None without front matter. front_line: its first line of YAML, or 0."""

    front: dict[str, Any] | None
    front_line: int
    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    items: tuple[Item, ...]
    pairs: tuple[Pair, ...]
    paragraphs: tuple[Paragraph, ...]
    links: tuple[Link, ...]
