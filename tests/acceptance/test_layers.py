"""The floors of the house hold, and each contract really breaks when somebody breaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the contracts of this repository over the packages in `folder`."""
    return subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{folder / 'rules'}", "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the packages and their contracts, to be damaged."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "mlgov", tmp_path / "mlgov", ignore=ignore)
    shutil.copytree(ROOT / "rules", tmp_path / "rules", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept() -> None:
    run = lint(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_folder_of_modules_escapes_the_contracts() -> None:
    modules = [*(ROOT / "mlgov").rglob("*.py"), *(ROOT / "rules" / "mlgov_rules").rglob("*.py")]
    folders = {module.parent for module in modules}
    assert [str(folder.relative_to(ROOT)) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize(
    ("contract", "file", "planted"),
    [
        ("floors", "mlgov/finding.py", "import mlgov.lifecycle"),
        ("floors", "mlgov/attic.py", "'''A module that stands on no floor.'''"),
        ("stranger", "mlgov/errors.py", "import mlgov_rules"),
        ("door", "rules/mlgov_rules/data/planted.py", "import mlgov.finding"),
        ("families", "rules/mlgov_rules/data/planted.py", "import mlgov_rules.team"),
        ("terminal", "mlgov/finding.py", "def later():\n    import click"),
        ("history", "mlgov/finding.py", "def later():\n    import git"),
        ("verification", "mlgov/finding.py", "def later():\n    import great_expectations"),
    ],
)
def test_a_planted_import_breaks_its_contract(house: Path, contract: str, file: str, planted: str) -> None:
    with (house / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{planted}\n")
    run = lint(house, "--contract", contract)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "1 broken" in run.stdout
