"""Files of the repository that a model card names: targets of its links, and scripts and tests in code marks."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from mlgov.formats._card import Card
from mlgov.formats._card_text import outside_code
from mlgov.formats._paths import rooted
from mlgov.lifecycle.fact import Fact

# what a reader opens; data, models and figures are made or kept elsewhere, and a page without ending may be made by a site
_PAGES = frozenset("md markdown rst txt py ipynb yaml yml json toml sh sql r".split())
# what somebody wrote by hand, so that it lies in the repository if it is anywhere
_WRITTEN = frozenset("md rst py ipynb sh sql r".split())
_CODE = re.compile(r"(?<!`)`([\w.-]+(?:/[\w.-]+)+)`(?!`)")
_ELSEWHERE = re.compile(r"[*?\[\]{}$<>~|]|://|^(?:[a-zA-Z][\w+.-]*:|/|#)")


def files(card: Card) -> Iterator[Fact]:
    """Paths from the root (`/docs/data.md`) for links; `tests/test_bias.py` as it is written for what is only named."""
    told: set[str] = set()
    for path, line, text in (*_links(card), *_named(card)):
        if path not in told and card.is_read(line):
            told.add(path)
            column = card.lines[line - 1].find(text) + 1
            where = card.at(line, column, column + len(text)) if column else card.at(line)
            yield Fact("project.card.files[]", path, where)


def _links(card: Card) -> Iterator[tuple[str, int, str]]:
    for link in card.page.links:
        target = unquote(link.target.partition("#")[0].partition("?")[0])
        if target and not _ELSEWHERE.search(target) and _ending(target) in _PAGES:
            path = rooted(card.artifact.folder, target)
            if path.startswith("/"):
                yield path, link.line, link.target


def _named(card: Card) -> Iterator[tuple[str, int, str]]:
    for number, line in outside_code(card):
        for found in _CODE.finditer(line):
            path = found[1].removeprefix("./")
            if _ending(path) in _WRITTEN and ".." not in path:
                yield path, number, found[1]


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""
