"""Edits for an editor to make: in the files as it shows them, and files that do not exist yet."""

from collections.abc import Iterable, Mapping

from lsprotocol import types

from mlgov.finding import TextEdit
from mlgov.server.positions import Text
from mlgov.server.root import Root
from mlgov.server.view import View

Versions = Mapping[str, int | None]  # of open files, by address
Spelling = Mapping[str, str]  # path to the address of an open file


def text_edits(view: View, edits: Iterable[TextEdit]) -> dict[str, list[types.TextEdit]]:
    """Edits of mlgov, by path."""
    found: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        text = view.text(edit.file)
        ends = text.offset(edit.line, edit.column), text.offset(edit.end_line, edit.end_column)
        found.setdefault(edit.file, []).append(types.TextEdit(text.range(*ends), edit.text))
    return found


def difference(text: Text, new: str) -> types.TextEdit:
    """The one edit that makes a text a new one: what both begin and end with stays."""
    old = text.text
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    return types.TextEdit(text.range(head, len(old) - tail), new[head : len(new) - tail])


def workspace_edit(
    root: Root,
    edits: Mapping[str, list[types.TextEdit]],
    versions: Versions | None,
    spelled: Spelling,
    new: Iterable[str] = (),
) -> types.WorkspaceEdit:
    """All edits as one. versions: None for an editor that knows plain edits only; new: files that are made first."""
    if versions is None:
        return types.WorkspaceEdit(changes={_uri(root, path, spelled): some for path, some in edits.items()})
    unless_there = types.CreateFileOptions(ignore_if_exists=True)
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    changes += [types.CreateFile(_uri(root, path, spelled), options=unless_there) for path in new]
    for path, some in edits.items():
        uri = _uri(root, path, spelled)
        document = types.OptionalVersionedTextDocumentIdentifier(uri, versions.get(uri))
        changes.append(types.TextDocumentEdit(document, some))
    return types.WorkspaceEdit(document_changes=changes)


def _uri(root: Root, path: str, spelled: Spelling) -> str:
    return spelled.get(path) or root.uri_of(path)
