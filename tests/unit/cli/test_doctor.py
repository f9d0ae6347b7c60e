"""`mlgov doctor` says what a run depends on, and its exit code says how bad it is."""

import json
import subprocess
from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture
def repository(folder: Path) -> Path:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / "mlgov.yaml").write_text("apiVersion: mlgov/v1\nproject: {id: churn}\n")
    return folder


def _signs(run: Run) -> dict[str, tuple[str, str]]:
    return {s["what"]: (s["state"], s["advice"]) for s in json.loads(run("doctor", "-o", "json").out)["signs"]}


def test_a_healthy_repository_is_fine(run: Run, repository: Path) -> None:
    answer = run("doctor")
    assert answer.code == 0, answer.out
    assert "defaults only: profile standard" in answer.out


def test_a_cache_that_is_off_is_a_warning(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLGOV_CACHE_DIR", "")
    assert run("doctor").code == 1
    assert _signs(run)["cache"][0] == "warn"


def test_a_folder_without_git_is_a_warning(run: Run, folder: Path) -> None:
    (folder / "mlgov.yaml").write_text("apiVersion: mlgov/v1\nproject: {id: churn}\n")
    assert run("doctor").code == 1


@pytest.mark.parametrize(
    ("file", "text", "what"),
    [(".mlgov.toml", 'profile = "hihg"\n', "settings"), ("metrics.json", "{", "files"), (".mlgov.toml", "plugins = ['acme']\n", "settings")],
)  # fmt: skip
def test_what_keeps_a_run_from_deciding_is_a_failure(
    run: Run, repository: Path, file: str, text: str, what: str
) -> None:
    (repository / file).write_text(text)
    assert run("doctor").code == 2
    assert _signs(run)[what][0] == "fail"
    assert run("check").code == 2


def test_many_files_that_cannot_be_read_are_counted(run: Run, repository: Path) -> None:
    for number in range(12):
        (repository / str(number)).mkdir()
        (repository / str(number) / "metrics.json").write_text("{")
    assert "7 more cannot be read" in run("doctor").out


def test_the_version_names_the_parsers(run: Run) -> None:
    out = run("--version").out
    assert out.startswith("mlgov 0.1.0 (python 3.")
    assert "yaml libyaml" in out or "yaml pure" in out


def test_a_path_that_is_misspelt_is_answered_with_the_nearest(run: Run, repository: Path) -> None:
    assert "mlgov.yml does not exist; did you mean mlgov.yaml?" in run("check", "mlgov.yml").err
