"""`mlgov server` as an editor meets it: a real client over stdio, files that are typed, saved, broken and deleted."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from .editor import SERVER, TODAY, Editor, codes, uri
from .repository import MANIFEST, Repository

ROOT = Path(__file__).resolve().parents[2]
SELECTED = 'select = ["EVA203", "EVA204", "CHG508"]\n'
KO = "# 이탈 모델 😀\n"


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    """One server for the file; each test opens a folder of its own."""
    editor = Editor()
    editor.begin(options={"delay": 10})
    yield editor
    assert editor.end() == 0


@pytest.fixture
def folder(editor: Editor, tmp_path: Path) -> Iterator[Path]:
    """A folder under git that the editor has open, with two results below their bounds."""
    repository = Repository(tmp_path, **{".mlgov.toml": SELECTED})
    editor.open_folder(repository.folder)
    yield repository.folder
    editor.close_folder(repository.folder)


def checked(folder: Path) -> list[tuple[Any, ...]]:
    """What `mlgov check` finds: file, line, code, message and the number of other ends."""
    done = subprocess.run(
        [sys.executable, "-m", "mlgov", "check", folder, "-o", "json", "--no-cache", "--now", TODAY],
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    found = json.loads(done.stdout)["findings"]
    shown = ((f["places"][0], f) for f in found)
    return sorted((p["file"], max(p["line"], 1), f["code"], f["message"], len(f["places"]) - 1) for p, f in shown)


def shown(diagnostics: dict[str, list[types.Diagnostic]], top: Path) -> list[tuple[Any, ...]]:
    """The same of diagnostics below a folder."""
    prefix = uri(top) + "/"
    return sorted(
        (where.removeprefix(prefix), d.range.start.line + 1, d.code, d.message, len(d.related_information or ()))
        for where, some in diagnostics.items() if where.startswith(prefix) for d in some
    )  # fmt: skip


@pytest.mark.parametrize("example", ["churn-broken", "churn"])
def test_diagnostics_are_those_of_check_on_the_saved_tree(editor: Editor, tmp_path: Path, example: str) -> None:
    folder = shutil.copytree(ROOT / "examples" / example, tmp_path / "repository")
    editor.open_folder(folder)
    editor.open(folder / "mlgov.yaml")
    found = shown(editor.settled(folder / "mlgov.yaml"), folder)
    assert found == checked(folder)
    assert bool(found) is (example == "churn-broken")


def test_a_diagnostic_leads_to_the_rule_and_to_the_other_end(editor: Editor, tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "examples" / "churn-broken", tmp_path / "repository")
    editor.open_folder(folder)
    (card,) = editor.settled(folder / "mlgov.yaml")[uri(folder / "MODEL_CARD.md")]
    assert card.severity == types.DiagnosticSeverity.Error
    assert (card.source, card.code) == ("mlgov", "EVA204")
    assert card.code_description is not None
    assert card.code_description.href.endswith("EVA204")
    assert card.range == types.Range(types.Position(16, 12), types.Position(16, 16))
    (other,) = card.related_information or ()
    assert other.location.uri == uri(folder / "reports/metrics.json")
    assert "0.8712" in other.message


def test_what_is_typed_counts_before_it_is_saved(editor: Editor, folder: Path) -> None:
    where = editor.open(folder / "mlgov.yaml")
    assert codes(editor.settled(where)[where]) == ["EVA203", "EVA203"]
    editor.change(where, MANIFEST.replace("value: 0.80", "value: 0.91"))
    assert codes(editor.settled(where)[where]) == ["EVA203"]
    editor.change(where, MANIFEST)
    assert codes(editor.settled(where)[where]) == ["EVA203", "EVA203"]
    editor.change(where, MANIFEST.replace("value: 0.80", "value: 0.91").replace("value: 0.84", "value: 0.91"))
    assert where not in editor.settled(where)
    editor.close(where)  # without saving: the disk counts again
    assert codes(editor.settled(where)[where]) == ["EVA203", "EVA203"]
    assert (folder / "mlgov.yaml").read_text() == MANIFEST


def test_the_pause_in_typing_is_enough(editor: Editor, folder: Path) -> None:
    where = editor.open(folder / "mlgov.yaml")
    editor.settled(where)
    told = len(editor.told)
    editor.change(where, MANIFEST.replace("value: 0.80", "value: 0.91"))
    editor.until(lambda: len(editor.told) > told)
    assert codes(editor.client.diagnostics[where]) == ["EVA203"]
    assert editor.told[-1].version == editor.versions[where]


def test_a_file_that_is_broken_while_typing_keeps_the_other_diagnostics(editor: Editor, folder: Path) -> None:
    where = editor.open(folder / "mlgov.yaml")
    editor.settled(where)
    editor.change(where, MANIFEST.replace("metrics:\n", "metrics:\n- {id: new, \n", 1))
    found = {str(d.code): d for d in editor.settled(where)[where]}
    assert sorted(found) == ["EVA203", "INT002"]
    results = [n for n, line in enumerate(MANIFEST.splitlines()) if "value:" in line]
    lines = [d.range.start.line for d in editor.settled(where)[where] if d.code == "EVA203"]
    assert lines == [n + 1 for n in results], "one line was added above them"
    editor.change(where, MANIFEST)
    assert codes(editor.settled(where)[where]) == ["EVA203", "EVA203"]
    (folder / "mlgov.yaml").write_text("a: [\n")
    editor.close(where)  # broken on disk: as check says it
    assert shown(editor.settled(where), folder) == checked(folder)


@pytest.mark.parametrize(
    ("encoding", "end", "bom"),
    [("utf-8", "\n", ""), ("utf-16", "\r\n", "\ufeff"), ("utf-16", "\n", ""), ("utf-32", "\r\n", "")],
)
def test_columns_are_units_of_the_agreed_encoding(tmp_path: Path, end: str, bom: str, encoding: str) -> None:
    text = KO + MANIFEST.replace("- {metric: roc_auc,", "- {x-note: 이탈 😀, metric: roc_auc,")
    repository = Repository(tmp_path, **{"mlgov.yaml": bom + text.replace("\n", end), ".mlgov.toml": SELECTED})
    editor = Editor()
    said = editor.begin(repository.folder, encodings=[encoding])
    assert said.capabilities.position_encoding == encoding
    where = uri(repository.folder / "mlgov.yaml")
    for _ in range(2):  # from disk, then as the editor shows it
        first = min(editor.settled(where)[where], key=lambda d: d.range.start.line)
        line = text.splitlines()[first.range.start.line]
        wide = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding]
        units = line.encode(wide[0])
        here = units[first.range.start.character * wide[1] : first.range.end.character * wide[1]].decode(wide[0])
        assert here == "0.80"
        editor.open(repository.folder / "mlgov.yaml", text.replace("\n", end))
    assert editor.end() == 0


def test_a_deleted_file_takes_its_diagnostics_along(editor: Editor, folder: Path) -> None:
    (folder / "MODEL_CARD.md").write_text("# Model card\n\n| metric | value |\n|---|---|\n| Recall | 0.93 |\n")
    (folder / "reports").mkdir()
    (folder / "reports/metrics.json").write_text('{"recall": 0.84}')
    card, manifest = uri(folder / "MODEL_CARD.md"), uri(folder / "mlgov.yaml")
    editor.open(folder / "MODEL_CARD.md")
    assert "EVA204" in codes(editor.settled(manifest)[card])
    (folder / "MODEL_CARD.md").unlink()
    editor.on_disk(folder / "MODEL_CARD.md", kind=types.FileChangeType.Deleted)
    assert card not in editor.settled(manifest), "although it is still open"
    editor.open(folder / "MODEL_CARD.md", "# Model card\n\n| metric | value |\n|---|---|\n| Recall | 0.94 |\n")
    assert "EVA204" in codes(editor.settled(manifest)[card]), "a new file that was never saved"


def test_settings_count_while_they_are_typed(editor: Editor, folder: Path) -> None:
    manifest, where = uri(folder / "mlgov.yaml"), editor.open(folder / ".mlgov.toml")
    editor.change(where, 'select = ["EVA204"]\n')
    assert manifest not in editor.settled(where)
    editor.change(where, SELECTED + "profil = 'standard'\n")
    (wrong,) = editor.settled(where)[where]
    assert "did you mean 'profile'" in wrong.message
    assert wrong.range.start.line == 1
    editor.change(where, SELECTED)
    assert codes(editor.settled(where)[manifest]) == ["EVA203", "EVA203"]


def test_settings_of_the_editor_count_and_wrong_ones_are_told(editor: Editor, folder: Path) -> None:
    manifest = uri(folder / "mlgov.yaml")
    assert manifest in editor.settled(manifest)
    editor.configure({"mlgov": {"delay": 10, "ignore": ["EVA203"]}})
    assert manifest not in editor.settled(manifest)
    editor.configure({"mlgov": {"delay": 10, "profil": "standard"}})
    assert manifest in editor.settled(manifest)
    assert any("did you mean 'profile'" in m.message for m in editor.client.messages)
    editor.configure({"mlgov": {"delay": 10, "select": ["NOPE1"]}})
    assert manifest not in editor.settled(manifest)
    assert any("NOPE1" in m.message for m in editor.client.messages)
    editor.configure({"mlgov": {"delay": 10}})
    assert manifest in editor.settled(manifest)


def test_several_folders_are_apart_and_one_may_be_closed(editor: Editor, folder: Path, tmp_path: Path) -> None:
    other = Repository(_made(tmp_path / "other folder ü"), **{".mlgov.toml": SELECTED}).folder
    editor.open_folder(other)
    found = editor.settled(folder / "mlgov.yaml", other / "mlgov.yaml")
    assert {uri(folder / "mlgov.yaml"), uri(other / "mlgov.yaml")} <= found.keys()
    editor.close_folder(other)
    assert uri(other / "mlgov.yaml") not in editor.settled(folder / "mlgov.yaml")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


STRANGE = ["untitled:Untitled-1", "git:/a/mlgov.yaml?ref=HEAD", "http://example.org/mlgov.yaml", "file://", "file:///c%3A/Users/x/mlgov.yaml", "file:///C:/Users/x/mlgov.yaml", "vscode-notebook-cell:/a.ipynb#1", "nonsense", "file:///%00", "file:///../../mlgov.yaml", "file:///dev/full/mlgov.yaml"]  # fmt: skip


@pytest.mark.parametrize("where", STRANGE)
def test_strange_addresses_do_no_harm(editor: Editor, folder: Path, where: str) -> None:
    editor.open(where, MANIFEST)
    editor.change(where, MANIFEST + "x: [")
    assert editor.hover(where, 1, 1) == ""
    editor.save(where)
    editor.close(where)
    assert where not in editor.settled(folder / "mlgov.yaml")


HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def test_hostile_names_and_texts_are_inert(editor: Editor, folder: Path) -> None:
    name = "reports/\x1b[31m\u202e](command:evil)<img src=x>\n::error::"
    hostile = folder / name / "MODEL_CARD.md"
    hostile.parent.mkdir(parents=True)
    hostile.write_text(
        "# Model card\n\n| metric | value | note |\n|---|---|---|\n| Recall | 0.93 | ![x](http://evil) |\n"
    )
    os.mkdir(os.fsencode(folder) + b"/reports/\x80")
    os.link(hostile, os.fsencode(folder) + b"/reports/\x80/MODEL_CARD.md")
    (folder / "reports/metrics.json").write_text('{"recall": 0.84, "x\\u202e": 1}')
    found = editor.settled(folder / "mlgov.yaml")
    said = [words for some in found.values() for d in some for words in (d.message, str(d.data), *(r.message for r in d.related_information or ()))]  # fmt: skip
    assert any("command:evil" in words for words in said)
    assert not [words for words in said if HIDDEN.search(words)]
    for where, some in found.items():
        assert where.isascii()
        for d in some:
            shown = editor.hover(where, d.range.start.line, d.range.start.character)
            assert not HIDDEN.search(shown)
            assert not re.search(r"(?<!\\)(!\[|\]\(command|<img)", shown)
    where = editor.open(folder / "mlgov.yaml", MANIFEST + "# half a character: \ud83d\n")
    assert any(d.code == "INT002" for d in editor.settled(where)[where])


def test_a_file_outside_of_every_folder_is_left_alone(editor: Editor, folder: Path, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside") / "mlgov.yaml"
    outside.write_text(MANIFEST)
    where = editor.open(outside)
    assert where not in editor.settled(folder / "mlgov.yaml")


def test_an_ignored_file_is_as_unknown_as_to_check(editor: Editor, folder: Path) -> None:
    (folder / ".gitignore").write_text("drafts/\n")
    draft = folder / "drafts/MODEL_CARD.md"
    draft.parent.mkdir()
    draft.write_text("# Model card\n\n| metric | value |\n|---|---|\n| Recall | 0.93 |\n")
    where = editor.open(draft, "# Model card\n\n| metric | value |\n|---|---|\n| Recall | 0.95 |\n")
    assert where not in editor.settled(folder / "mlgov.yaml")


def test_without_a_folder_the_repository_around_the_file_is_looked_at(tmp_path: Path) -> None:
    repository = Repository(tmp_path, **{".mlgov.toml": SELECTED})
    editor = Editor()
    editor.begin(alone=True)
    where = editor.open(repository.folder / "mlgov.yaml")
    assert codes(editor.settled(where)[where]) == ["EVA203", "EVA203"]
    assert editor.end() == 0


def test_a_folder_behind_a_link_keeps_the_spelling_of_the_editor(editor: Editor, folder: Path, tmp_path: Path) -> None:
    link = tmp_path.parent / f"{tmp_path.name}-link"
    os.symlink(folder, link)
    editor.close_folder(folder)
    editor.open_folder(link)
    assert uri(link / "mlgov.yaml") in editor.settled(uri(link) + "/mlgov.yaml")
    editor.close_folder(link)


def test_the_server_asks_to_be_told_of_files_and_leaves_as_the_protocol_says(tmp_path: Path) -> None:
    editor = Editor()
    editor.begin(tmp_path)
    editor.settled(tmp_path / "mlgov.yaml")
    assert [r.method for r in editor.registered] == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    assert editor.end() == 0
    done = subprocess.run(SERVER, input=b"", capture_output=True, timeout=60)
    assert done.returncode == 1, "an editor that died did not say goodbye"
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("missing", ["pygls", "lsprotocol"])
def test_without_the_extra_it_says_what_to_install(missing: str) -> None:
    program = f"import sys; sys.modules[{missing!r}] = None; from mlgov.cli import main; sys.argv = ['mlgov', 'server']; main()"
    done = subprocess.run([sys.executable, "-c", program], input="", capture_output=True, text=True)
    assert done.returncode == 2
    assert "pip install 'mlgov[server]'" in done.stderr
