"""What may be written at a cursor in a manifest: keys and words of the schema, and the ids that the project defines."""

from collections.abc import Iterator

from lsprotocol import types

from mlgov.documents.yaml_cursor import Gap, gaps
from mlgov.lifecycle.mentions import ids
from mlgov.server.positions import Text
from mlgov.server.schema import is_manifest, keys_at, section_named, words_at
from mlgov.server.view import View


def completions(view: View, path: str, text: Text, position: types.Position) -> list[types.CompletionItem]:
    """The proposals for a position of a text, which may be newer than the view."""
    if not is_manifest(view, path):
        return []
    found: dict[str, types.CompletionItem] = {}
    for gap in gaps(text.text, text.at(position)):
        for item in (*(_keys(gap, text) if gap.is_key else _words(gap, text)), *_ids(view, path, gap, text)):
            found.setdefault(item.label, item)
    return list(found.values())


def _keys(gap: Gap, text: Text) -> Iterator[types.CompletionItem]:
    behind = "" if text.text[gap.end : gap.end + 1] == ":" else ":"
    for key in keys_at(gap.steps):
        if key.name not in gap.keys:
            written = key.name + (behind if key.wraps or not behind else behind + " ")
            yield _item(key.name, types.CompletionItemKind.Property, key.description, written, gap, text)


def _words(gap: Gap, text: Text) -> Iterator[types.CompletionItem]:
    for word in words_at(gap.steps):
        yield _item(word, types.CompletionItemKind.EnumMember, "", word, gap, text)


def _ids(view: View, path: str, gap: Gap, text: Text) -> Iterator[types.CompletionItem]:
    """The ids that fields at this place refer to, of the projects that the file belongs to."""
    section = section_named(gap.steps, gap.is_key)
    for project in view.projects if section else ():
        if not any(True for _ in project.book.stated_in(path)):
            continue
        for _, name, record in ids(project, section):
            about = next(
                (
                    said
                    for key in ("definition", "description", "statement", "name")
                    if (said := getattr(record, key, None))
                ),
                "",
            )
            written = name + (": " if gap.is_key and text.text[gap.end : gap.end + 1] != ":" else "")
            yield _item(name, types.CompletionItemKind.Reference, str(about), written, gap, text, section)


def _item(
    label: str, kind: types.CompletionItemKind, words: str, written: str, gap: Gap, text: Text, detail: str = ""
) -> types.CompletionItem:
    return types.CompletionItem(
        label=label,
        kind=kind,
        detail=detail or None,
        documentation=words or None,
        text_edit=types.TextEdit(text.range(gap.start, gap.end), written),
    )
