"""What `mlgov server` answers: hover, definition, references, completion, repairs and waivers, asked by a real client."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from .editor import Editor, applied, codes, uri
from .repository import MANIFEST, RECALL, Repository

ROOT = Path(__file__).resolve().parents[2]
DEFINITION, REFERENCES = types.TEXT_DOCUMENT_DEFINITION, types.TEXT_DOCUMENT_REFERENCES


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    editor = Editor()
    editor.begin(options={"delay": 10})
    yield editor
    assert editor.end() == 0


@pytest.fixture(scope="module")
def churn(editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The broken example with the alerts of its service in a file of their own."""
    folder = shutil.copytree(ROOT / "examples" / "churn-broken", tmp_path_factory.mktemp("churn") / "repository")
    (folder / "alerts.yaml").write_text(
        "groups:\n- name: churn\n  rules:\n  - alert: ChurnSlow\n"
        "    expr: histogram_quantile(0.95, rate(churn_request_duration_seconds_bucket[5m])) > 0.3\n    for: 5m\n"
    )
    editor.open_folder(folder)
    return folder


def at(file: Path, words: str, behind: int = 0) -> tuple[str, int, int]:
    """The address of a file, and the position of words in it."""
    text = file.read_text()
    found = text.index(words) + behind
    return uri(file), text.count("\n", 0, found), found - text.rfind("\n", 0, found) - 1


def test_hover_shows_the_rule_behind_a_finding(editor: Editor, churn: Path) -> None:
    shown = editor.hover(*at(churn / "MODEL_CARD.md", "0.93", 1))
    assert "**EVA204 card-result-mismatch** (error)" in shown
    assert "A document must state the number that was measured." in shown
    assert "Remedy:" in shown
    assert "rules/EVA204" in shown


@pytest.mark.parametrize(("file", "words"), [("MODEL_CARD.md", "0.93"), ("reports/metrics.json", "0.8712"), ("mlgov.yaml", "roc_auc, kind")])  # fmt: skip
def test_hover_lists_every_place_of_a_claim(editor: Editor, churn: Path, file: str, words: str) -> None:
    shown = editor.hover(*at(churn / file, words, 1))
    assert r"**metrics\[roc\_auc\]**" in shown
    for place in (r"MODEL\_CARD.md:17", "reports/metrics.json:1", "mlgov.yaml:69"):
        assert place in shown


def test_hover_says_what_a_key_of_the_manifest_means(editor: Editor, churn: Path) -> None:
    assert "one primary per scope" in editor.hover(*at(churn / "mlgov.yaml", "role: primary", 1))
    assert editor.hover(*at(churn / "MODEL_CARD.md", "## Caveats", 4)) == ""


@pytest.mark.parametrize(
    ("file", "words", "behind", "line"),
    [
        ("mlgov.yaml", "metric: latency_p95", 10, 74),
        ("mlgov.yaml", "proxy_for: retention_30d", 12, 72),
        ("mlgov.yaml", "dataset: test_2026, split", 10, 84),
        ("mlgov.yaml", "alerts: [ChurnFeatureTableStale]", 10, 220),
        ("mlgov.yaml", "baseline: rules_2024", 12, 126),
        ("MODEL_CARD.md", "| 0.93", 3, 69),
        ("reports/metrics.json", "0.625", 1, 70),
        ("alerts.yaml", "histogram_quantile", 3, 74),
        ("alerts.yaml", "ChurnSlow", 3, 0),
    ],
)
def test_definition_leads_from_every_artifact_to_the_manifest(
    editor: Editor, churn: Path, file: str, words: str, behind: int, line: int
) -> None:
    found = editor.places(DEFINITION, *at(churn / file, words, behind))
    place = f"mlgov.yaml:{line}" if line else "alerts.yaml:4"  # an alert is defined where it stands
    assert [where.rpartition(":")[0] for where in found] == [place]


def test_references_of_a_metric_lie_in_all_artifacts(editor: Editor, churn: Path) -> None:
    where = at(churn / "mlgov.yaml", "{id: roc_auc", 6)
    found = editor.places(REFERENCES, *where)
    assert {place.partition(":")[0] for place in found} == {"mlgov.yaml", "MODEL_CARD.md", "metrics.json"}
    assert "mlgov.yaml:69:8" not in found
    assert "mlgov.yaml:69:8" in editor.places(REFERENCES, *where, declaration=True)
    latency = editor.places(REFERENCES, *at(churn / "mlgov.yaml", "{id: latency_p95", 6))
    assert "alerts.yaml:4:5" in latency, "the alert asks for a series of the metric"
    assert any(place.startswith("mlgov.yaml:216:") for place in latency)


def proposed(editor: Editor, file: Path, old: str, new: str) -> dict[str, types.CompletionItem]:
    """What is proposed where `|` stands in a text that was typed."""
    text = file.read_text()
    assert old in text
    text = text.replace(old, new, 1)
    found = text.index("|||")
    text = text.replace("|||", "", 1)
    where = uri(file)
    if where not in editor.versions:
        editor.open(file)
    editor.change(where, text)
    return editor.proposals(where, text.count("\n", 0, found), found - text.rfind("\n", 0, found) - 1)


