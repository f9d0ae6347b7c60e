"""What may be done about a finding: the repairs that its rule offers, all safe ones at once, and a waiver."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lsprotocol import types

from mlgov.finding import Finding, Fix, TextEdit
from mlgov.policy.waivers import FILE
from mlgov.renderers.escaping import shown as visible
from mlgov.server.changes import Spelling, Versions, difference, text_edits, workspace_edit
from mlgov.server.diagnostics import data_of
from mlgov.server.hover import findings_at
from mlgov.server.positions import Text
from mlgov.server.root import Root
from mlgov.server.view import View
from mlgov.server.waive import OPEN, entry

ALL: Final = "source.fixAll.mlgov"
KINDS: Final = (types.CodeActionKind.QuickFix, ALL)
SHOW: Final = "mlgov.show"


class Desk:
    """Where actions are written: a view with its root, and how the editor spells and counts the files it has open."""

    def __init__(self, view: View, root: Root, versions: Versions | None, spelled: Spelling, may_create: bool) -> None:
        self.view, self.root, self.versions, self.spelled = view, root, versions, spelled
        self.may_create = may_create

    def edit(self, edits: dict[str, list[types.TextEdit]], new: Iterable[str] = ()) -> types.WorkspaceEdit:
        """Edits by path as the editor takes them."""
        return workspace_edit(self.root, edits, self.versions, self.spelled, new)


def actions(desk: Desk, path: str, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The actions for a range of a file."""
    found: list[types.CodeAction] = []
    text = desk.view.text(path)
    if _wants(params, types.CodeActionKind.QuickFix):
        ends = text.at(params.range.start), text.at(params.range.end)
        here = list(findings_at(desk.view, path, *ends))
        found += (a for f in here if (a := _repair(desk, f, params.context.diagnostics)))
        found += (a for f in here if (a := _waiver(desk, f, params.context.diagnostics)))
    if _wants(params, ALL):
        found += _repair_all(desk, path)
    return found


def _wants(params: types.CodeActionParams, kind: str) -> bool:
    only = params.context.only
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") for asked in map(_word, only))


def _word(kind: types.CodeActionKind | str) -> str:
    return str(getattr(kind, "value", kind))


def _repair(desk: Desk, finding: Finding, shown: Sequence[types.Diagnostic]) -> types.CodeAction | None:
    fix = finding.fix
    if fix is None or not _is_current(desk.view, fix):
        return None
    return types.CodeAction(
        title=f"{finding.code}: {visible(fix.message)}" + ("" if fix.safe else " (changes what the files mean)"),
        kind=types.CodeActionKind.QuickFix,
        diagnostics=_of(finding, shown),
        is_preferred=fix.safe or None,
        edit=desk.edit(text_edits(desk.view, fix.edits)),
    )


def _is_current(view: View, fix: Fix) -> bool:
    """True if the fix was proven on the text that is shown."""
    return bool(fix.edits) and not any(edit.file in view.broken for edit in fix.edits)


def _repair_all(desk: Desk, path: str) -> Iterator[types.CodeAction]:
    """One action for all safe repairs that change this file alone; of two that overlap the first one is made."""
    made: list[TextEdit] = []
    for fix in (f.fix for f in desk.view.findings if f.fix and f.fix.safe and _is_current(desk.view, f.fix)):
        is_here = all(edit.file == path for edit in fix.edits)
        if is_here and not any(_overlap(edit, other) for edit in fix.edits for other in made):
            made += fix.edits
    if made:
        yield types.CodeAction(
            title="mlgov: make all safe repairs", kind=ALL, edit=desk.edit(text_edits(desk.view, made))
        )


def _overlap(one: TextEdit, other: TextEdit) -> bool:
    """True if both change the same text, or touch."""
    return one[1:3] <= other[3:5] and other[1:3] <= one[3:5]


def _waiver(desk: Desk, finding: Finding, shown: Sequence[types.Diagnostic]) -> types.CodeAction | None:
    written = entry(desk.view, finding)
    if written is None or written.is_new and not desk.may_create:
        return None
    old = desk.view.text(FILE) if not written.is_new else Text("", desk.view.encoding)
    new = Text(written.text, desk.view.encoding)
    added = difference(old, written.text)
    at = written.text.find(OPEN, old.at(added.range.start))
    many = f" ({written.covers} findings)" if written.covers > 1 else ""
    return types.CodeAction(
        title=f"{finding.code}: waive until {written.until}{many}; a reason is to be written",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=_of(finding, shown),
        edit=desk.edit({FILE: [added]}, [FILE] if written.is_new else []),
        command=types.Command(
            "Show the waiver",
            SHOW,
            arguments=[desk.spelled.get(FILE) or desk.root.uri_of(FILE), _plain(new.range(at, at + len(OPEN)))],
        ),
    )


def _plain(range_: types.Range) -> list[int]:
    return [range_.start.line, range_.start.character, range_.end.line, range_.end.character]


def _of(finding: Finding, shown: Sequence[types.Diagnostic]) -> list[types.Diagnostic] | None:
    """The diagnostics that the editor asked about and that show this finding."""
    data = data_of(finding)
    return [d for d in shown if d.code == finding.code and d.data in (data, None)] or None
