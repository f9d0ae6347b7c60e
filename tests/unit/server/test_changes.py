"""Edits in the two forms that editors know."""

from pathlib import Path

from lsprotocol import types

from mlgov.server.changes import workspace_edit
from mlgov.server.root import Root


def test_an_editor_that_knows_plain_edits_only_gets_these(tmp_path: Path) -> None:
    root = Root(tmp_path.as_uri(), str(tmp_path))
    edit = types.TextEdit(types.Range(types.Position(0, 0), types.Position(0, 1)), "x")
    where = (tmp_path / "a b.yaml").as_uri()
    plain = workspace_edit(root, {"a b.yaml": [edit]}, None, {})
    assert plain.document_changes is None
    assert plain.changes == {where: [edit]}
    versioned = workspace_edit(root, {"a b.yaml": [edit]}, {where: 3}, {}, ["new.yaml"])
    assert versioned.changes is None
    made, changed = versioned.document_changes or ()
    assert isinstance(made, types.CreateFile)
    assert isinstance(changed, types.TextDocumentEdit)
    assert changed.text_document.version == 3
