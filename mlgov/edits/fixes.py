"""Fixes get their text: what rules say about data becomes proven edits of files, or nothing."""

from collections.abc import Callable, Iterable, Sequence

from mlgov.edits import Edit, offset, position, spliced
from mlgov.edits.proof import proven
from mlgov.finding import Fix, Operation, TextEdit

LONGEST = 20_000  # characters that one fix writes; what is longer is no small repair
Read = Callable[[str], bytes | None]


def resolved(fixes: Iterable[Fix], read: Read) -> dict[Fix, Fix]:
    """The fixes that can be written, each with its edits. read: the bytes of a file of the tree, None = not readable."""
    wanted: dict[str, dict[Fix, list[Operation]]] = {}
    every = list(dict.fromkeys(fixes))
    for fix in every:
        for operation in fix.operations:
            wanted.setdefault(operation.origin.file, {}).setdefault(fix, []).append(operation)
    texts: dict[Fix, list[TextEdit] | None] = {fix: [] for fix in every}
    for file, groups in wanted.items():
        for fix, edits in zip(groups, _in_file(file, groups, read), strict=True):
            known = texts[fix]
            texts[fix] = None if known is None or edits is None else [*known, *edits]
    return {fix: fix._replace(edits=tuple(edits)) for fix, edits in texts.items() if edits and _is_small(fix, edits)}


def _is_small(fix: Fix, edits: Iterable[TextEdit]) -> bool:
    return sum(len(e.text) for e in edits) + sum(len(o.value) + len(o.origin.pointer) for o in fix.operations) < LONGEST


def applied(raw: bytes, file: str, fixes: Iterable[Fix]) -> bytes:
    """A file with its part of the fixes made; `EditError` where two of them overlap."""
    return spliced(raw, edits_in(raw, file, fixes))


def edits_in(raw: bytes, file: str, fixes: Iterable[Fix]) -> list[Edit]:
    """The edits of the fixes that lie in one file, as bytes."""
    return [_edit(raw, e) for fix in fixes for e in fix.edits if e.file == file]


def _edit(raw: bytes, text: TextEdit) -> Edit:
    return Edit(offset(raw, text.line, text.column), offset(raw, text.end_line, text.end_column), text.text.encode())


def _in_file(file: str, groups: dict[Fix, list[Operation]], read: Read) -> Sequence[list[TextEdit] | None]:
    is_past = any(o.origin.before for operations in groups.values() for o in operations)
    raw = None if is_past else read(file)
    if raw is None:
        return [None] * len(groups)
    found = proven(file, raw, [*groups.values()])
    return [None if edits is None else [_text(file, raw, e) for e in edits] for edits in found]


def _text(file: str, raw: bytes, edit: Edit) -> TextEdit:
    return TextEdit(file, *position(raw, edit.start), *position(raw, edit.end), edit.text.decode())
