"""A runner of composite actions: GitHub's own evaluator for expressions, bash for scripts, stubs for other actions."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_STATUS = re.compile(r"\b(success|failure|always|cancelled)\(")


class Expressions:
    """GitHub's evaluator, started once."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            ["node", "expressions.mjs"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def evaluate(self, expression: str, contexts: Mapping[str, Any], succeeded: bool) -> dict[str, Any]:
        """The value as text and as truth."""
        assert self._process.stdin
        assert self._process.stdout
        asked = {"expression": expression, "contexts": contexts, "succeeded": succeeded}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert "error" not in answer, f"{expression}: {answer}"
        return answer

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


@dataclass
class Outcome:
    """How a run of an action ended. used: what the steps of other actions were given."""

    success: bool = True
    log: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    steps: dict[str, dict[str, str]] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Runner:
    """Runs the steps of an action in a workspace. stubs: outputs of the steps that are not run, by id or name."""

    folder: Path
    workspace: Path
    temporary: Path
    expressions: Expressions
    stubs: Mapping[str, Mapping[str, str]]
    github: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.action: dict[str, Any] = YAML(typ="safe").load(self.folder / "action.yml")

    def run(self, **given: str) -> Outcome:
        """Run all steps with these inputs (`fail_on` for `fail-on`) and everything else at its default."""
        known = self.action["inputs"]
        inputs = {name.replace("_", "-"): value for name, value in given.items()}
        assert set(inputs) <= set(known)
        outcome = Outcome()
        for name, entry in known.items():
            inputs.setdefault(name, self._filled(entry.get("default", ""), {}, outcome))
        for step in self.action["runs"]["steps"]:
            if self._is_wanted(step, inputs, outcome):
                done = self._step(step, inputs, outcome)
                outcome.success &= done or bool(step.get("continue-on-error"))
        told = self.action.get("outputs", {})
        outcome.outputs = {name: self._filled(entry["value"], inputs, outcome) for name, entry in told.items()}
        return outcome

    def _contexts(self, inputs: Mapping[str, str], outcome: Outcome) -> dict[str, Any]:
        steps = {name: {"outputs": outputs} for name, outputs in outcome.steps.items()}
        github = {"token": "secret", "event": {}, **self.github}
        return {"inputs": inputs, "steps": steps, "github": github, "runner": {"temp": str(self.temporary)}}

    def _is_wanted(self, step: dict[str, Any], inputs: Mapping[str, str], outcome: Outcome) -> bool:
        condition = str(step.get("if", "success()"))
        if not _STATUS.search(condition):
            condition = f"success() && ({condition})"
        answer = self.expressions.evaluate(condition, self._contexts(inputs, outcome), outcome.success)
        return bool(answer["truthy"])

    def _filled(self, text: object, inputs: Mapping[str, str], outcome: Outcome) -> str:
        contexts = self._contexts(inputs, outcome)
        return _EXPRESSION.sub(
            lambda found: str(self.expressions.evaluate(found[1], contexts, outcome.success)["text"]), str(text)
        )

    def _step(self, step: dict[str, Any], inputs: Mapping[str, str], outcome: Outcome) -> bool:
        name = step.get("id", step["name"])
        if "uses" in step:
            outcome.used[name] = {key: self._filled(v, inputs, outcome) for key, v in step.get("with", {}).items()}
        if name in self.stubs or "uses" in step:
            outcome.steps[name] = dict(self.stubs.get(name, {}))
            return outcome.steps[name].pop("outcome", "success") == "success"
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an expression in a script is an injection"
        files = {kind: self.temporary / f"{kind}.txt" for kind in ("OUTPUT", "STEP_SUMMARY", "ENV", "PATH")}
        for file in files.values():
            file.write_bytes(b"")
        environment = {
            **os.environ,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "team/models",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_SHA": "a" * 40,
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(self.folder),
            "RUNNER_TEMP": str(self.temporary),
            **self.environment,
            **{f"GITHUB_{kind}": str(file) for kind, file in files.items()},
            **{key: self._filled(text, inputs, outcome) for key, text in step.get("env", {}).items()},
        }
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        outcome.log += run.stdout
        outcome.summary += files["STEP_SUMMARY"].read_text(encoding="utf-8")
        assert files["ENV"].read_bytes() == files["PATH"].read_bytes() == b"", "the action leaves the job as it was"
        lines = files["OUTPUT"].read_text(encoding="utf-8").splitlines()
        outcome.steps[name] = dict(line.split("=", 1) for line in lines)
        return run.returncode == 0
