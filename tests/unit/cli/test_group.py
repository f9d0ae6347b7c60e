"""The command line as a whole: help, misspelt words, crashes, interrupts."""

import pytest

from mlgov.cli import COMMANDS

from .conftest import Run


def test_help_lists_every_command(run: Run) -> None:
    out = run("--help").out
    assert all(f"  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Run, name: str) -> None:
    answer = run(name, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"Usage: mlgov {name} ")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["chekc"], "'check'"),
        (["check", "--selct", "EVA"], "'--select'"),
        (["check", "-o", "txet"], "'text'"),
        (["check", "--color", "alway"], "'always'"),
        (["inventory", "--al"], "--all"),
    ],
)
def test_misspelt_words_get_the_right_one(run: Run, arguments: list[str], hint: str) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert "did you mean" in answer.err.lower()
    assert hint in answer.err


def test_a_crash_is_neither_a_pass_nor_a_finding(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("a\n::error::b")

    monkeypatch.setattr("mlgov.cli.laws.every_law", crash)
    answer = run("rules")
    assert answer.code == 2
    assert "internal error" in answer.err
    assert "defect of mlgov" in answer.err
    assert "\n::" not in answer.err


def test_an_interrupt_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mlgov.cli.laws.every_law", stop)
    assert run("rules").code == 130
