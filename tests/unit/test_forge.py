"""The base of a change as each forge names it."""

import json
from pathlib import Path

import pytest

from mlgov import forge
from mlgov.errors import SnapshotError, UsageError

SHA, NONE = "a" * 40, "0" * 40
REMOTE, LOCAL = "refs/remotes/origin/main", "refs/heads/main"
CASES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "pre-commit": ({"PRE_COMMIT_FROM_REF": SHA, "PRE_COMMIT_TO_REF": "b" * 40, "GITHUB_ACTIONS": "true"}, (SHA,)),
    "GitHub": ({"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main"}, (REMOTE, LOCAL)),
    "GitLab": (
        {"GITLAB_CI": "true", "CI_MERGE_REQUEST_DIFF_BASE_SHA": SHA, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"},
        (SHA, REMOTE, LOCAL),
    ),
    "Azure": ({"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"}, (REMOTE, LOCAL)),
    "Jenkins": ({"JENKINS_URL": "https://ci.example.org", "CHANGE_TARGET": "main"}, (REMOTE, LOCAL)),
    "CircleCI": ({"CIRCLECI": "true", "CIRCLE_BASE_REVISION": SHA}, (SHA, "refs/remotes/origin/HEAD")),
}


@pytest.mark.parametrize("by", CASES)
def test_a_forge_names_the_base(by: str) -> None:
    environment, refs = CASES[by]
    found = forge.find(environment)
    assert found is not None
    assert (found.by, found.refs[: len(refs)]) == (by, refs)


@pytest.mark.parametrize(
    ("event", "refs"),
    [
        ({"before": SHA, "repository": {"default_branch": "main"}}, (SHA, REMOTE, LOCAL)),
        ({"before": NONE, "repository": {"default_branch": "main"}}, (REMOTE, LOCAL)),
        ({"merge_group": {"base_sha": SHA}}, (SHA,)),
        ({"before": 7, "repository": "x", "merge_group": []}, None),
        ([], None),
    ],
)
def test_a_push_to_github_tells_it_in_the_event(tmp_path: Path, event: object, refs: tuple[str, ...] | None) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(event), encoding="utf-8")
    found = forge.find({"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(file)})
    assert (found.refs if found else None) == refs


def test_a_new_branch_of_gitlab_has_no_commit_before() -> None:
    found = forge.find({"GITLAB_CI": "true", "CI_COMMIT_BEFORE_SHA": NONE, "CI_DEFAULT_BRANCH": "main"})
    assert found == forge.Named("GitLab", (REMOTE, LOCAL))


@pytest.mark.parametrize("environment", [{}, {"CI": "true"}, {"GITHUB_BASE_REF": "main"}, {"GITHUB_ACTIONS": "true"}])
def test_where_nobody_names_a_base_there_is_advice(environment: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--base origin/main"):
        forge.base(environment, str(tmp_path))


def test_a_base_that_is_not_in_the_clone_is_no_base() -> None:
    with pytest.raises(SnapshotError, match="fetch-depth: 0"):
        forge.base({"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "no/such/branch"}, ".")


@pytest.mark.parametrize(
    ("environment", "tree"),
    [
        ({}, "staged"),
        ({"PRE_COMMIT_FROM_REF": NONE, "PRE_COMMIT_TO_REF": SHA, "PRE_COMMIT_LOCAL_BRANCH": LOCAL}, SHA),
        ({"PRE_COMMIT_LOCAL_BRANCH": LOCAL}, LOCAL),
    ],
)
def test_a_hook_judges_what_is_pushed_else_what_is_staged(environment: dict[str, str], tree: str) -> None:
    assert forge.hooked(environment) == tree


def test_a_forge_shows_the_files_of_the_judged_commit() -> None:
    github = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": SHA}
    assert forge.blob(github | {"GITHUB_ACTIONS": "true"}) == f"https://github.com/o/r/blob/{SHA}/"
    assert forge.blob(github) == ""
    gitlab = {"GITLAB_CI": "true", "CI_PROJECT_URL": "https://gitlab.com/g/p", "CI_COMMIT_SHA": SHA}
    assert forge.blob(gitlab) == f"https://gitlab.com/g/p/-/blob/{SHA}/"
    assert forge.blob({"GITHUB_ACTIONS": "true", "GITHUB_SHA": SHA}) == ""
