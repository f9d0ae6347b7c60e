"""HTML comments of a Markdown page: those that a reader of the page never sees, not those that code shows."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from mlgov.documents.json_places import Lines

Place = tuple[int, int]  # 0-based line and column
_MARK = re.compile(r"\\.|`+|<!--", re.DOTALL)
_VERBATIM = re.compile(r"\s*<(?:pre|script|style|textarea)\b", re.IGNORECASE)


def html_comments(page: str) -> Iterator[tuple[Place, str, Place]]:
    """Place, text and end (exclusive) of every comment in a heading, paragraph, table or block of HTML."""
    lines = page.split("\n")
    seen = 0
    for token in _parser().parse(page):
        is_html = token.type == "html_block" and not _VERBATIM.match(token.content)
        if (is_html or token.type == "inline") and token.map and token.map[0] >= seen:
            first, seen = token.map  # the cells of one row are told once
            text = "\n".join(lines[first:seen])
            yield from ((_on(first, *a), said, _on(first, *b)) for a, said, b in _among(text, code=not is_html))


@cache
def _parser() -> Any:
    parser = import_module("markdown_it").MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["block"])
    return parser


def _on(first: int, line: int, column: int) -> Place:
    return first + line - 1, column - 1


def _among(text: str, *, code: bool) -> Iterator[tuple[Place, str, Place]]:
    """The comments of a block; with `code`, what stands between backticks is none."""
    places, closing = Lines(text), _runs(text) if code else {}
    at = 0
    while mark := _MARK.search(text, at):
        at = mark.end()
        if mark[0] == "<!--":
            end = text.find("-->", at)
            if end < 0:
                return
            yield places.place(mark.start()), text[at:end], places.place(end + 3)
            at = end + 3
        elif mark[0].startswith("`"):
            at = _behind(closing.get(len(mark[0]), []), mark.start(), at)


def _runs(text: str) -> dict[int, list[int]]:
    """Where runs of backticks begin, by their length; the last first."""
    found: dict[int, list[int]] = {}
    for run in reversed([*re.finditer("`+", text)]):
        found.setdefault(len(run[0]), []).append(run.start())
    return found


def _behind(runs: list[int], start: int, end: int) -> int:
    """Where the code that a run opens has ended; where nothing closes it, the run is text."""
    while runs and runs[-1] <= start:
        runs.pop()
    return runs[-1] + end - start if runs else end
