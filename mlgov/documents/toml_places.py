"""A scanner for TOML that keeps what the standard parser forgets: where keys and values stand."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from mlgov.documents.json_places import Lines
from mlgov.documents.reading import LIMITS
from mlgov.documents.trail import Span, Step

_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]++|\\.?|"{1,2}(?!"))*+(?:"{3,5}|\Z)|\'\'\'(?:[^\']++|\'{1,2}(?!\'))*+(?:\'{3,5}|\Z)'
    r'|"(?:[^"\\\n]++|\\.?)*+"?|\'[^\'\n]*+\'?|\#[^\n]*+|[\[\]{}=,.]|\n|[^\s\[\]{}=,."\'\#]++',
    re.DOTALL,
)


class Token(NamedTuple):
    """A word, a mark or a line end, with its offsets."""

    text: str
    start: int
    end: int


class Entry(NamedTuple):
    """One value or table: its path, the last word of its key (None for items of an array), its offsets."""

    path: tuple[str, ...]
    key: Token | None
    start: int
    end: int
    is_table: bool


def entries(text: str) -> Iterator[Entry]:
    """Every table, key and item in the order of the text; stops where the text is not TOML."""
    return _Scan(text).statements()


class _Scan:
    def __init__(self, text: str) -> None:
        found = (Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text))
        self.tokens = [token for token in found if not token.text.startswith("#")]
        self.tokens.append(Token("", len(text), len(text)))
        self.at = 0
        self.counts: dict[tuple[str, ...], int] = {}  # path of an array of tables -> tables so far

    def statements(self) -> Iterator[Entry]:
        table: tuple[str, ...] = ()
        while (token := self.tokens[self.at]).text:
            if token.text == "\n":
                self.at += 1
            elif token.text == "[":
                table, key = self._header()
                yield Entry(table, key, key.start, key.end, True)
            else:
                yield from self._assignment(table)

    def _header(self) -> tuple[tuple[str, ...], Token]:
        opening = 2 if self.tokens[self.at + 1].text == "[" else 1
        self.at += opening
        parts, key = self._key()
        self.at += opening
        path: tuple[str, ...] = ()
        for part in parts[:-1]:
            path += (part,)
            path += (str(self.counts[path] - 1),) if path in self.counts else ()
        path += (parts[-1],)
        if opening == 2:
            self.counts[path] = self.counts.get(path, 0) + 1
            path += (str(self.counts[path] - 1),)
        return path, key

    def _key(self) -> tuple[list[str], Token]:
        parts: list[str] = []
        key = self.tokens[self.at]
        while (token := self.tokens[self.at]).text not in ("=", "]", "\n", ""):
            self.at += 1
            if len(parts) > LIMITS.depth:
                raise ValueError("a key of too many parts")  # such a file was not delivered
            if token.text != ".":
                parts.append(_unquoted(token.text))
                key = token
        return parts or [""], key

    def _assignment(self, table: tuple[str, ...]) -> Iterator[Entry]:
        parts, key = self._key()
        self.at += 1
        yield from self._value((*table, *parts), key)

    def _value(self, path: tuple[str, ...], key: Token | None) -> Iterator[Entry]:
        start = end = self.tokens[self.at]
        if start.text == "[" or start.text == "{":
            inner = list(self._array(path) if start.text == "[" else self._inline_table(path))
            yield Entry(path, key, start.start, self.tokens[self.at - 1].end, False)
            yield from inner
            return
        while (token := self.tokens[self.at]).text not in (",", "]", "}", "\n", ""):
            end = token
            self.at += 1
        yield Entry(path, key, start.start, end.end, False)

    def _array(self, path: tuple[str, ...]) -> Iterator[Entry]:
        index = 0
        self.at += 1
        while (token := self.tokens[self.at]).text not in ("]", ""):
            if token.text in ("\n", ",", "}"):
                self.at += 1
            else:
                yield from self._value((*path, str(index)), None)
                index += 1
        self.at += 1

    def _inline_table(self, path: tuple[str, ...]) -> Iterator[Entry]:
        self.at += 1
        while (token := self.tokens[self.at]).text not in ("}", ""):
            if token.text in ("\n", ",", "]"):
                self.at += 1
            else:
                yield from self._assignment(path)
        self.at += 1


def _unquoted(text: str) -> str:
    if text.startswith('"'):
        import tomllib

        try:
            return str(tomllib.loads(f"key = {text}")["key"])
        except ValueError:
            return text
    return text.strip("'")


def fill_toml(text: str, root: Step) -> None:
    """Fill the wanted steps of a TOML text; a table or key that only dots imply is shown by the key that implies it."""
    lines = Lines(text)
    for entry in entries(text):
        value = lines.span(entry.start, entry.end)
        key = None if entry.key is None else lines.span(entry.key.start, entry.key.end)
        inline = not entry.is_table and value.line == value.end_line
        _enter(root, entry.path, key, value, inline)


def _enter(root: Step, path: tuple[str, ...], key: Span | None, value: Span, inline: bool) -> None:
    step: Step | None = root
    for at, part in enumerate(path, start=1):
        step = step.parts.get(part) if step is not None else None
        if step is None:
            return
        if step.value is None:
            last = at == len(path)
            step.fill(key, value, inline and last)


def first_double(text: str) -> tuple[str, tuple[int, int], tuple[int, int]] | None:
    """The first key or table that is given twice: its path, and both places."""
    seen: dict[tuple[tuple[str, ...], bool], int] = {}
    lines = Lines(text)
    for entry in entries(text):
        if entry.key is None:
            continue
        first = seen.setdefault((entry.path, entry.is_table), entry.key.start)
        if first != entry.key.start:
            return ".".join(entry.path), lines.place(first), lines.place(entry.key.start)
    return None
