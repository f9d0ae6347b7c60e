"""The second pass over a JSON text: where keys and values stand, and where keys stand twice."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from mlgov.documents.reading import DUPLICATE, LIMITS, Flaw
from mlgov.documents.trail import Span, Step

_TOKEN: Final = re.compile(r'[\[\]{}:,]|"(?:[^"\\]++|\\.?)*+"?|[^\s\[\]{}:,"]+', re.DOTALL)
Token = tuple[str, int, int]  # text, start, end


class Lines:
    """Offsets in a text as 1-based lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of the code point at offset `at`."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets."""
        return Span(*self.place(start), *self.place(end))


Node = tuple[
    Token | None, str | None, Token
]  # (key, key text, first token of the value); (None, None, bracket) at an end


def _nodes(text: str) -> Iterator[Node]:
    """Every value in the order of the text, and the closing bracket of every collection."""
    keyed: list[bool] = [False]
    key: Token | None = None
    at_key = False
    for match in _TOKEN.finditer(text):
        token = (match[0], match.start(), match.end())
        if token[0] == ",":
            at_key = keyed[-1]
        elif token[0] in "]}":
            if len(keyed) > 1:
                keyed.pop()
            at_key, key = False, None
            yield None, None, token
        elif token[0] == ":":
            at_key = False
        elif at_key and key is None:
            key = token
        else:
            yield key, None if key is None else _unquoted(key[0]), token
            key = None
            if token[0] in "[{":
                at_key = token[0] == "{"
                keyed.append(at_key)


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text


def double_keys(text: str, most: int) -> list[Flaw]:
    """A flaw for every key that stands twice in one object, with both places; at most `most`."""
    lines, flaws = Lines(text), list[Flaw]()
    seen: list[dict[str, int]] = [{}]
    for key, name, token in _nodes(text):
        if key is not None and name is not None:
            first = seen[-1].setdefault(name, key[1])
            if first != key[1] and len(flaws) < most:
                reason = f"duplicate key {name[:80]!r}; only the first counts here, remove one"
                flaws.append(Flaw(DUPLICATE, reason, *lines.place(first), lines.place(key[1])))
        if token[0] in "[{":
            seen.append({})
        elif token[0] in "]}" and len(seen) > 1:
            seen.pop()
    return flaws


def fill_json(text: str, root: Step) -> None:
    """Fill the wanted steps of a JSON text; stops quietly where the text breaks off."""
    lines = Lines(text)
    top = Step()
    top.parts["0"] = root
    open_: list[tuple[Step | None, Token | None, Token]] = [(top, None, ("", 0, 0))]
    counts = [0]
    nodes = 0
    for key, name, token in _nodes(text):
        if token[0] in "]}":
            if len(open_) > 1:
                step, its_key, start = open_.pop()
                counts.pop()
                _note(lines, step, its_key, start, token)
            continue
        nodes += 1
        if nodes > LIMITS.nodes or len(open_) > LIMITS.depth + 1:  # nothing of such a file was delivered
            return
        parent = open_[-1][0]
        step = parent.enter(str(counts[-1]) if name is None else name) if parent is not None else None
        counts[-1] += 1
        _note(lines, step, key, token, token)
        if token[0] in "[{":
            open_.append((step, key, token))
            counts.append(0)


def _note(lines: Lines, step: Step | None, key: Token | None, start: Token, end: Token) -> None:
    if step is None:
        return
    value = lines.span(start[1], end[2])
    is_open = start is end and start[0] in "[{"
    step.fill(
        None if key is None else lines.span(key[1], key[2]),
        value,
        value.line == value.end_line and not is_open,
    )
