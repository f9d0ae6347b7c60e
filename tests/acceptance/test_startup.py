"""Starting costs no more than importing click: everything heavy is imported where it is used."""

import os
import subprocess
import sys

import pytest

HEAVY = {"git", "great_expectations", "jinja2", "markdown_it", "numpy", "pandas", "pydantic", "rich", "ruamel", "yaml"}
DATA = {"duckdb", "great_expectations", "numpy", "pandas", "pyarrow", "pyspark", "sklearn"}


def imported(program: str, folder: os.PathLike[str]) -> set[str]:
    """The top-level packages that a fresh interpreter imports while it runs `program` in `folder`."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    lines = (line for line in run.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_the_command_line_starts_without_anything_heavy(tmp_path: os.PathLike[str]) -> None:
    packages = imported("import mlgov.cli", tmp_path)
    assert "click" in packages
    assert packages & HEAVY == set()


# `--version` names the YAML parser that is really in use, and only importing it proves that it works.
@pytest.mark.parametrize(("option", "allowed"), [("--version", {"ruamel"}), ("--help", set())])
def test_a_trivial_question_stays_cheap(option: str, allowed: set[str], tmp_path: os.PathLike[str]) -> None:
    program = f"""
import sys
from mlgov.cli import main

sys.argv = ["mlgov", {option!r}]
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
"""
    assert imported(program, tmp_path) & HEAVY <= allowed


@pytest.mark.parametrize("answer", ["computed", "remembered"])
def test_a_plain_check_loads_nothing_that_reads_data(answer: str, tmp_path: os.PathLike[str]) -> None:
    with open(os.path.join(tmp_path, "mlgov.yaml"), "w", encoding="utf-8") as file:
        file.write("apiVersion: mlgov/v1\nproject: {id: x}\ndata: {datasets: [{id: d, location: d.csv}]}\n")
    program = "import sys; from mlgov.cli import main; sys.argv = ['mlgov', 'check', '--fail-on', 'never']; main()"
    for _ in range(1 if answer == "computed" else 2):
        packages = imported(program, tmp_path)
    assert packages & DATA == set()
