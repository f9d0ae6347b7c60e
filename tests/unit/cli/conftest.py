"""Runs commands as a shell would, in this process: arguments in, exit code and both streams out."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from mlgov.cli import main


class Answer(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["mlgov", *map(str, arguments)])
        monkeypatch.setattr("mlgov.cli._leave", sys.exit)  # which ends the process without asking anybody
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        return Answer(int(stopped.value.code or 0), said.out, said.err)

    return call


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder outside git, and the current one."""
    place = tmp_path / "churn"
    place.mkdir()
    monkeypatch.chdir(place)
    return place
