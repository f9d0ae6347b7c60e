"""`mlgov fix`, `mlgov todo` and `mlgov check --fix`: what they say and how they end."""

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from .conftest import Run

MANIFEST = """\
apiVersion: mlgov/v1
project: {id: churn, Stage: ideation}
evaluation:
  results: [{metric: recall, value: 0.93, split: test, source: {file: metrics.json, pointer: /recall}}]
"""


@pytest.fixture
def repository(folder: Path) -> Path:
    (folder / "mlgov.yaml").write_text(MANIFEST)
    (folder / "metrics.json").write_text('{"recall": 0.8712}')
    (folder / "CODEOWNERS").write_text("* @ada\n")
    return folder


def test_a_diff_is_printed_and_nothing_written(run: Run, repository: Path) -> None:
    answer = run("fix", "--diff")
    assert answer.code == 1
    assert "-project: {id: churn, Stage: ideation}\n+project: {id: churn, stage: ideation}\n" in answer.out
    assert (repository / "mlgov.yaml").read_text() == MANIFEST


def test_safe_fixes_are_written_and_unsafe_ones_announced(run: Run, repository: Path) -> None:
    answer = run("fix", "--select", "INT,EVA204")
    assert "INT003 write 'stage'" in answer.out
    assert "1 more with --unsafe-fixes" in answer.out
    assert (repository / "mlgov.yaml").read_text() == MANIFEST.replace("Stage", "stage")
    assert run("fix", "--select", "INT,EVA204", "--unsafe-fixes").code == 0
    assert "value: 0.87," in (repository / "mlgov.yaml").read_text()
    assert "Fixed 0 findings in 0 files" in run("fix", "--unsafe-fixes").out


def test_another_tree_than_the_one_on_disk_is_refused(run: Run, repository: Path) -> None:
    for words in (("fix",), ("check", "--fix"), ("check", "--watch")):
        answer = run(*words, "--scope", "staged")
        assert answer.code == 2
        assert "files on disk" in answer.err


def test_check_fixes_first_and_reports_what_is_left(run: Run, repository: Path) -> None:
    answer = run("check", "--fix", "--select", "INT,EVA204", "-o", "concise")
    assert answer.code == 1
    assert "INT003 write 'stage'" in answer.err
    assert "INT003" not in answer.out
    assert "EVA204" in answer.out


def test_todo_tells_fixes_from_errands(run: Run, repository: Path) -> None:
    answer = run("todo", "--select", "INT,EVA204,REQ001,EVA")
    assert answer.code == 1
    assert "1 fix that mlgov can make: mlgov fix\n  mlgov.yaml:2:29: INT003 write 'stage'" in answer.out
    assert "1 to look at first" in answer.out
    assert "(@ada)" in answer.out
    assert (repository / "mlgov.yaml").read_text() == MANIFEST


def test_todo_as_json_holds_findings_of_the_report(run: Run, repository: Path) -> None:
    data = json.loads(run("todo", "-o", "json", "--all").out)
    schema = json.loads(run("schema", "report").out)
    findings = [*data["fixes"], *data["settled"], *(f for e in data["errands"] for f in e["findings"])]
    finding = {"$ref": "#/$defs/finding", "$defs": schema["$defs"]}
    for found in findings:
        jsonschema.validate(found, finding)
    assert {f["fix"]["safe"] for f in data["fixes"]} == {True, False}
    assert all(e["owners"] == ["@ada"] for e in data["errands"] if e["place"]["file"] == "mlgov.yaml")


def test_nothing_to_do_is_said(run: Run, repository: Path) -> None:
    run("fix")
    answer = run("todo", "--select", "MON")
    assert answer.code == 0
    assert "Nothing to do." in answer.out


@pytest.mark.skipif(os.name == "nt", reason="a console interrupt cannot be sent to one process there")
def test_watch_checks_again_and_ends_on_an_interrupt(repository: Path) -> None:
    program = "from mlgov.cli import main; main()"
    words = ["check", "--watch", "--no-cache", "-o", "concise", "--select", "INT003"]
    with subprocess.Popen(
        [sys.executable, "-c", program, *words], cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert b"INT003" in process.stdout.readline()
        assert process.stderr is not None
        while b"watching" not in process.stderr.readline():
            pass
        (repository / "mlgov.yaml").write_text(MANIFEST.replace("Stage", "Stag"))
        assert select.select([process.stdout], [], [], 60)[0]
        assert b"'Stag'" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert b"Traceback" not in process.stderr.read()
