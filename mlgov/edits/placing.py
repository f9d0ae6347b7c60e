"""Where an operation could be written into a file: attempts, the tidiest first, that still have to be proven."""

from collections.abc import Callable, Iterator
from typing import Any

from mlgov.documents import MISSING
from mlgov.edits import Edit
from mlgov.edits.patching import value_of
from mlgov.edits.sheet import Sheet, Spot
from mlgov.edits.spelling import keys, pair, spelled, spellings
from mlgov.finding import Operation

Attempts = Iterator[tuple[Edit, ...]]


def attempts(sheet: Sheet, operation: Operation) -> Attempts:
    """Ways to write one operation; none where it cannot be."""
    ways: dict[str, Callable[[Sheet, Operation], Attempts]]
    ways = {"replace": _replace, "rename": _rename, "remove": _remove, "add": _add, "order": _order}
    yield from ways[operation.op](sheet, operation)


def _replace(sheet: Sheet, operation: Operation) -> Attempts:
    pointer, document, _, _ = _target(operation)
    spot = sheet.spot(pointer, document)
    if spot is None:
        return
    begin, end = spot.value
    old = sheet.raw[begin:end].decode("utf-8", "replace")
    for text in spellings(value_of(operation), sheet.kind, old):
        if spot.inline or spot.is_flow:
            yield (Edit(begin, end, text.encode()),)
        elif begin == end and sheet.kind == "yaml":  # a key without a value
            at = sheet.raw.find(b":", spot.key[1]) + 1
            yield (Edit(at, at, f" {text}".encode()),)
        else:
            yield from ((Edit(begin, stop, text.encode()),) for stop in (end, sheet.line_stop(sheet.last(spot))))


def _rename(sheet: Sheet, operation: Operation) -> Attempts:
    pointer, document, _, _ = _target(operation)
    if spot := sheet.spot(pointer, document):
        old = sheet.raw[slice(*spot.key)].decode("utf-8", "replace")
        for text in keys(str(value_of(operation)), sheet.kind, old):
            yield (Edit(*spot.key, text.encode()),)


def _remove(sheet: Sheet, operation: Operation) -> Attempts:
    pointer, document, parent, _ = _target(operation)
    around = _siblings(sheet, parent, document)
    if pointer not in around or (spot := sheet.spot(pointer, document)) is None:
        return
    at = around.index(pointer)
    before, after = (sheet.spot(p, document) if p else None for p in _beside(around, at))
    if not _in_flow(sheet, parent, document):
        if len(around) > 1:
            first = sheet.line_start(spot.start)
            for last in (sheet.last(spot), max(spot.value[1] - 1, spot.start)):
                yield (Edit(first, sheet.next_line(last), b""),)
        else:
            yield from _emptied(sheet, parent, document, spot)
    if after:
        yield (Edit(spot.start, after.start, b""),)
    elif before:
        yield (Edit(before.value[1], spot.value[1], b""),)
    else:
        yield (Edit(spot.start, spot.value[1], b""),)


def _beside(around: list[str], at: int) -> tuple[str, str]:
    return around[at - 1] if at else "", around[at + 1] if at + 1 < len(around) else ""


def _emptied(sheet: Sheet, parent: str, document: int, only: Spot) -> Attempts:
    """A block that loses its last part becomes `[]` or `{}`: behind its key, or where that part stood."""
    empty = "[]" if isinstance(sheet.data(parent, document), list) else "{}"
    line = sheet.line_start(only.start)
    gone = Edit(line, sheet.next_line(sheet.last(only)), b"")
    if (spot := sheet.spot(parent, document)) and spot.key[0] != spot.key[1]:
        colon = sheet.raw.find(b":", spot.key[1]) + 1
        yield Edit(colon, colon, f" {empty}".encode()), gone
    yield Edit(line, line, f"{empty}{sheet.end}".encode()), gone


def _add(sheet: Sheet, operation: Operation) -> Attempts:
    _, document, parent, key = _target(operation)
    around = _siblings(sheet, parent, document)
    spot = sheet.spot(parent, document)
    if spot is None:
        return
    is_list = isinstance(sheet.data(parent, document), list)
    value = value_of(operation)
    if not around:
        open_, close = ("[", "]") if is_list else ("{", "}")
        inside = spelled(value if is_list else {key: value}, sheet.kind)
        text = f"{open_}{inside}{close}" if is_list else inside
        yield (Edit(*spot.value, text.encode()),)
        return
    last = sheet.spot(around[-1], document)
    if last is None:
        return
    if _in_flow(sheet, parent, document):
        yield from _in_brackets(sheet, last, key, value, is_list)
    elif sheet.kind == "yaml":
        yield from _in_block(sheet, last, key, value, is_list)
    elif sheet.kind == "toml" and not is_list:
        at = sheet.line_stop(sheet.last(last))
        yield (Edit(at, at, f"{sheet.end}{pair(key, value, 'toml')}".encode()),)


