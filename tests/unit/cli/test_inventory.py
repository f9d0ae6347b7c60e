"""`mlgov inventory` says of every file what became of it, and of every project what is stated about it."""

import json
from pathlib import Path

from mlgov.lifecycle.manifest import SECTIONS

from .conftest import Run

MANIFEST = "apiVersion: mlgov/v1\nproject: {id: churn}\nproblem: {business_goal: keep customers}\n"


def test_files_and_projects_are_told_in_words(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").write_text(MANIFEST)
    (folder / "main.py").write_text("print()\n")
    answer = run("inventory")
    assert answer.code == 0
    assert (
        "churn: stage ideation, folder .\n  2 of 18 sections: project, problem\n  mlgov.yaml  mlgov mlgov/v1\n"
        in answer.out
    )
    assert "unclaimed: 1 file\n  1 file: no format has files of this name (--all names them)\n" in answer.out
    assert "  main.py: no format has files of this name\n" in run("inventory", "--all").out
    assert answer.out.endswith("1 claimed, 1 unclaimed\n")


def test_json_is_stable(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").write_text(MANIFEST)
    (folder / "governance").mkdir()
    (folder / "governance" / "broken.yaml").write_text("a: [\n")
    data = json.loads(run("inventory", "--output", "json").out)
    assert list(data) == ["version", "summary", "projects", "files"]
    assert data["version"] == 1
    assert list(data["summary"]) == ["claimed", "templated", "unreadable", "pointer", "unclaimed"]
    assert data["summary"]["claimed"] == data["summary"]["unreadable"] == 1
    files = {f["path"]: f for f in data["files"]}
    assert files["mlgov.yaml"] == {
        "path": "mlgov.yaml", "state": "claimed", "format": "mlgov", "version": "mlgov/v1", "reason": "",
        "projects": ["churn"],
    }  # fmt: skip
    assert files["governance/broken.yaml"]["state"] == "unreadable"
    (project,) = data["projects"]
    assert list(project) == ["id", "folder", "stage", "has_manifest", "sections"]
    assert [s for s, has in project["sections"].items() if has] == ["project", "problem"]
    assert list(project["sections"]) == list(SECTIONS)


def test_an_empty_folder_is_said_to_be_empty(run: Run, folder: Path) -> None:
    answer = run("inventory")
    assert (answer.code, answer.out) == (0, "no files\n")


def test_a_missing_folder_is_an_error(run: Run, folder: Path) -> None:
    answer = run("inventory", "nowhere")
    assert (answer.code, answer.err) == (2, "mlgov: nowhere does not exist\n")


def test_names_of_files_cannot_act(run: Run, folder: Path) -> None:
    (folder / "##[error]x\n::error::y").write_text("")
    out = run("inventory", "--all").out
    assert "##[" not in out
    assert "\n::" not in out
    assert "##[" not in run("inventory", "-o", "json").out
