"""The GitHub Action is well formed, and its steps do what they promise: they are run here, as the runner would."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from .readme import snippet
from .runner import Expressions, Runner

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
ACTION: dict[str, Any] = YAML(typ="safe").load(ROOT / "action.yml")
ACTIONS = [ROOT / "action.yml", ROOT / "comment" / "action.yml"]
OUTPUTS = {"exit-code", "findings", "errors", "warnings", "mlgov-version", "report-file", "sarif-file"}
pytestmark = pytest.mark.needs("npm")


@pytest.fixture(scope="module")
def installed(
    tmp_path_factory: pytest.TempPathFactory, expressions: Expressions
) -> tuple[Path, dict[str, dict[str, str]]]:
    """A temporary folder of a runner where the action's own install step has run, and what the step said."""
    temporary = tmp_path_factory.mktemp("runner")
    python = {"python": {"python-path": sys.executable}}
    dry = {**python, "check": {}, "report": {}, "Verdict": {}}
    outcome = Runner(ROOT, temporary, temporary, expressions, dry).run()
    assert outcome.success, outcome.log
    return temporary, {**python, "install": outcome.steps["install"]}


@pytest.fixture
def runner(installed: tuple[Path, dict[str, dict[str, str]]], tmp_path: Path, expressions: Expressions) -> Runner:
    """A runner whose workspace is a repository that holds the two examples."""
    temporary, stubs = installed
    workspace = tmp_path / "workspace"
    for file in temporary.glob("mlgov*.*"):
        file.unlink()
    for example in ("churn", "churn-broken"):
        shutil.copytree(ROOT / "examples" / example, workspace / "examples" / example)
    git = ["git", "-C", str(workspace)]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "examples"]):
        subprocess.run([*git, *command], check=True)
    return Runner(ROOT, workspace, temporary, expressions, stubs)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda path: path.parent.name)
def test_an_action_follows_the_schema(action: Path) -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-actions", action]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_workflows_follow_the_schema() -> None:
    files = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_actions_and_workflows_are_safe() -> None:
    files = [*ACTIONS, ROOT / ".github"]
    command = [BIN / "zizmor", "--offline", "--no-progress", "--strict-collection", *files]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_githubs_language_service_has_no_complaint(language_service: Path, tmp_path: Path) -> None:
    files = [*ACTIONS, *sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
    run = subprocess.run(["node", language_service, *files], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    wrong = tmp_path / "action.yml"
    wrong.write_text(ACTIONS[0].read_text(encoding="utf-8").replace("shell: bash", "shel: bash"))
    run = subprocess.run(["node", language_service, wrong], capture_output=True, text=True)
    assert "shel" in run.stdout, "a misspelt key must be noticed, else this test proves nothing"


@pytest.mark.parametrize("action", ACTIONS, ids=lambda path: path.parent.name)
def test_a_step_that_calls_another_action_pins_it(action: Path) -> None:
    steps = YAML(typ="safe").load(action)["runs"]["steps"]
    used = [step["uses"] for step in steps if "uses" in step]
    assert used
    assert [use for use in used if not re.fullmatch(r"[\w-]+(/[\w-]+)+@[0-9a-f]{40}", use)] == []


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


def test_the_summary_links_to_the_lines_of_the_commit(runner: Runner) -> None:
    outcome = runner.run(paths="examples/churn-broken")
    place = f"https://github.com/team/models/blob/{'a' * 40}/examples/churn-broken/MODEL_CARD.md#L17"
    assert place in outcome.summary
    assert len(outcome.summary.encode()) < 2**20


def test_nothing_is_uploaded_unless_it_is_asked_for(runner: Runner) -> None:
    outcome = runner.run(paths="examples/churn-broken")
    assert set(outcome.used) == {"python"}
    assert outcome.outputs["sarif-file"] == ""


def test_sarif_is_uploaded_and_the_verdict_still_comes_from_the_check(runner: Runner) -> None:
    outcome = runner.run(paths="examples/churn-broken", sarif="true", sarif_category="models")
    assert not outcome.success
    assert outcome.outputs["exit-code"] == "1"
    given = outcome.used["Upload to code scanning"]
    assert given == {"sarif_file": outcome.outputs["sarif-file"]}
    run = json.loads(Path(given["sarif_file"]).read_text(encoding="utf-8"))["runs"][0]
    assert run["automationDetails"] == {"id": "mlgov/models/"}
    assert len(run["results"]) == int(outcome.outputs["findings"])


@pytest.mark.parametrize("paths", ["examples/churn", "examples/churn-broken"])
def test_a_refused_upload_does_not_decide(runner: Runner, paths: str) -> None:
    runner.stubs = {**runner.stubs, "Upload to code scanning": {"outcome": "failure"}}
    assert runner.run(paths=paths, sarif="true").success == (paths == "examples/churn")


def test_a_pull_request_of_a_fork_is_served_without_an_upload(runner: Runner) -> None:
    fork = {"pull_request": {"head": {"repo": {"full_name": "stranger/models"}}}}
    runner.github = {"event": fork}
    outcome = runner.run(paths="examples/churn-broken", sarif="true")
    assert "Upload to code scanning" not in outcome.used
    assert "from a fork" in outcome.log
    assert outcome.outputs["exit-code"] == "1"
    assert "| error |" in outcome.summary
    runner.github = {"event": {"pull_request": {"head": {"repo": {"full_name": "team/models"}}}}}
    assert "Upload to code scanning" in runner.run(paths="examples/churn", sarif="true").used


def test_the_report_is_kept_under_a_name(runner: Runner) -> None:
    outcome = runner.run(paths="examples/churn-broken", artifact="mlgov-report")
    assert outcome.used["Keep the report"]["name"] == "mlgov-report"
    assert outcome.used["Keep the report"]["path"] == outcome.outputs["report-file"]
    assert Path(outcome.outputs["report-file"]).name == "mlgov-report.json"


def test_a_change_is_judged_against_a_base(runner: Runner) -> None:
    git = ["git", "-C", str(runner.workspace)]
    subprocess.run([*git, "branch", "before"], check=True)
    outcome = runner.run(paths="examples/churn", base="before")
    assert outcome.outputs["exit-code"] == "0", outcome.log
    outcome = runner.run(paths="examples/churn", base="nowhere")
    assert outcome.outputs["exit-code"] == "2", outcome.log


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
    assert written <= OUTPUTS | {"bin", "python-path", "upload"}


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
