"""The GitHub Action is well formed, and its steps do what they promise: they are run here, as the runner would."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from .readme import snippet

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
ACTION: dict[str, Any] = YAML(typ="safe").load(ROOT / "action.yml")
OUTPUTS = {"exit-code", "findings", "errors", "warnings", "mlgov-version"}


@dataclass
class Outcome:
    """How a run of the action ended."""

    success: bool = True
    log: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    steps: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Runner:
    """Runs the steps of a composite action: the small part of GitHub's runner that `action.yml` needs."""

    workspace: Path
    temporary: Path
    stubs: Mapping[str, Mapping[str, str]]

    def run(self, **given: str) -> Outcome:
        """Run all steps with these inputs (`fail_on` for `fail-on`) and everything else at its default."""
        inputs = {name: str(entry.get("default", "")) for name, entry in ACTION["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        assert set(inputs) == set(ACTION["inputs"])
        outcome = Outcome()
        for step in ACTION["runs"]["steps"]:
            condition = step.get("if", "success()")
            assert condition in {"success()", "always()"}, "teach the harness this condition first"
            if outcome.success or condition == "always()":
                outcome.success &= self._step(step, inputs, outcome)
        outcome.outputs = {
            name: self._filled(entry["value"], inputs, outcome) for name, entry in ACTION["outputs"].items()
        }
        return outcome

    def _filled(self, text: object, inputs: Mapping[str, str], outcome: Outcome) -> str:
        def value(match: re.Match[str]) -> str:
            context, *path = match[1].split(".")
            match context, path:
                case "inputs", [name]:
                    return inputs[name]
                case "steps", [step, "outputs", name]:
                    return outcome.steps.get(step, {}).get(name, "")
            raise AssertionError(f"teach the harness {match[0]} first")

        return re.sub(r"\$\{\{\s*(.+?)\s*\}\}", value, str(text))

    def _step(self, step: dict[str, Any], inputs: Mapping[str, str], outcome: Outcome) -> bool:
        name = step.get("id", step["name"])
        if name in self.stubs:
            outcome.steps[name] = dict(self.stubs[name])
            return True
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an expression in a script is an injection"
        files = {kind: self.temporary / f"{kind}.txt" for kind in ("OUTPUT", "STEP_SUMMARY", "ENV", "PATH")}
        for file in files.values():
            file.write_bytes(b"")
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env={
                **os.environ,
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_WORKSPACE": str(self.workspace),
                "GITHUB_ACTION_PATH": str(ROOT),
                "RUNNER_TEMP": str(self.temporary),
                **{f"GITHUB_{kind}": str(file) for kind, file in files.items()},
                **{key: self._filled(text, inputs, outcome) for key, text in step.get("env", {}).items()},
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        outcome.log += run.stdout
        outcome.summary += files["STEP_SUMMARY"].read_text(encoding="utf-8")
        assert files["ENV"].read_bytes() == files["PATH"].read_bytes() == b"", "the action leaves the job as it was"
        lines = files["OUTPUT"].read_text(encoding="utf-8").splitlines()
        outcome.steps[name] = dict(line.split("=", 1) for line in lines)
        return run.returncode == 0


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, str]]]:
    """A temporary folder of a runner where the action's own install step has run, and what the step said."""
    temporary = tmp_path_factory.mktemp("runner")
    python = {"python": {"python-path": sys.executable}}
    dry = {**python, "check": {}, "report": {}, "Verdict": {}}
    outcome = Runner(temporary, temporary, dry).run()
    assert outcome.success, outcome.log
    return temporary, {**python, "install": outcome.steps["install"]}


@pytest.fixture
def runner(installed: tuple[Path, dict[str, dict[str, str]]], tmp_path: Path) -> Runner:
    """A runner whose workspace is a repository that holds the two examples."""
    temporary, stubs = installed
    workspace = tmp_path / "workspace"
    for example in ("churn", "churn-broken"):
        shutil.copytree(ROOT / "examples" / example, workspace / "examples" / example)
    git = ["git", "-C", str(workspace)]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "examples"]):
        subprocess.run([*git, *command], check=True)
    return Runner(workspace, temporary, stubs)


