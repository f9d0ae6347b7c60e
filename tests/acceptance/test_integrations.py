"""The pages about CI and hooks tell the truth: their snippets are valid, safe and run, their tables are complete."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from mlgov.renderers import FORMATS

ROOT = Path(__file__).resolve().parents[2]
HOW_TO, REFERENCE = ROOT / "docs" / "how-to", ROOT / "docs" / "reference"
BIN = Path(sys.executable).parent
OURS = re.compile(r"(uses: mlgov/mlgov(?:/\w+)?)@v[\d.]+")


def blocks(page: Path, language: str) -> list[str]:
    """The code blocks of a language on a page."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def named(page: Path, name: str) -> str:
    """The YAML block whose first line is a comment with this name."""
    (found,) = (text for text in blocks(page, "yaml") if text.startswith(f"# {name}\n"))
    return found


def loaded(text: str) -> Any:
    return YAML(typ="safe").load(text)


def rows(page: Path, heading: str) -> list[list[str]]:
    """The cells of the first table after a heading, without its head."""
    text = page.read_text(encoding="utf-8").partition(f"{heading}\n")[2]
    table = re.findall(r"^\|(.*)\|$", text, re.MULTILINE)
    until = next((n for n, row in enumerate(table) if n > 1 and row.startswith("---")), None)
    return [[cell.strip() for cell in row.split("|")] for row in table[2 : until - 1 if until else None]]


WORKFLOWS = [text for text in blocks(HOW_TO / "github-action.md", "yaml") if text.startswith("# .github/workflows/")]


