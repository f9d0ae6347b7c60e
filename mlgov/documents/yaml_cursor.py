"""What stands at a cursor in a YAML or JSON text, and what may be written there, also while the text is not finished."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.documents.characters import unix
from mlgov.documents.reading import LIMITS
from mlgov.documents.yaml_documents import SMALL, each_document
from mlgov.documents.yaml_events import Get, kinds
from mlgov.documents.yaml_places import nodes

Steps = tuple[str | int, ...]
_MARK = "Zz0cursor0zZ"
_WORD = re.compile(r"[^\s\[\]{},\"'#&*!|>%`]*\Z")
_REST = re.compile(r"[^\s\[\]{},:\"'#]*")
_TOP = re.compile(r"[\w\"'][^\n]*:(?:\s|\Z)")
_MOST = 1_000_000  # characters; a longer text is not read again for a word


class Here(NamedTuple):
    """The innermost value at a cursor. steps: the way to it, keys and positions; on_key: the cursor is on its key."""

    document: int
    steps: Steps
    on_key: bool


class Gap(NamedTuple):
    """A place where a word is written. steps: of the mapping that gets a key (`is_key`), else of the value itself.

    keys: the other keys of that mapping. start, end: offsets of what stands there already.
    """

    steps: Steps
    is_key: bool
    keys: frozenset[str]
    start: int
    end: int


def here(text: str, line: int, column: int) -> Here | None:
    """What stands at a 1-based line and column; None where nothing does. What comes after an error is not seen."""
    at, text = (line - 1, column - 1), unix(text)
    for values in (_values(text), _values(_section(text, line - 1), pure=True)):
        found = [Here(index, v.steps, _is_in(at, v.key)) for index, v in values if _is_in(at, v.key, (v.start, v.end))]
        if found:
            return max(found, key=lambda h: len(h.steps))
    return None


def gaps(text: str, at: int) -> list[Gap]:
    """What may be written at an offset: a key, a value, or either of them."""
    if len(text) > _MOST:
        return []
    start = at - len(_WORD.search(text[text.rfind("\n", 0, at) + 1 : at])[0])  # type: ignore[index]  # may be empty
    end = at + len(_REST.match(text, at)[0])  # type: ignore[index]
    row = text.count("\n", 0, start)
    for rest, pure in ((text[end:], False), ("", False), (text[end:], True), ("", True)):
        found: dict[bool, Gap] = {}
        for mark in (f"{_MARK}: ", _MARK, f"{_MARK},"):
            written = unix(text[:start] + mark + rest)
            gap = _gap(_section(written, row) if pure else written, start, end, pure)
            if gap:
                beside = _outermost(written) if pure and not gap.steps else gap.keys
                found.setdefault(gap.is_key, gap._replace(keys=beside))
        if found:
            return list(found.values())
    return []


def _outermost(text: str) -> frozenset[str]:
    """The keys of the outermost mapping, as far as they can be told line by line."""
    found = (line.partition(":")[0].strip("\"'") for line in text.split("\n") if _TOP.match(line))
    return frozenset(key for key in found if key != _MARK)


class _Value(NamedTuple):
    steps: Steps
    text: str | None  # of a scalar
    key: tuple[tuple[int, int], tuple[int, int]] | None  # where the key stands: 0-based lines and columns
    start: tuple[int, int]
    end: tuple[int, int]


Extent = tuple[tuple[int, int], tuple[int, int]]


def _is_in(at: tuple[int, int], *extents: Extent | None) -> bool:
    return any(extent is not None and extent[0] <= at <= extent[1] for extent in extents)


def _section(text: str, row: int) -> str:
    """The text with nothing but the part of one key of the outermost mapping, on its own lines.

    It is small, so that the slower parser, which takes what libyaml does not, reads it in a moment.
    """
    lines = text.split("\n")
    tops = [n for n, line in enumerate(lines) if _TOP.match(line) or n == row and line[:1].strip("#- ")]
    start = max((n for n in tops if n <= row), default=0)
    end = min((n for n in tops if n > row), default=len(lines))
    return "\n" * start + "\n".join(lines[start:end]) + "\n"


def _values(text: str, pure: bool = False) -> list[tuple[int, _Value]]:
    """Every value with the index of its document; those before an error count."""
    found: list[tuple[int, _Value]] = []

    def one(get: Get, index: int, lines: int) -> None:
        for value in _each(get, lines):
            found.append((index, value))

    if not pure or len(text.strip("\n")) <= SMALL:
        each_document(text.encode("utf-8", "replace"), one, pure=pure)
    return found


def _gap(text: str, start: int, end: int, pure: bool) -> Gap | None:
    values = [value for index, value in _values(text, pure) if not index]
    marked = next((v for v in values if _MARK in (v.text, v.steps[-1] if v.steps else None)), None)
    if marked is None:
        return None
    is_key = marked.steps[-1:] == (_MARK,)
    steps = marked.steps[:-1] if is_key else marked.steps
    beside = (v.steps[-1] for v in values if len(v.steps) == len(steps) + 1 and v.steps[:-1] == steps)
    return Gap(steps, is_key, frozenset(k for k in beside if isinstance(k, str) and k != _MARK), start, end)


def _each(get: Get, lines: int) -> Iterator[_Value]:
    """Every value with its way; a collection when it opens, and once more, with its extent, when it is closed."""
    scalar, _, mapping, mapping_end, sequence, sequence_end = kinds()[:6]
    open_: list[tuple[Steps, Any, Any, int]] = []  # way, key, start, values seen
    for key, text, event in nodes(get, LIMITS.depth):
        kind = event.__class__
        if kind is mapping_end or kind is sequence_end:
            way, its_key, start, _ = open_.pop()
            yield _value(way, None, its_key, start, event, lines)
            continue
        steps: Steps = ()
        if open_:
            way, its_key, start, count = open_[-1]
            open_[-1] = (way, its_key, start, count + 1)
            steps = (*way, count if text is None else text)
        if kind is mapping or kind is sequence:
            open_.append((steps, key, event, 0))
            yield _value(steps, None, key, event, event, lines)
        else:
            yield _value(steps, event.value if kind is scalar else None, key, event, event, lines)


def _value(steps: Steps, text: str | None, key: Any, start: Any, end: Any, lines: int) -> _Value:
    where = (_at(key.start_mark, lines), _at(key.end_mark, lines)) if key is not None else None
    return _Value(steps, text, where, _at(start.start_mark, lines), _at(end.end_mark, lines))


def _at(mark: Any, lines: int) -> tuple[int, int]:
    return mark.line + lines, mark.column
