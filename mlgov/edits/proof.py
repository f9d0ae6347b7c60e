"""Operations become edits that are proven: the file read anew holds what was meant, and every other comment and value."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice, product

from mlgov.documents import text_of
from mlgov.documents.comments import comments
from mlgov.edits import Edit, offset, spliced
from mlgov.edits.patching import patched, same, value_of
from mlgov.edits.placing import attempts
from mlgov.edits.sheet import Sheet
from mlgov.errors import EditError
from mlgov.finding import Operation

MOST = 24  # attempts at one fix
READ = 5_000_000  # bytes of one file that all its proofs together may read, but at least FEWEST times the file
FEWEST = 16
_POINT = re.compile(r"@(\d{1,9}):(\d{1,9})").fullmatch
_SPAN = re.compile(r"@(\d{1,9}):(\d{1,9})-(\d{1,9})").fullmatch
Operations = Sequence[Operation]
Edits = tuple[Edit, ...]


def proven(path: str, raw: bytes, wanted: Sequence[Operations]) -> list[Edits | None]:
    """For each group of operations on one file the edits that do it, and nothing else; None where there are none.

    What can be proven together is proven together, so that many groups cost little more than one; but each set of
    edits speaks of the bytes as they are, and those of two groups may overlap.
    """
    sheet = Sheet(path, raw)
    readings = iter(range(max(FEWEST, READ // max(len(raw), 1))))
    return list(_proven(sheet, raw, [[sheet.settled(o) for o in group] for group in wanted], readings))


def _proven(sheet: Sheet, raw: bytes, wanted: Sequence[Operations], readings: Iterator[int]) -> Iterator[Edits | None]:
    """readings: how often the file may still be read; what is not proven until then is not offered."""
    if next(readings, None) is None:
        yield from [None] * len(wanted)
        return
    if len(wanted) == 1:
        ways = (e for e in _ways(sheet, raw, wanted[0]) if next(readings, None) is not None)
        yield next((e for e in ways if holds(sheet, raw, e, wanted[0])), None)
        return
    first = [next(_ways(sheet, raw, group), None) for group in wanted]
    found = [(edits, group) for edits, group in zip(first, wanted, strict=True) if edits]
    if len(found) == len(wanted) and holds(
        sheet, raw, [e for edits, _ in found for e in edits], [o for _, group in found for o in group]
    ):
        yield from first
        return
    half = len(wanted) // 2
    for part in (wanted[:half], wanted[half:]):
        if part:
            yield from _proven(sheet, raw, part, readings)


def _ways(sheet: Sheet, raw: bytes, operations: Operations) -> Iterator[Edits]:
    """Ways to do all operations at once, each with the places of the whole file."""
    with suppress(EditError):
        every = [_attempts(sheet, raw, operation) for operation in operations]
        for chosen in islice(product(*every), MOST):
            yield tuple(dict.fromkeys(edit for edits in chosen for edit in edits))


def _attempts(sheet: Sheet, raw: bytes, operation: Operation) -> list[Edits]:
    if operation.origin.pointer.startswith("@"):
        return list(_in_text(sheet.file, raw, operation))
    moved = (tuple(e._replace(start=e.start + sheet.base, end=e.end + sheet.base) for e in edits)
             for edits in attempts(sheet, operation))  # fmt: skip
    return list(islice(moved, MOST))


def _in_text(path: str, raw: bytes, operation: Operation) -> Iterator[Edits]:
    """A stretch of a page that a reader of the format named, where it holds what it should; or a comment."""
    if operation.op == "remove":
        yield from _comment(path, raw, operation)
    span = _SPAN(operation.origin.pointer)
    if span and operation.op == "replace" and operation.was:
        line, column, stop = map(int, span.groups())
        text = text_of(value_of(operation))
        start, end = offset(raw, line, column), offset(raw, line, stop)
        if raw[start:end] == operation.was.encode("utf-8", "surrogateescape") and text.isprintable():
            yield (Edit(start, end, text.encode()),)


def _comment(path: str, raw: bytes, operation: Operation) -> Iterator[Edits]:
    """The comment that begins at `@LINE:COLUMN`: with its lines where nothing else stands on them."""
    place = _POINT(operation.origin.pointer)
    for comment in comments(path, raw) if place else ():
        if place and (comment.line, comment.column) == tuple(map(int, place.groups())):
            start, last = offset(raw, comment.line, comment.column), offset(raw, comment.end_line, 1)
            stop = raw.find(b"\n", last)
            stop = stop if stop >= 0 else len(raw)
            if comment.alone:
                yield (Edit(offset(raw, comment.line, 1), min(stop + 1, len(raw)), b""),)
            elif raw[start : start + 4] != b"<!--":
                bare = len(raw[:start].rstrip(b" \t"))
                yield (Edit(bare, len(raw[:stop].rstrip(b"\r")), b""),)
            elif (end := raw.find(b"-->", start)) >= 0:
                yield (Edit(start, end + 3, b""),)


def holds(sheet: Sheet, raw: bytes, edits: Iterable[Edit], operations: Iterable[Operation]) -> bool:
    """True if the edited file, read anew, holds the data after the operations, and all comments that were not removed."""
    edits = list(edits)
    try:
        new = Sheet(sheet.file, spliced(raw, edits))
        if new.flaws > sheet.flaws or new.kind != sheet.kind:
            return False
        return _same_data(sheet, new, operations) and _same_comments(sheet, new, edits)
    except EditError:
        return False


def _same_data(sheet: Sheet, new: Sheet, operations: Iterable[Operation]) -> bool:
    by_document: dict[int, list[Operation]] = {}
    for operation in operations:
        if not operation.origin.pointer.startswith("@"):
            by_document.setdefault(operation.origin.document, []).append(operation)
    if sheet.documents.keys() != new.documents.keys():
        return False
    return (
        all(
            same(new.documents[index], patched(data, by_document.get(index, ())))
            for index, data in sheet.documents.items()
        )
        and by_document.keys() <= sheet.documents.keys()
    )


def _same_comments(sheet: Sheet, new: Sheet, edits: list[Edit]) -> bool:
    """Comments count in any order: those beside an item that moves go with it; those of what was removed are gone."""
    gone = [(e.start - sheet.base, e.end - sheet.base) for e in edits if not e.text]
    kept = Counter(text for at, text in sheet.comments() if not any(start <= at < end for start, end in gone))
    return kept == Counter(text for _, text in new.comments())