@pytest.mark.parametrize(
    ("old", "new", "labels", "others"),
    [
        ("proxy_for: retention_30d", "proxy_for: |||", {"retention_30d", "recall"}, {"id", "train_2026"}),
        ("proxy_for: retention_30d", "proxy_for: ret|||", {"retention_30d"}, {"id"}),
        ("dataset: test_2026", "dataset: |||", {"train_2026", "test_2026"}, {"recall"}),
        ("serves: [keep_customers]", "serves: [|||", {"keep_customers"}, {"recall"}),
        ("alerts: [ChurnFeatureTableStale]", "alerts: [|||]", {"ChurnFeatureTableStale", "ChurnSlow"}, set()),
        ("  risk_tier: medium", "  risk|||", {"risk_tier", "links"}, {"stage", "name"}),
        ("risk_tier: medium", "risk_tier: |||", {"low", "medium", "high"}, set()),
        ("metrics:\n", "metrics:\n- |||\n", {"id", "role", "acceptable"}, {"task"}),
        ("role: primary", "role: |||", {"primary", "guardrail"}, set()),
        ("\nrisks:", "\nri|||:", {"risks"}, {"metrics", "project"}),
    ],
)
def test_ids_keys_and_words_are_proposed_while_typing(
    editor: Editor, churn: Path, old: str, new: str, labels: set[str], others: set[str]
) -> None:
    found = proposed(editor, churn / "mlgov.yaml", old, new)
    assert labels <= found.keys()
    assert not others & found.keys()
    editor.close(uri(churn / "mlgov.yaml"))


def test_a_proposal_replaces_what_was_begun(editor: Editor, churn: Path) -> None:
    file = churn / "mlgov.yaml"
    item = proposed(editor, file, "  risk_tier: medium", "  risk|||")["risk_tier"]
    assert isinstance(item.text_edit, types.TextEdit)
    text = file.read_text().replace("  risk_tier: medium", "  risk", 1)
    assert "  risk_tier: \n" in applied(text, [item.text_edit])
    assert item.documentation
    assert not proposed(editor, churn / "reports/metrics.json", '"recall"', '"|||"')
    editor.close(uri(file))


@pytest.fixture
def folder(editor: Editor, tmp_path: Path) -> Iterator[Path]:
    settings = 'select = ["EVA203", "EVA204", "CHG508"]\n'
    repository = Repository(tmp_path, **{".mlgov.toml": settings})
    editor.open_folder(repository.folder)
    yield repository.folder
    editor.close_folder(repository.folder)


@pytest.mark.parametrize("before", [None, "# ours\r\n- {rule: EVA204, subject: churn, reason: 이유 😀, owner: '@eva', expires: 2026-12-01}\r\n"])  # fmt: skip
def test_a_waiver_is_written_as_mlgov_waive_writes_it_and_holds_with_a_reason(
    editor: Editor, folder: Path, before: str | None
) -> None:
    file = folder / ".mlgov/waivers.yaml"
    (folder / "CODEOWNERS").write_text("* @ada\n")
    if before:
        file.parent.mkdir()
        file.write_bytes(before.encode())
    where = uri(folder / "mlgov.yaml")
    finding = next(d for d in editor.settled(where)[where] if "recall" in d.message)
    (action,) = [a for a in editor.actions(where, finding, "quickfix") if "waive" in a.title]
    assert action.edit is not None
    *made, change = action.edit.document_changes or ()
    assert [type(part) for part in made] == ([] if before else [types.CreateFile])
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.uri == uri(file)
    text = applied(before or "", [e for e in change.edits if isinstance(e, types.TextEdit)])
    assert text.startswith(before or "# Accepted findings")
    assert "reason: ..." in text
    assert '"@ada"' in text
    assert action.command is not None
    line, start, _, end = (action.command.arguments or ())[1]
    assert text.split("\n")[line][start:end] == "..."
    opened = editor.open(file, text)
    found = editor.settled(where)
    assert len(found[where]) == 2, "without a reason it does not hold"
    assert any("lacks reason" in d.message for d in found[opened])
    editor.change(opened, text.replace("reason: ...", "reason: new labels"))
    assert RECALL in text
    assert len(editor.settled(where)[where]) == 1


def test_an_unused_waiver_is_shown_as_unnecessary(editor: Editor, folder: Path) -> None:
    file = folder / ".mlgov/waivers.yaml"
    file.parent.mkdir()
    file.write_text("- {rule: EVA204, subject: churn, reason: x, owner: ada, expires: 2026-12-01}\n")
    (waiver,) = editor.settled(folder / "mlgov.yaml")[uri(file)]
    assert waiver.code == "CHG508"
    assert list(waiver.tags or ()) == [types.DiagnosticTag.Unnecessary]


def test_what_cannot_be_waived_has_no_such_action(editor: Editor, folder: Path) -> None:
    file = folder / "mlgov.yaml"
    file.write_text(MANIFEST.replace("metrics:", "metrics: [", 1))
    (broken,) = editor.settled(file)[uri(file)]
    assert broken.code == "INT002"
    assert editor.actions(uri(file), broken) == []


def test_a_repair_of_a_rule_is_a_quick_fix_on_what_is_shown(editor: Editor, folder: Path) -> None:
    (folder / "reports").mkdir()
    (folder / "reports/metrics.json").write_text('{"recall": 0.84}')
    card = folder / "MODEL_CARD.md"
    text = "# Model card 😀\r\n\r\n| metric | value |\r\n|---|---|\r\n| Recall 😀 | 0.93 |\r\n"
    card.write_bytes(text.encode())
    where = editor.open(card, text.replace("# Model", "# \r\n# The model"))
    (finding,) = [d for d in editor.settled(where)[where] if d.code == "EVA204"]
    repair = editor.actions(where, finding, "quickfix")[0]
    assert "0.84" in repair.title
    assert repair.diagnostics == (finding,)
    (change,) = (repair.edit and repair.edit.document_changes) or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 1
    new = applied(
        text.replace("# Model", "# \r\n# The model"), [e for e in change.edits if isinstance(e, types.TextEdit)]
    )
    assert new == text.replace("# Model", "# \r\n# The model").replace("0.93", "0.84")
    editor.change(where, new)
    assert "EVA204" not in codes(editor.settled(where).get(where, []))