def _in_brackets(sheet: Sheet, last: Spot, key: str, value: Any, is_list: bool) -> Attempts:
    text = spelled(value, sheet.kind) if is_list else pair(key, value, sheet.kind)
    at, start = last.value[1], sheet.line_start(last.start)
    lead = sheet.raw[start : last.start]
    gap = sheet.end.encode() + lead if not lead.strip() and start else b" "
    yield (Edit(at, at, b"," + gap + text.encode()),)


def _in_block(sheet: Sheet, last: Spot, key: str, value: Any, is_list: bool) -> Attempts:
    start = sheet.line_start(last.start)
    lead = sheet.raw[start : last.start].decode("utf-8", "replace")
    if is_list:
        indent = " " * max(lead.rfind("-"), 0)
        rows = [pair(str(k), v, "yaml") for k, v in value.items()] if isinstance(value, dict) else []
        text = f"{indent}- " + f"{sheet.end}{indent}  ".join(rows or [spelled(value, "yaml")])
    else:
        text = " " * len(lead) + pair(key, value, sheet.kind)
    for at in dict.fromkeys((sheet.line_stop(sheet.last(last)), *_ends_of(sheet, last))):
        yield (Edit(at, at, f"{sheet.end}{text}".encode()),)
    if not is_list:
        yield (Edit(last.start, last.start, f"{pair(key, value, sheet.kind)}{sheet.end}{' ' * len(lead)}".encode()),)


def _ends_of(sheet: Sheet, last: Spot) -> Iterator[int]:
    """Where a block scalar, which may hold what looks like comments, may end."""
    end = max(last.value[1] - 1, last.start)
    yield sheet.line_stop(end)
    text = sheet.raw[: last.value[1]].rstrip()
    yield len(text)


def _order(sheet: Sheet, operation: Operation) -> Attempts:
    pointer, document, _, _ = _target(operation)
    items = [sheet.spot(p, document) for p in _siblings(sheet, pointer, document)]
    spots = [spot for spot in items if spot]
    order = value_of(operation)
    if len(spots) != len(items) or len(order) != len(items):
        return
    if not _in_flow(sheet, pointer, document):
        starts = [sheet.line_start(spot.start) for spot in spots]
        stops = [*starts[1:], sheet.next_line(sheet.last(spots[-1]))]
        chunks = [sheet.raw[a:b] for a, b in zip(starts, stops, strict=True)]
        end = sheet.end.encode()
        whole = [chunk if chunk.endswith(b"\n") else chunk + end for chunk in chunks]
        text = b"".join(whole[i] for i in order)
        yield (Edit(starts[0], stops[-1], text if chunks[-1].endswith(b"\n") else text.removesuffix(end)),)
    moved = ((spot, spots[i]) for spot, i in zip(spots, order, strict=True) if spot is not spots[i])
    yield tuple(Edit(*spot.value, sheet.raw[slice(*other.value)]) for spot, other in moved)


def _target(operation: Operation) -> tuple[str, int, str, str]:
    """Pointer and document of an operation, the pointer of what is around it, and its key there."""
    pointer = operation.origin.pointer
    parent, _, key = pointer.rpartition("/")
    return pointer, operation.origin.document, parent, key.replace("~1", "/").replace("~0", "~")


def _siblings(sheet: Sheet, pointer: str, document: int) -> list[str]:
    """The pointers of all that stands directly in a collection, in the order of the file."""
    data = sheet.data(pointer, document)
    if isinstance(data, dict):
        keys = [str(key).replace("~", "~0").replace("/", "~1") for key in data]
    else:
        keys = [str(i) for i in range(len(data))] if data is not MISSING and isinstance(data, list) else []
    found = [f"{pointer}/{key}" for key in keys]
    sheet.look([pointer, *found], document)
    return found


def _in_flow(sheet: Sheet, pointer: str, document: int) -> bool:
    spot = sheet.spot(pointer, document)
    return sheet.kind == "json" or spot is not None and spot.is_flow
