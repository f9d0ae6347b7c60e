"""From a pointer to a line and a column: the second pass, for the few files that have findings."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

from mlgov.documents.characters import decoded, unix, without_bom
from mlgov.documents.kinds import kind_of
from mlgov.documents.pointer import steps
from mlgov.documents.reading import LIMITS
from mlgov.documents.trail import Span, Step, trail

_EXPLICIT = re.compile(r"@([0-9]{1,9}):([0-9]{1,9})(?:-([0-9]{1,9}))?").fullmatch
_TOP: Final = Span(1, 1, 1, 1)

Fill = Callable[[bytes, dict[int, Step]], None]


def locate(path: str, raw: bytes, pointer: str, document: int = 0, *, key: bool = False) -> Span:
    """Where the value at `pointer` stands (or its key, with `key=True`); else its nearest existing parent, else 1:1.

    A value of several lines is shown by its key, an item of several lines by its first line; `@LINE:COLUMN` is
    taken as it is. Never raises.
    """
    return _located(path, raw, [(document, pointer)], key)[0]


def locate_many(path: str, raw: bytes, wanted: Iterable[tuple[int, str]]) -> list[Span]:
    """The places of many `(document, pointer)` of one file, in one pass and in the order asked."""
    return _located(path, raw, list(wanted), False)


def steps_of(path: str, raw: bytes, wanted: Iterable[tuple[int, str]]) -> list[Step | None]:
    """Where key and value of each `(document, pointer)` stand, in the order asked; None where there is no such value."""
    asked = list(wanted)
    trails = _trails(path, without_bom(raw), asked)
    return [_exact(trails[document], pointer) for document, pointer in asked]


def _exact(root: Step, pointer: str) -> Step | None:
    step = root
    for part in steps(pointer):
        step = step.parts[part]
    return step if step.value is not None else None


def _located(path: str, raw: bytes, wanted: list[tuple[int, str]], key: bool) -> list[Span]:
    raw = without_bom(raw)
    trails = _trails(path, raw, [(document, pointer) for document, pointer in wanted if not pointer.startswith("@")])
    lines = unix(decoded(raw)).split("\n") if trails else []
    return [_explicit(pointer) or _best(trails[document], pointer, lines, key) for document, pointer in wanted]


def _trails(path: str, raw: bytes, plain: list[tuple[int, str]]) -> dict[int, Step]:
    """The wanted steps of each document, filled as far as the file can be read."""
    pointers: dict[int, list[str]] = {}
    for number, pointer in plain:
        pointers.setdefault(number, []).append(pointer)
    trails = {number: trail(some) for number, some in pointers.items()}
    most = {"json": LIMITS.json_bytes, "toml": LIMITS.toml_bytes}.get(kind_of(path) or "", LIMITS.text_bytes)
    if trails and len(raw) <= most:
        with suppress(Exception):  # a broken file has no better place than the parents that were found
            _fill(path)(raw, trails)
    return trails


def _fill(path: str) -> Fill:
    """The walker for this kind of file, imported when it is needed."""
    kind = kind_of(path)
    if kind == "json":
        from mlgov.documents.json_places import fill_json

        return lambda raw, trails: fill_json(decoded(raw), trails.get(0) or Step())
    if kind == "markdown":
        return _fill_front_matter
    if kind == "yaml":
        from mlgov.documents.yaml_places import fill_yaml

        return fill_yaml
    if kind == "toml":
        from mlgov.documents.toml_places import fill_toml

        return lambda raw, trails: fill_toml(unix(decoded(raw)), trails.get(0) or Step())
    return _fill_header if kind == "csv" else lambda _raw, _trails: None


def _fill_header(raw: bytes, trails: dict[int, Step]) -> None:
    """Fill `/0`, `/1`, … with the places of the column names."""
    from mlgov.documents.csv import column_place

    for part, step in trails.get(0, Step()).parts.items():
        if place := column_place(raw, int(part)):
            step.fill(None, Span(*place), inline=True)


def _fill_front_matter(raw: bytes, trails: dict[int, Step]) -> None:
    """Fill from the front matter alone, moved down to the line where it stands."""
    from mlgov.documents.front_matter import front_block
    from mlgov.documents.yaml_places import fill_yaml

    text = unix(decoded(raw))
    if block := front_block(text):
        fill_yaml(("\n" * text.count("\n", 0, block.start) + text[block.start : block.end]).encode(), trails)


def _explicit(pointer: str) -> Span | None:
    """The span that `@LINE:COLUMN` or `@LINE:COLUMN-ENDCOLUMN` says; 1:1 for anything else after `@`."""
    if not pointer.startswith("@"):
        return None
    match = _EXPLICIT(pointer)
    if match is None:
        return _TOP
    line, column = int(match[1]), int(match[2])
    return Span(line, column, line, int(match[3] or column))


def _best(root: Step, pointer: str, lines: list[str], key: bool) -> Span:
    """The span of the deepest step on the way that exists."""
    best = _TOP if root.value is None else _visible(root, lines, key)
    step = root
    for part in steps(pointer):
        below = step.parts.get(part)
        if below is None or below.value is None:
            break
        step, best = below, _visible(below, lines, key)
    return best


def _visible(step: Step, lines: list[str], key: bool) -> Span:
    """What to underline for a value: itself when it stands on one line, else its key, else its first line."""
    if step.value is None:
        return _TOP
    if step.key is not None and (key or not step.inline):
        return _one_line(step.key, lines)
    return _one_line(step.value, lines) if not step.inline else step.value


def _one_line(span: Span, lines: list[str]) -> Span:
    """`span` cut at the end of its first line."""
    if span.line == span.end_line and span.column < span.end_column:
        return span
    text = lines[span.line - 1].rstrip() if span.line <= len(lines) else ""
    return Span(span.line, span.column, span.line, max(len(text) + 1, span.column))
