"""What comes out of a file: documents, flaws, and the limits under which they were read."""

from typing import Any, Final, NamedTuple

UNREADABLE: Final = "INT002"
DUPLICATE: Final = "INT005"
TEMPLATED: Final = "INT009"
HIDDEN: Final = "INT015"
EMPTY: Final = "INT016"


class Flaw(NamedTuple):
    """One thing wrong with a file.

    code: `INT002` unreadable, `INT005` duplicate key, `INT009` a template, not a document, `INT015` a page that was read
        without a character that nobody sees.
    reason: lower case, no final period, what is wrong and what to do.
    line, column: 1-based code points; 0 = the file as a whole.
    other: where a duplicate key stands for the second time.
    document: index of the document in a multi-document file.
    """

    code: str
    reason: str
    line: int = 0
    column: int = 0
    other: tuple[int, int] | None = None
    document: int = 0


class Document(NamedTuple):
    """One document: plain data, its index in the file, and `yaml`, `json`, `toml`, `markdown` or `csv`."""

    data: Any
    index: int  # type: ignore[assignment]  # the name says more here than the tuple method does
    kind: str


class Reading(NamedTuple):
    """Everything that one file holds; documents that are empty or broken are left out."""

    documents: tuple[Document, ...] = ()
    flaws: tuple[Flaw, ...] = ()


class Limits(NamedTuple):
    """How much one file may ask of a reader; beyond it the document is a flaw, never a slow or partial result.

    text_bytes: YAML, Markdown. toml_bytes: TOML. lines: of a Markdown file, whose parser is the slowest. json_bytes: JSON. csv_bytes: how much of a CSV is looked at.
    depth: nested collections, aliases counted as if written out. nodes: values that a file really holds.
    expanded, aliases: nodes that aliases add, and how many aliases (alias bombs).
    merge_depth, merge_entries: merges of maps that merge, and entries that merges bring (merge bombs).
    keys: keys of one map. documents, broken: documents of a file, and broken ones after which reading stops.
    flaws: how many flaws of one file are told. doubles: duplicate keys of one document before it is given up.
    """

    text_bytes: int = 5_000_000
    lines: int = 20_000
    toml_bytes: int = 1_000_000
    json_bytes: int = 10_000_000
    csv_bytes: int = 65_536
    depth: int = 64
    nodes: int = 1_000_000
    expanded: int = 100_000
    aliases: int = 1_000
    merge_depth: int = 2
    merge_entries: int = 10_000
    keys: int = 100_000
    documents: int = 10_000
    broken: int = 32
    flaws: int = 100
    doubles: int = 1_000


LIMITS: Final = Limits()


class Broken(Exception):
    """Why a document cannot be read, and where: 0-based line and column within the text given to the reader."""

    def __init__(self, reason: str, line: int = -1, column: int = -1, code: str = UNREADABLE) -> None:
        super().__init__(reason)
        self.reason, self.line, self.column, self.code = reason, line, column, code


def size_flaw(raw: bytes, most: int) -> Flaw | None:
    """A flaw when `raw` is larger than `most` bytes."""
    if len(raw) <= most:
        return None
    reason = f"the file has {len(raw) / 1e6:.1f} MB and files over {most / 1e6:g} MB are not read; split it"
    return Flaw(UNREADABLE, reason)