@pytest.fixture(scope="module")
def workflows(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The workflows of the page as files; our own action is pinned to some commit, as readers are told to do."""
    folder = tmp_path_factory.mktemp("workflows") / ".github" / "workflows"
    folder.mkdir(parents=True)
    for text in WORKFLOWS:
        name = text.partition("\n")[0].removeprefix("# .github/workflows/")
        (folder / name).write_text(OURS.sub(rf"\1@{'a' * 40}", text), encoding="utf-8")
    return sorted(folder.iterdir())


def test_workflows_follow_the_schema_and_are_safe(workflows: list[Path]) -> None:
    assert len(workflows) == len(WORKFLOWS) == 5
    schema = ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"]
    for command in (schema, ["zizmor", "--offline", "--no-progress", "--strict-collection"]):
        run = subprocess.run([BIN / command[0], *command[1:], *workflows], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.needs("npm")
def test_githubs_language_service_has_no_complaint_about_workflows(
    language_service: Path, workflows: list[Path]
) -> None:
    run = subprocess.run(["node", language_service, *workflows], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_workflows_use_inputs_that_exist() -> None:
    folders = {"mlgov/mlgov": ROOT, "mlgov/mlgov/comment": ROOT / "comment"}
    seen = set()
    for text in WORKFLOWS:
        for job in loaded(text)["jobs"].values():
            for step in job["steps"]:
                if (name := step["uses"].partition("@")[0]) in folders:
                    known = loaded((folders[name] / "action.yml").read_text(encoding="utf-8"))["inputs"]
                    assert set(step.get("with", {})) <= set(known)
                    seen.add(name)
    assert seen == set(folders)


def test_the_two_workflows_of_the_comment_fit_together() -> None:
    first, second = (
        loaded(named(HOW_TO / "github-action.md", f".github/workflows/{name}.yml"))
        for name in ("mlgov-check", "mlgov-comment")
    )
    (check,) = (step for step in first["jobs"]["mlgov"]["steps"] if "artifact" in step.get("with", {}))
    (comment,) = second["jobs"]["comment"]["steps"]
    assert check["with"]["artifact"] == comment["with"]["artifact"]
    assert second["on"]["workflow_run"]["workflows"] == [first["name"]]


@pytest.mark.parametrize(("heading", "key"), [("## Inputs", "inputs"), ("## Outputs", "outputs")])
def test_the_tables_of_the_action_are_complete(heading: str, key: str) -> None:
    known = loaded((ROOT / "action.yml").read_text(encoding="utf-8"))[key]
    table = rows(HOW_TO / "github-action.md", heading)
    assert sorted(name for row in table for name in re.findall(r"`([\w-]+)`", row[0])) == sorted(known)
    if key == "inputs":
        said = {name: row[1].strip("`") for row in table for name in re.findall(r"`([\w-]+)`", row[0])}
        assert said == {name: str(entry["default"]) for name, entry in known.items()}


TEMPLATE = ROOT / "templates" / "gitlab-ci.yml"


def template(**given: str) -> dict[str, Any]:
    """The job of the GitLab template with its inputs filled in, as GitLab does before it reads the YAML."""
    head, _, body = TEMPLATE.read_text(encoding="utf-8").partition("\n---\n")
    inputs = {name: entry["default"] for name, entry in loaded(head)["spec"]["inputs"].items()}
    assert set(given) <= set(inputs)
    for name, value in (inputs | given).items():
        body = body.replace(f"$[[ inputs.{name} ]]", json.dumps(value))
    assert "$[[" not in body
    job: dict[str, Any] = loaded(body)
    return job


def test_the_gitlab_template_follows_the_schema(tmp_path: Path) -> None:
    for name, job in (("template", template()), ("page", loaded(blocks(HOW_TO / "gitlab-ci.md", "yaml")[1]))):
        (tmp_path / f"{name}.json").write_text(json.dumps(job), encoding="utf-8")
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", *sorted(tmp_path.iterdir())]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def gitlab(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the template as a runner does; pip is played."""
    job = template(**given)["mlgov"]
    (folder / "bin").mkdir()
    (folder / "bin" / "pip").write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$PIP_LOG"\n', encoding="utf-8")
    (folder / "bin" / "pip").chmod(0o755)
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("CI")},
        "PATH": f"{folder / 'bin'}{os.pathsep}{BIN}{os.pathsep}{os.environ['PATH']}",
        "PIP_LOG": str(folder / "pip.log"),
        "GITLAB_CI": "true",
        **job["variables"],
    }
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])],
        cwd=folder / "work", env=environment, capture_output=True, text=True,
    )  # fmt: skip


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository with the two examples, as a runner has cloned it."""
    for example in ("churn", "churn-broken"):
        shutil.copytree(ROOT / "examples" / example, tmp_path / "work" / example)
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "start"]):
        subprocess.run(["git", *command], cwd=tmp_path / "work", check=True)
    return tmp_path


def test_the_gitlab_job_writes_its_reports_and_fails(work: Path) -> None:
    run = gitlab(work, paths="churn-broken", base="main", args="--ignore EVA --select EVA,MON")
    assert run.returncode == 1, run.stdout + run.stderr
    job = template()["mlgov"]
    reports = job["artifacts"]["reports"]
    issues = json.loads((work / "work" / reports["codequality"]).read_text(encoding="utf-8"))
    assert {issue["check_name"][:3] for issue in issues} == {"MON"}
    assert "<testsuite " in (work / "work" / reports["junit"]).read_text(encoding="utf-8")
    assert [(work / "work" / path).is_file() for path in job["artifacts"]["paths"]] == [True]
    assert (work / "pip.log").read_text(encoding="utf-8").splitlines()[-1] == "mlgov==0.1.0"


def test_the_gitlab_job_passes_where_nothing_is_wrong(work: Path) -> None:
    run = gitlab(work, paths="churn")
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", ["paths", "args", "base", "package"])
def test_a_hostile_input_of_the_gitlab_job_stays_inert(work: Path, name: str) -> None:
    gitlab(work, **{"paths": "churn", name: "$(touch pwned) `touch pwned`; touch pwned\ntouch pwned"})
    assert list(work.rglob("pwned")) == []


def test_the_inputs_of_the_gitlab_page_are_those_of_the_template() -> None:
    known = loaded(TEMPLATE.read_text(encoding="utf-8").partition("\n---\n")[0])["spec"]["inputs"]
    said = {
        row[0].strip("`"): row[1].strip("`")
        for row in rows(HOW_TO / "gitlab-ci.md", "Leave it out, and only the state is judged.")
    }
    assert said == {name: entry["default"] for name, entry in known.items()}
    (included,) = loaded(named(HOW_TO / "gitlab-ci.md", ".gitlab-ci.yml"))["include"]
    assert included["remote"].endswith(f"/{TEMPLATE.relative_to(ROOT)}")
    assert set(included["inputs"]) <= set(known)


@pytest.mark.parametrize("program", ["pre-commit", "prek"])
def test_the_configurations_of_hooks_are_valid(program: str, tmp_path: Path) -> None:
    hooks = {hook["id"] for hook in loaded((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    for number, text in enumerate(blocks(HOW_TO / "pre-commit.md", "yaml")):
        file = tmp_path / f"{number}.yaml"
        file.write_text(text, encoding="utf-8")
        run = subprocess.run([BIN / program, "validate-config", file], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
        (repo,) = loaded(text)["repos"]
        assert {hook["id"] for hook in repo["hooks"]} <= hooks


def test_every_output_has_its_row() -> None:
    said = [row[0].strip("`") for row in rows(REFERENCE / "outputs.md", "prints a saved JSON report in any of them.")]
    assert sorted(said) == sorted(set(FORMATS) - {"html"})


@pytest.mark.parametrize(
    "line",
    [line for text in blocks(REFERENCE / "outputs.md", "sh") for line in text.splitlines() if line.startswith("mlgov")],
)
def test_the_commands_of_the_page_on_outputs_run(line: str, work: Path) -> None:
    folder = work / "work" / "churn"
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    run = subprocess.run([BIN / "mlgov", *line.split()[1:]], cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    for path in re.findall(r"=(\S+\.\w+)", line):
        assert (folder / path).stat().st_size