def test_the_action_follows_the_schema() -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_action_and_workflows_are_safe() -> None:
    files = [ROOT / "action.yml", ROOT / ".github"]
    command = [BIN / "zizmor", "--offline", "--no-progress", "--strict-collection", *files]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_step_that_calls_another_action_pins_it() -> None:
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert used
    assert [use for use in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", use)] == []


def test_a_broken_repository_fails_the_job(runner: Runner) -> None:
    outcome = runner.run(paths="examples/churn-broken")
    assert not outcome.success, outcome.log
    assert set(outcome.outputs) == OUTPUTS
    assert outcome.outputs["exit-code"] == "1", outcome.log
    assert int(outcome.outputs["findings"]) >= int(outcome.outputs["errors"]) > 0
    assert re.search(r"^::error .*file=examples/churn-broken/", outcome.log, re.MULTILINE), outcome.log
    assert "### mlgov found defects" in outcome.summary
    assert "| error |" in outcome.summary


def test_a_clean_repository_passes(runner: Runner) -> None:
    outcome = runner.run(paths="examples/churn")
    assert outcome.success, outcome.log
    assert outcome.outputs["exit-code"] == "0"
    assert outcome.outputs["errors"] == "0"
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", outcome.outputs["mlgov-version"])
    assert "::error" not in outcome.log
    assert "### mlgov passed" in outcome.summary


def test_annotations_and_summary_can_be_switched_off(runner: Runner) -> None:
    outcome = runner.run(paths="examples/churn-broken", annotations="false", summary="false")
    assert outcome.outputs["exit-code"] == "1"
    assert "::error" not in outcome.log
    assert outcome.summary == ""


def test_more_arguments_and_a_folder_are_honoured(runner: Runner) -> None:
    outcome = runner.run(working_directory="examples/churn-broken", args="--output 'concise=of all.txt'")
    assert outcome.outputs["exit-code"] == "1", outcome.log
    assert (runner.workspace / "examples" / "churn-broken" / "of all.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("given", [{"select": "NOPE999"}, {"paths": "nowhere"}, {"working_directory": "nowhere"}])
def test_what_cannot_be_decided_fails_the_job(runner: Runner, given: dict[str, str]) -> None:
    outcome = runner.run(**given)
    assert not outcome.success
    assert outcome.outputs["exit-code"] == "2", outcome.log
    assert "could not decide" in outcome.summary


HOSTILE = "$(touch pwned) `touch pwned`; touch pwned\nexit-code=0\n--version"


@pytest.mark.parametrize("name", sorted(set(ACTION["inputs"]) - {"python-version"}))
def test_a_hostile_input_stays_inert(runner: Runner, name: str) -> None:
    if name == "version":
        runner.stubs = {"python": runner.stubs["python"]}
    outcome = runner.run(**{"paths": "examples/churn-broken", name.replace("-", "_"): HOSTILE})
    assert not outcome.success, outcome.log
    assert outcome.outputs["exit-code"] in {"", "1", "2"}
    assert [*runner.workspace.rglob("pwned"), *runner.temporary.glob("pwned")] == []
    written = {key for step in outcome.steps.values() for key in step}
    assert written <= OUTPUTS | {"bin", "python-path"}


def test_a_module_of_the_checked_repository_is_never_imported(runner: Runner) -> None:
    for name in ("json", "html", "shlex", "pip", "venv", "click", "sitecustomize", "mlgov"):
        (runner.workspace / f"{name}.py").write_text("open('pwned', 'w').close()\n", encoding="utf-8")
    outcome = runner.run(paths="examples/churn")
    assert outcome.success, outcome.log
    assert not (runner.workspace / "pwned").exists()


def test_a_failed_installation_fails_the_job(runner: Runner) -> None:
    runner.stubs = {"python": {"python-path": "/nowhere/python"}}
    (runner.temporary / "mlgov-report.json").unlink(missing_ok=True)
    outcome = runner.run(paths="examples/churn")
    assert not outcome.success
    assert "could not decide" in outcome.summary


def test_the_workflow_of_the_readme_asks_for_inputs_that_exist_and_passes(runner: Runner) -> None:
    text = snippet(".github/workflows/mlgov.yml")
    given = dict(re.findall(r"^        ([\w-]+): (\S+)$", text.partition("mlgov/mlgov@")[2], re.MULTILINE))
    assert given
    assert set(given) <= set(ACTION["inputs"])
    shutil.rmtree(runner.workspace / "examples" / "churn-broken")
    shutil.copytree(runner.workspace / "examples" / "churn", runner.workspace, dirs_exist_ok=True)
    assert runner.run(**{name.replace("-", "_"): value for name, value in given.items()}).success
