"""`mlgov schema` and `mlgov completion` print what other programs read."""

import json
import os
import subprocess
import sys

import jsonschema
import pytest

from mlgov.lifecycle.manifest import json_schema

from .conftest import Run


def test_schemas_are_printed(run: Run) -> None:
    assert json.loads(run("schema").out) == json_schema()
    report = json.loads(run("schema", "report").out)
    jsonschema.Draft202012Validator.check_schema(report)
    assert report["title"] == "mlgov report"


def test_an_unknown_schema_is_a_usage_error(run: Run) -> None:
    answer = run("schema", "raport")
    assert answer.code == 2
    assert "did you mean 'report'?" in answer.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_ask_mlgov_itself(run: Run, shell: str) -> None:
    answer = run("completion", shell)
    assert answer.code == 0
    assert "_MLGOV_COMPLETE" in answer.out


def test_an_unknown_shell_is_a_usage_error(run: Run) -> None:
    assert "did you mean 'fish'?" in run("completion", "fsh").err


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mlgov exp", "explain"),
        ("mlgov explain EVA20", "EVA203"),
        ("mlgov explain target-n", "target-not-met"),
        ("mlgov check --select int00", "INT001"),
        ("mlgov check --col", "--color"),
    ],
)
def test_commands_options_and_rules_are_completed(words: str, found: str) -> None:
    environment = os.environ | {
        "_MLGOV_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")),
    }  # fmt: skip
    program = "import sys; sys.argv = ['mlgov']; from mlgov.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert f"plain,{found}" in done.stdout.splitlines(), done
