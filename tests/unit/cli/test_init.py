"""`mlgov init` writes a manifest that mlgov itself accepts, and never overwrites one."""

import json
import os
import subprocess
import sys
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
    assert os.listdir(folder) == []
    run("init")
    for name in ("mlgov.yaml", ".mlgov.toml"):
        assert f"==> {name} <==\n{(folder / name).read_text().rstrip()}\n" in shown


def test_what_files_prove_is_named_and_not_repeated(run: Run, folder: Path) -> None:
    (folder / "metrics.json").write_text('{"roc_auc": 0.910, "recall": 0.6}\n')
    run("init")
    text = (folder / "mlgov.yaml").read_text()
    assert "metrics.json" in text
    assert "0.910" not in "".join(line for line in text.splitlines() if not line.startswith("#"))
    assert own_findings(run) == []
    after = json.loads(run("inventory", "-o", "json").out)
    assert [p["id"] for p in after["projects"]] == ["churn"]
    assert all(f["projects"] == ["churn"] for f in after["files"] if f["path"] != ".mlgov.toml")


@pytest.mark.parametrize("name", ["mlgov.yaml", "mlgov.yml"])
def test_nothing_is_overwritten(run: Run, folder: Path, name: str) -> None:
    (folder / name).write_text("mine\n")
    (folder / ".mlgov.toml").write_text("# mine too\n")
    answer = run("init", "--no-ratchet")
    assert "wrote" not in answer.out
    assert (folder / name).read_text() == "mine\n"
    assert (folder / ".mlgov.toml").read_text() == "# mine too\n"
    assert sorted(os.listdir(folder)) == [".mlgov.toml", name]


def test_a_link_to_nowhere_is_not_followed(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").symlink_to(folder / "elsewhere")
    assert "wrote mlgov.yaml" not in run("init").out
    assert not (folder / "elsewhere").exists()


def test_section_files_are_a_manifest_too(run: Run, folder: Path) -> None:
    (folder / "governance").mkdir()
    (folder / "governance" / "project.yaml").write_text("apiVersion: mlgov/v1\nproject: {id: churn}\n")
    answer = run("init")
    assert answer.code == 0
    assert "kept mlgov.yaml: governance/project.yaml already describes this project" in answer.out
    assert not (folder / "mlgov.yaml").exists()


def test_a_folder_inside_a_repository_is_named(run: Run, folder: Path) -> None:
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


def _legacy(folder: Path) -> None:
    """A repository that lived without mlgov."""
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / ".github").mkdir()
    (folder / "metrics.json").write_text('{"roc_auc": 0.871}')
    (folder / "MODEL_CARD.md").write_text(
        "# Model card: churn\n\n### Results\n| Metric | Test |\n|---|---|\n| ROC AUC | 0.93 |\n"
    )


def test_a_repository_is_quiet_right_afterwards_and_a_second_run_does_nothing(run: Run, folder: Path) -> None:
    _legacy(folder)
    answer = run("init", "--yes")
    assert answer.code == 0, answer.err
    assert sorted(p.name for p in folder.rglob("*") if p.is_file() and ".git/" not in p.as_posix()) == [
        ".mlgov.toml", ".pre-commit-config.yaml", "MODEL_CARD.md", "metrics.json", "mlgov.yaml", "mlgov.yml", "ratchet.json",
    ]  # fmt: skip
    assert run("check").code == 0
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    again = run("init", "--yes")
    assert again.code == 0
    assert "wrote" not in again.out
    assert before == {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_will_be_found_is_told_where_nothing_is_kept(run: Run, folder: Path) -> None:
    _legacy(folder)
    answer = run("init", "--stage", "production", "--profile", "high-risk")
    told = answer.out.splitlines()[-1]
    assert told.startswith("mlgov check will find ")
    assert "mlgov init --ratchet" in told
    assert "\n  stage: production\n" in (folder / "mlgov.yaml").read_text()
    report = json.loads(run("check", "-o", "json").out)
    assert report["policy"]["profile"] == "high-risk"
    assert f"{report['summary']['error']} errors" in told
    assert run("init", "--ratchet").code == 0
    assert run("check").code == 0


def test_a_configuration_of_hooks_that_is_there_is_kept_and_the_line_told(run: Run, folder: Path) -> None:
    _legacy(folder)
    (folder / ".pre-commit-config.yaml").write_text("repos: []\n")
    answer = run("init", "--pre-commit")
    assert (folder / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert "add this to .pre-commit-config.yaml by hand:\n- repo: https://github.com/mlgov/mlgov" in answer.out


def test_hooks_and_workflow_are_those_of_the_readme(run: Run, folder: Path) -> None:
    _legacy(folder)
    run("init", "--yes")
    readme = (Path(__file__).parents[3] / "README.md").read_text()
    hooks = (folder / ".pre-commit-config.yaml").read_text().partition("repos:")[2]
    workflow = (folder / ".github" / "workflows" / "mlgov.yml").read_text()
    assert hooks in readme
    assert workflow in readme


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_is_asked(folder: Path) -> None:
    import pty

    _legacy(folder)
    parent, child = pty.openpty()
    program = "from mlgov.cli import main; main()"
    with subprocess.Popen([sys.executable, "-c", program, "init"], stdin=child, stdout=child, stderr=child) as process:
        os.close(child)
        said = ""
        for question, answer in (("stand", "validation"), ("pre-commit", "n"), ("GitHub", ""), ("ratchet", "y")):
            while question not in said:
                said += os.read(parent, 4096).decode()
            said = ""
            os.write(parent, f"{answer}\n".encode())
        assert process.wait(120) == 0
    os.close(parent)
    assert "\n  stage: validation\n" in (folder / "mlgov.yaml").read_text()
    assert not (folder / ".pre-commit-config.yaml").exists()
    assert (folder / ".github" / "workflows" / "mlgov.yml").exists()
    assert (folder / ".mlgov" / "ratchet.json").exists()
