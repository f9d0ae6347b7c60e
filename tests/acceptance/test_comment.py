"""The second action keeps one comment on a pull request, from a report that may be a stranger's; `gh` is played here."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .runner import Expressions, Outcome, Runner

ROOT = Path(__file__).resolve().parents[2]
COMMIT = "c" * 40
BIN = Path(sys.executable).parent
pytestmark = [pytest.mark.needs("npm"), pytest.mark.needs("jq")]

# answers as the API would, through the real jq where gh would use its own
GH = """\
#!/usr/bin/env python3
import json, os, subprocess, sys
arguments = sys.argv[1:]
with open(os.environ["GH_LOG"], "a") as log:
    bodies = [open(a[6:]).read() for a in arguments if a.startswith("body=@")]
    log.write(json.dumps({"arguments": arguments, "bodies": bodies}) + "\\n")
path = next(a for a in arguments if a.startswith("repos/"))
answers = json.load(open(os.environ["GH_ANSWERS"]))
if "--jq" in arguments:
    query = arguments[arguments.index("--jq") + 1]
    sys.exit(subprocess.run(["jq", "-r", query], input=json.dumps(answers.get(path, [])), text=True).returncode)
"""


class Forge:
    """A pull request from a fork, with some comments, and what was asked of it."""

    def __init__(self, folder: Path, expressions: Expressions) -> None:
        self.folder = folder
        self.programs, self.temporary = folder / "bin", folder / "temporary"
        for made in (self.programs, self.temporary / "mlgov-artifact", folder / "workspace"):
            made.mkdir(parents=True)
        (self.programs / "gh").write_text(GH, encoding="utf-8")
        (self.programs / "gh").chmod(0o755)
        self.report = self.temporary / "mlgov-artifact" / "mlgov-report.json"
        self.pulls: list[dict[str, Any]] = [{"number": 7, "head": {"sha": COMMIT}}]
        self.comments: list[dict[str, Any]] = []
        self.expressions = expressions

    def check(self, example: str) -> None:
        """Write the report of an example."""
        self.report.write_text(report(example), encoding="utf-8")

    def run(self) -> Outcome:
        """Start the action as the event of a finished run would."""
        head = {"full_name": "stranger/models", "owner": {"login": "stranger"}}
        event = {"id": 1, "head_sha": COMMIT, "head_branch": "fix", "head_repository": head}
        answers = {"repos/team/models/pulls": self.pulls, "repos/team/models/issues/7/comments": self.comments}
        (self.folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
        (self.folder / "log.jsonl").write_text("", encoding="utf-8")
        environment = {
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            "GH_LOG": str(self.folder / "log.jsonl"),
            "GH_ANSWERS": str(self.folder / "answers.json"),
        }
        stubs = {"install": {"bin": str(BIN)}, "python": {"python-path": sys.executable}}
        github = {"event": {"workflow_run": event}}
        workspace = self.folder / "workspace"
        return Runner(ROOT / "comment", workspace, self.temporary, self.expressions, stubs, github, environment).run()

    def written(self) -> list[tuple[str, str, str]]:
        """Method, path and text of every comment that was written."""
        calls = map(json.loads, (self.folder / "log.jsonl").read_text(encoding="utf-8").splitlines())
        return [
            (c["arguments"][c["arguments"].index("--method") + 1], c["arguments"][4], c["bodies"][0])
            for c in calls
            if c["bodies"]
        ]


@cache
def report(example: str) -> str:
    """The JSON report on an example."""
    command = [sys.executable, "-m", "mlgov", "check", f"examples/{example}", "-o", "json"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8").stdout


@pytest.fixture
def forge(tmp_path: Path, expressions: Expressions) -> Forge:
    return Forge(tmp_path, expressions)


def by(author: str, number: int = 1, body: str = "<!-- mlgov -->\nold") -> dict[str, Any]:
    """A comment as the API tells it."""
    return {"id": number, "user": {"login": author}, "body": body}


def test_the_first_comment_says_what_was_found(forge: Forge) -> None:
    forge.check("churn-broken")
    outcome = forge.run()
    assert outcome.success, outcome.log
    assert outcome.outputs == {"pull-request": "7", "outcome": "created"}
    ((method, path, body),) = forge.written()
    assert (method, path) == ("POST", "repos/team/models/issues/7/comments")
    assert body.startswith("<!-- mlgov -->\n### mlgov found defects")
    assert f"https://github.com/stranger/models/blob/{COMMIT}/examples/churn-broken/MODEL_CARD.md#L17" in body
    assert len(body) < 65_536


def test_a_later_run_changes_the_same_comment(forge: Forge) -> None:
    forge.check("churn")
    forge.comments = [by("someone", 3), by("github-actions[bot]", 4, "hello"), by("github-actions[bot]", 5)]
    outcome = forge.run()
    assert outcome.outputs["outcome"] == "updated", outcome.log
    ((method, path, body),) = forge.written()
    assert (method, path) == ("PATCH", "repos/team/models/issues/comments/5")
    assert "### mlgov passed" in body


def test_the_comment_of_somebody_else_is_never_changed(forge: Forge) -> None:
    forge.check("churn-broken")
    forge.comments = [by("stranger", 3)]
    assert forge.run().outputs["outcome"] == "created"


def test_a_clean_run_without_a_comment_says_nothing(forge: Forge) -> None:
    forge.check("churn")
    assert forge.run().outputs["outcome"] == "none"
    assert forge.written() == []


@pytest.mark.parametrize("pulls", [[], [{"number": 7, "head": {"sha": "d" * 40}}]])
def test_a_run_of_an_older_commit_says_nothing(forge: Forge, pulls: list[dict[str, Any]]) -> None:
    forge.check("churn-broken")
    forge.pulls = pulls
    outcome = forge.run()
    assert outcome.success
    assert outcome.outputs == {"pull-request": "", "outcome": "none"}
    assert forge.written() == []


def test_a_run_without_a_report_says_nothing(forge: Forge) -> None:
    assert forge.run().outputs["outcome"] == "none"


@pytest.mark.parametrize("report", ["not json", "{}", '{"version": 1, "findings": "::error::x"}'])
def test_a_report_that_is_none_fails_and_writes_nothing(forge: Forge, report: str) -> None:
    forge.report.write_text(report, encoding="utf-8")
    assert not forge.run().success
    assert forge.written() == []


def test_a_link_in_the_place_of_the_report_is_not_followed(forge: Forge) -> None:
    forge.report.symlink_to("/etc/passwd")
    assert forge.run().outputs["outcome"] == "none"


def test_a_report_of_a_stranger_can_mention_nobody_and_link_nowhere(forge: Forge) -> None:
    forge.check("churn-broken")
    data = json.loads(forge.report.read_text(encoding="utf-8"))
    lure = "@team/everyone [click](https://evil.example) https://evil.example <img src=x> fixes #1 ::error::x"
    data["findings"][0] |= {"message": lure, "remedy": lure, "subject": lure}
    data["findings"][0]["places"][0]["file"] = lure
    data["laws"] = [law | {"page": "https://evil.example", "title": lure} for law in data["laws"]]
    data["completeness"]["notes"] = [lure]
    forge.report.write_text(json.dumps(data), encoding="utf-8")
    outcome = forge.run()
    assert outcome.success, outcome.log
    ((_, _, body),) = forge.written()
    assert "::error" not in outcome.log
    for harm in ("@team", "](https://evil", "<img", "https://evil", "#1"):
        assert harm not in body


def test_modules_beside_the_run_are_never_imported(forge: Forge) -> None:
    forge.check("churn-broken")
    for folder in (forge.folder / "workspace", forge.temporary / "mlgov-artifact"):
        for name in ("json", "click", "mlgov", "sitecustomize"):
            (folder / f"{name}.py").write_text("open('pwned', 'w').close()\n", encoding="utf-8")
    assert forge.run().outputs["outcome"] == "created"
    assert list(forge.folder.rglob("pwned")) == []
    shutil.rmtree(forge.temporary)
