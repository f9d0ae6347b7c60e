"""Operations become edits that are proven: the file read anew holds what was meant, and every other comment and value."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice, product

from mlgov.edits import Edit, offset, spliced
from mlgov.edits.patching import patched, same, value_of
from mlgov.edits.placing import attempts
from mlgov.edits.sheet import Sheet
from mlgov.errors import EditError
from mlgov.finding import Operation

MOST = 24  # attempts at one fix
_SPAN = re.compile(r"@(\d{1,9}):(\d{1,9})-(\d{1,9})").fullmatch
Operations = Sequence[Operation]
Edits = tuple[Edit, ...]


def proven(path: str, raw: bytes, wanted: Sequence[Operations]) -> list[Edits | None]:
    """For each group of operations on one file the edits that do it, and nothing else; None where there are none.

    What can be proven together is proven together, so that many groups cost little more than one; but each set of
    edits speaks of the bytes as they are, and those of two groups may overlap.
    """
    return list(_proven(Sheet(path, raw), raw, list(wanted)))


def _proven(sheet: Sheet, raw: bytes, wanted: Sequence[Operations]) -> Iterator[Edits | None]:
    if len(wanted) == 1:
        yield next((e for e in _ways(sheet, raw, wanted[0]) if holds(sheet, raw, e, wanted[0])), None)
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
            yield from _proven(sheet, raw, part)


def _ways(sheet: Sheet, raw: bytes, operations: Operations) -> Iterator[Edits]:
    """Ways to do all operations at once, each with the places of the whole file."""
    with suppress(EditError):
        every = [_attempts(sheet, raw, operation) for operation in operations]
        for chosen in islice(product(*every), MOST):
            yield tuple(dict.fromkeys(edit for edits in chosen for edit in edits))


def _attempts(sheet: Sheet, raw: bytes, operation: Operation) -> list[Edits]:
    if operation.origin.pointer.startswith("@"):
        return list(_in_text(raw, operation))
    moved = (tuple(e._replace(start=e.start + sheet.base, end=e.end + sheet.base) for e in edits)
             for edits in attempts(sheet, operation))  # fmt: skip
    return list(islice(moved, MOST))


def _in_text(raw: bytes, operation: Operation) -> Iterator[Edits]:
    """A stretch of a page that a reader of the format named: replaced where it is, one line by one line."""
    span = _SPAN(operation.origin.pointer)
    if span and operation.op == "replace":
        line, column, stop = map(int, span.groups())
        text = str(value_of(operation))
        start, end = offset(raw, line, column), offset(raw, line, stop)
        if start < end and text.isprintable():
            yield (Edit(start, end, text.encode()),)


def holds(sheet: Sheet, raw: bytes, edits: Iterable[Edit], operations: Iterable[Operation]) -> bool:
    """True if the edited file, read anew, holds the data after the operations, and all comments that were not removed."""
    edits = list(edits)
    try:
        new = Sheet(_path(sheet), spliced(raw, edits))
        if new.flaws > sheet.flaws or new.kind != sheet.kind:
            return False
        return _same_data(sheet, new, operations) and _same_comments(sheet, new, edits)
    except EditError:
        return False


def _path(sheet: Sheet) -> str:
    return "page.md" if sheet.base or sheet.kind == "markdown" else sheet.path


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
