"""What is shipped is complete: the wheel holds everything and works far away from this repository."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from .editor import Editor, codes, uri

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source distribution, and the wheel that was built from it alone."""
    folder = tmp_path_factory.mktemp("dist")
    run = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", folder, ROOT], cwd=folder, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def clean(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=True, symlinks=True)
    bin_folder = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [bin_folder / "python", "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    run = subprocess.run([*pip, "install", "--quiet", built[1]], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return bin_folder


def packaged() -> set[str]:
    """What the wheel must hold, by its path in the wheel: every file of both packages."""
    found = set()
    for base, package in ((ROOT, "mlgov"), (ROOT / "rules", "mlgov_rules")):
        files = (file for file in (base / package).rglob("*") if file.is_file() and file.suffix != ".pyc")
        found |= {file.relative_to(base).as_posix() for file in files}
    return found


def test_the_wheel_holds_every_file_of_both_packages_and_nothing_else(built: tuple[Path, Path]) -> None:
    names = {name for name in zipfile.ZipFile(built[1]).namelist() if ".dist-info/" not in name}
    assert {"mlgov/py.typed", "mlgov_rules/py.typed", "mlgov_rules/data/__init__.py"} <= names
    assert names == packaged()


def test_the_wheel_carries_licence_and_entry_points(built: tuple[Path, Path]) -> None:
    wheel = zipfile.ZipFile(built[1])
    (entry_points,) = (name for name in wheel.namelist() if name.endswith(".dist-info/entry_points.txt"))
    text = wheel.read(entry_points).decode()
    assert "mlgov = mlgov.cli:main" in text
    assert "[mlgov.rules]\nbuiltin = mlgov_rules" in text
    assert "[mlgov.formats]\nbuiltin = mlgov.formats" in text
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel.namelist())


def test_the_source_distribution_carries_rules_and_tests(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"LICENSE", "pyproject.toml", "rules/mlgov_rules/__init__.py", "tests/conftest.py"} <= names
    assert not [name for name in names if name.startswith((".venv", "dist", ".git/"))]


def test_the_installed_wheel_works_in_another_folder(clean: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run([clean / "mlgov", "--version"], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("mlgov ")


@pytest.mark.parametrize(("example", "code"), [("churn", 0), ("churn-broken", 1)])
def test_the_installed_wheel_judges_the_examples(clean: Path, tmp_path: Path, example: str, code: int) -> None:
    folder = ROOT / "examples" / example
    command = [clean / "mlgov", "check", folder, "-o", "text", "-o", "html=report.html"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == code, run.stdout + run.stderr
    assert "Traceback" not in run.stderr, "an uncaught exception ends with 1, too"
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_installed_wheel_serves_an_editor_once_the_extra_is_there(
    built: tuple[Path, Path], clean: Path, tmp_path: Path
) -> None:
    alone = subprocess.run([clean / "mlgov", "server"], input="", capture_output=True, text=True)
    assert alone.returncode == 2
    assert "pip install 'mlgov[server]'" in alone.stderr
    wheel = zipfile.ZipFile(built[1])
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    lines = wheel.read(metadata).decode().splitlines()
    extra = [line.partition(": ")[2].partition(";")[0].strip() for line in lines if "extra == 'server'" in line]
    pip = [clean / "python", "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    run = subprocess.run([*pip, "--target", tmp_path / "extra", *extra], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    folder = shutil.copytree(ROOT / "examples" / "churn-broken", tmp_path / "repository")
    editor = Editor(("env", f"PYTHONPATH={tmp_path / 'extra'}", clean / "mlgov", "server", "--stdio"))
    editor.begin(folder)
    assert codes(editor.settled(folder / "mlgov.yaml")[uri(folder / "MODEL_CARD.md")]) == ["EVA204"]
    assert editor.end() == 0
