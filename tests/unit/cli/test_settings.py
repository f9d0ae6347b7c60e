"""`mlgov settings` shows every value with its origin, and refuses what is wrong."""

import json
from pathlib import Path

import pytest

from mlgov.policy.settings import DEFAULTS

from .conftest import Run


def test_defaults_are_said_to_be_defaults(run: Run, folder: Path) -> None:
    answer = run("settings")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert [line.split()[0] for line in lines] == list(DEFAULTS)
    assert all(line.endswith("# default") for line in lines)


def test_every_value_has_the_place_that_it_comes_from(run: Run, folder: Path) -> None:
    (folder / ".mlgov.toml").write_text('fail_on = "error"\nignore = ["EVA203"]\n')
    data = json.loads(run("settings", "--profile", "prototype", "-o", "json").out)
    assert data["version"] == 1
    settings = data["settings"]
    assert settings["fail_on"] == {"value": "error", "origin": ".mlgov.toml:1:1"}
    assert settings["ignore"] == {"value": ["EVA203"], "origin": ".mlgov.toml:2:1"}
    assert settings["profile"] == {"value": "prototype", "origin": "--profile"}
    assert settings["select"]["origin"] == "default"
    assert 'fail_on       = "error"' in run("settings").out


def test_a_file_name_as_a_hook_passes_it_is_taken(run: Run, folder: Path) -> None:
    (folder / ".mlgov.toml").write_text('fail_on = "error"\n')
    assert '"error"' in run("settings", ".mlgov.toml").out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('fail-onn = "error"', "did you mean 'fail_on'?"),
        ('fail_on = "eror"', "did you mean 'error'?"),
        ('select = ["target-not-mett"]', "did you mean 'target-not-met'?"),
        ('severity = {"target-not-mett" = "off"}', "did you mean 'target-not-met'?"),
        ("rules = {EVA203 = {nope = 1}}", "has no option 'nope'"),
        ('fail_on = "', ".mlgov.toml:1"),
        ('"a\\nb##[error]" = 1', "a"),
    ],
)
def test_wrong_settings_end_with_2_and_say_what_to_do(run: Run, folder: Path, text: str, words: str) -> None:
    (folder / ".mlgov.toml").write_text(text + "\n")
    answer = run("settings")
    assert answer.code == 2
    assert words in answer.err
    assert answer.err.startswith("mlgov: ")
    assert answer.err.count("\n") == 1
    assert "##[" not in answer.err
    assert answer.out == ""
