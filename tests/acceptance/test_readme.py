"""The README tells the truth: its output is what a run prints, and its snippets work as they stand."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlgov.policy.settings import settings_from

from .readme import README, ROOT, fences

MLGOV = (sys.executable, "-m", "mlgov")


def shown(command: str) -> str:
    """What a command prints, without colour and for 100 columns."""
    words = [*MLGOV, *command.split()[1:]]
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, env=environment).stdout


def test_the_output_is_what_a_run_prints() -> None:
    text = README.read_text(encoding="utf-8")
    found = re.search(r"<!-- output: (.*?) -->\n```text\n(.*?)```\n<!-- end -->", text, re.DOTALL)
    assert found, "the README shows no output"
    head, cut, tail = found[2].partition("[...]\n\n")
    real = shown(found[1])
    assert real.startswith(head)
    assert cut
    assert real.endswith(tail)


def test_the_settings_are_settings() -> None:
    (text,) = fences("toml")
    assert settings_from([(".mlgov.toml", text.encode())])["fail_on"] == "warning"


@pytest.mark.parametrize(
    "line", [line for block in fences("sh") for line in block.splitlines() if line.startswith("mlgov ")]
)
def test_the_commands_of_the_quick_start_run(line: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "churn", tmp_path, dirs_exist_ok=True)
    if line.startswith("mlgov init"):
        (tmp_path / "mlgov.yaml").unlink()
    done = subprocess.run(
        [*MLGOV, *line.partition("#")[0].split()[1:]], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout
