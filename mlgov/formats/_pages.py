"""Markdown documents with sections: what stands under which heading, and what their front matter says."""

import re
from collections.abc import Iterator

from mlgov.documents import Flaw, Page
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._card import Card
from mlgov.formats._card_text import Said, statements
from mlgov.formats._quantities import text_of
from mlgov.units import day

LONGEST = 2000
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def written(card: Card) -> list[Said]:
    """Everything that is said in prose and lists, without what still waits to be written."""
    return [said for said in statements(card) if said.text and not is_placeholder(said.text)]


def place(card: Card, said: Said) -> Origin:
    """Where a statement stands."""
    return card.at(said.line, said.column, said.end)


def front(page: Page, *keys: str) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """The texts of the first of the keys that the front matter holds, each with its way; one text or a list of them."""
    for key in keys if page.front else ():
        value = (page.front or {}).get(key)
        listed = value if isinstance(value, list) else [value]
        found = [(at, text) for at, row in enumerate(listed) if (text := text_of(row)) and not is_placeholder(text)]
        if found:
            yield from ((text, (key, at) if isinstance(value, list) else (key,)) for at, text in found)
            return


def date_of(text: str) -> str | None:
    """An ISO date that exists; None for any other text."""
    found = _ISO.match(text.strip())
    try:
        return day(found[0]) if found else None
    except ValueError:
        return None


def no_such_day(text: str, line: int, column: int) -> Flaw | None:
    """The flaw of a date such as 2026-02-30."""
    found = _ISO.match(text.strip())
    if found is None or date_of(text):
        return None
    return Flaw("INT008", f"the date {found[0]} does not exist", line, column)
