"""The manifest's schema in the language server that most editors use for YAML, started as they start it."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from .editor import PATIENCE, Editor, uri

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCHEMA = ".mlgov/manifest.schema.json"
MODELINE = f"# yaml-language-server: $schema={SCHEMA}\n"

pytestmark = pytest.mark.needs("npm")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the schema where the documentation puts it."""
    folder = tmp_path_factory.mktemp("manifest")
    (folder / SCHEMA).parent.mkdir()
    done = subprocess.run([sys.executable, "-m", "mlgov", "schema"], capture_output=True, check=True)
    (folder / SCHEMA).write_bytes(done.stdout)
    return folder


@pytest.fixture(scope="module")
def editor(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    modules = tmp_path_factory.mktemp("yaml")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "yaml_language_server" / name, modules)
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    run = subprocess.run(["npm", "ci", *quiet], cwd=modules, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    program = modules / "node_modules/yaml-language-server/bin/yaml-language-server"
    editor = Editor(("node", program, "--stdio"))
    editor.begin(folder)
    yield editor
    editor.end()


def said(editor: Editor, where: str, count: int) -> list[str]:
    """The messages about a file, once there are as many as that; it tells of a file more than once."""
    end = time.monotonic() + PATIENCE
    editor.until(lambda: where in editor.client.diagnostics and time.monotonic() < end)
    editor.until(lambda: len(editor.client.diagnostics[where]) >= count)
    return [d.message for d in editor.client.diagnostics[where]]


def test_a_wrong_key_and_a_wrong_word_are_told(editor: Editor, folder: Path) -> None:
    file = folder / "wrong.yaml"
    file.write_text(
        f"{MODELINE}apiVersion: mlgov/v1\nproject: {{id: churn, stage: launched}}\nmetrics:\n- id: roc_auc\n  rolle: primary\n"
    )
    messages = said(editor, editor.open(file), 2)
    assert any("pre_launch" in message for message in messages)
    assert any("rolle" in message for message in messages)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("metrics:\n- id: roc_auc\n  role: |\n", {"primary", "secondary", "guardrail", "diagnostic"}),
        ("metrics:\n- id: roc_auc\n  pro|\n", {"proxy_for"}),
        ("mon|\n", {"monitoring"}),
        ("data:\n  splits:\n    str|\n", {"strategy"}),
    ],
)
def test_keys_and_words_are_proposed(editor: Editor, folder: Path, text: str, labels: set[str]) -> None:
    file = folder / f"proposed-{len(text)}.yaml"
    whole = f"{MODELINE}apiVersion: mlgov/v1\nproject: {{id: churn}}\n{text}"
    at = whole.index("|")
    file.write_text(whole.replace("|", ""))
    params = types.CompletionParams(
        types.TextDocumentIdentifier(editor.open(file)),
        types.Position(whole.count("\n", 0, at), at - whole.rfind("\n", 0, at) - 1),
    )
    found = editor.ask(types.TEXT_DOCUMENT_COMPLETION, params)
    assert labels <= {item.label for item in getattr(found, "items", found)}


@pytest.mark.parametrize("example", ["churn", "minimal"])
def test_a_complete_manifest_is_fine(editor: Editor, folder: Path, example: str) -> None:
    file = folder / f"{example}.yaml"
    file.write_text(MODELINE + (ROOT / "examples" / example / "mlgov.yaml").read_text())
    where = editor.open(file)
    assert "Metric" in editor.hover(where, *_metric(file)), "the schema was not read"
    editor.until(lambda: where in editor.client.diagnostics)
    assert [(d.range.start.line + 1, d.message) for d in editor.client.diagnostics[where]] == []
    assert uri(file) == where


def _metric(file: Path) -> tuple[int, int]:
    """The id of the first metric."""
    text = file.read_text()
    at = text.index("id:", text.index("\nmetrics:"))
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at)
