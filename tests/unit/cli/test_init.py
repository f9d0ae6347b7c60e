"""`mlgov init` writes a manifest that mlgov itself accepts, and never overwrites one."""

import json
import os
from pathlib import Path

import pytest

from .conftest import Run

OWN = ("INT002", "INT003", "INT004", "INT005", "INT006", "INT011", "INT012")


def own_findings(run: Run, *paths: Path) -> list[str]:
    """The findings about the text of manifests."""
    report = json.loads(run("check", "--no-cache", "-o", "json", *paths).out)
    return [f["message"] for f in report["findings"] if f["code"] in OWN]


def test_an_empty_folder_gets_a_manifest_that_is_accepted(run: Run, folder: Path) -> None:
    answer = run("init")
    assert answer.code == 0
    assert answer.out.startswith("wrote ")
    text = (folder / "mlgov.yaml").read_text()
    assert "apiVersion: mlgov/v1\n" in text
    assert "\nproject:\n  id: churn\n" in text
    assert own_findings(run) == []


def test_a_dry_run_prints_the_same_and_writes_nothing(run: Run, folder: Path) -> None:
    shown = run("init", "--dry-run").out
    assert not (folder / "mlgov.yaml").exists()
    run("init")
    assert (folder / "mlgov.yaml").read_text() == shown


def test_what_files_prove_is_named_and_not_repeated(run: Run, folder: Path) -> None:
    (folder / "metrics.json").write_text('{"roc_auc": 0.910, "recall": 0.6}\n')
    run("init")
    text = (folder / "mlgov.yaml").read_text()
    assert "metrics.json" in text
    assert "0.910" not in "".join(line for line in text.splitlines() if not line.startswith("#"))
    assert own_findings(run) == []
    after = json.loads(run("inventory", "-o", "json").out)
    assert [p["id"] for p in after["projects"]] == ["churn"]
    assert all(f["projects"] == ["churn"] for f in after["files"])


@pytest.mark.parametrize("name", ["mlgov.yaml", "mlgov.yml"])
def test_nothing_is_overwritten(run: Run, folder: Path, name: str) -> None:
    (folder / name).write_text("mine\n")
    for arguments in ((), ("--dry-run",)):
        answer = run("init", *arguments)
        assert answer.code == 2
        assert f"{name} exists" in answer.err
    assert (folder / name).read_text() == "mine\n"
    assert os.listdir(folder) == [name]


def test_a_link_to_nowhere_is_not_followed(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").symlink_to(folder / "elsewhere")
    assert run("init").code == 2
    assert not (folder / "elsewhere").exists()


def test_section_files_are_a_manifest_too(run: Run, folder: Path) -> None:
    (folder / "governance").mkdir()
    (folder / "governance" / "project.yaml").write_text("apiVersion: mlgov/v1\nproject: {id: churn}\n")
    answer = run("init")
    assert answer.code == 2
    assert "governance/project.yaml already describes this project" in answer.err


def test_a_folder_inside_a_repository_is_named(run: Run, folder: Path) -> None:
    import subprocess

    subprocess.run(["git", "init", "-q"], check=True)
    (folder / "models" / "한글 fraud-2").mkdir(parents=True)
    answer = run("init", Path("models") / "한글 fraud-2")
    assert answer.code == 0, answer.err
    assert "\n  id: fraud_2\n" in (folder / "models" / "한글 fraud-2" / "mlgov.yaml").read_text()
    assert own_findings(run) == []


@pytest.mark.parametrize(("target", "words"), [("nowhere", "does not exist"), ("file", "is not a folder")])
def test_a_wrong_folder_is_an_error(run: Run, folder: Path, target: str, words: str) -> None:
    (folder / "file").write_text("")
    answer = run("init", target)
    assert answer.code == 2
    assert words in answer.err


def test_a_folder_that_cannot_be_written_is_an_error(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("mlgov.cli.init.open", refuse, raising=False)
    answer = run("init")
    assert answer.code == 2
    assert "cannot be written: Permission denied" in answer.err
