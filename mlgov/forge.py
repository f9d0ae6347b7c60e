"""What the machine that runs the check says about it: the base of a change, what a hook judges, where files are shown.

Of a base only names and commit ids are taken from there; whether they may be trusted is for the history to decide.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mlgov.errors import SnapshotError, UsageError
from mlgov.snapshot import History

AUTO = "auto"
_LARGEST = 10_000_000  # bytes of an event that a forge describes
ADVICE = (
    "--base auto finds no base: neither pre-commit nor GitHub, GitLab, Azure, Jenkins or CircleCI names one in the "
    "environment; name it yourself, for example --base origin/main"
)
Environment = Mapping[str, str]


class Named(NamedTuple):
    """A base that somebody names. by: who says it; refs: what it may be called here, the best first."""

    by: str
    refs: tuple[str, ...]


def base(environment: Environment, target: str) -> str:
    """The reference of the base in the repository around `target`.

    Raises `UsageError` where nobody names one, and `SnapshotError` where it is not in the clone.
    """
    named = find(environment)
    if named is None:
        raise UsageError(ADVICE)
    history = History(target)
    for ref in named.refs:
        try:
            history.resolve(ref, trusted=True)
        except SnapshotError as error:
            problem = error
        else:
            return ref
    raise SnapshotError(f"--base auto: {named.by} names the base, but {problem}")


def hooked(environment: Environment) -> str:
    """The tree that a hook of pre-commit judges: what is pushed, where it says that, else what is staged."""
    return environment.get("PRE_COMMIT_TO_REF") or environment.get("PRE_COMMIT_LOCAL_BRANCH") or "staged"


def blob(environment: Environment) -> str:
    """The address below which the forge shows the files of the commit that is judged; "" where nobody names it."""
    if environment.get("GITHUB_ACTIONS") == "true":
        parts = [environment.get(f"GITHUB_{key}", "") for key in ("SERVER_URL", "REPOSITORY", "SHA")]
        return f"{parts[0]}/{parts[1]}/blob/{parts[2]}/" if all(parts) else ""
    if environment.get("GITLAB_CI") == "true":
        parts = [environment.get(key, "") for key in ("CI_PROJECT_URL", "CI_COMMIT_SHA")]
        return f"{parts[0]}/-/blob/{parts[1]}/" if all(parts) else ""
    return ""


def find(environment: Environment) -> Named | None:
    """The first base that is named; a hook knows better than the machine that it runs on."""
    for by, refs in _FORGES.items():
        found = tuple(ref for ref in refs(environment) if ref.strip("0"))
        if found:
            return Named(by, found)
    return None


def _pre_commit(environment: Environment) -> Iterator[str]:
    yield environment.get("PRE_COMMIT_FROM_REF", "")


def _github(environment: Environment) -> Iterator[str]:
    """A pull request names its target; a push and a merge queue tell it in the event."""
    if environment.get("GITHUB_ACTIONS") != "true":
        return
    if target := environment.get("GITHUB_BASE_REF", ""):
        yield from _branch(target)
        return
    event = _event(environment.get("GITHUB_EVENT_PATH", ""))
    queue, repository = (event.get(key) for key in ("merge_group", "repository"))
    for told in (queue.get("base_sha") if isinstance(queue, dict) else "", event.get("before")):
        yield told if isinstance(told, str) else ""
    yield from _branch(repository.get("default_branch")) if isinstance(repository, dict) else ()


def _event(path: str) -> dict[str, Any]:
    try:
        file = Path(path)
        told = json.loads(file.read_bytes()) if path and file.stat().st_size < _LARGEST else {}
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _gitlab(environment: Environment) -> Iterator[str]:
    if environment.get("GITLAB_CI") == "true":
        yield environment.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", "")
        yield from _branch(environment.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"))
        yield environment.get("CI_COMMIT_BEFORE_SHA", "")
        yield from _branch(environment.get("CI_DEFAULT_BRANCH"))


def _azure(environment: Environment) -> Iterator[str]:
    if environment.get("TF_BUILD", "").lower() == "true":
        yield from _branch(environment.get("SYSTEM_PULLREQUEST_TARGETBRANCH"))


def _jenkins(environment: Environment) -> Iterator[str]:
    if environment.get("JENKINS_URL"):
        yield from _branch(environment.get("CHANGE_TARGET"))
        for key in ("GIT_PREVIOUS_SUCCESSFUL_COMMIT", "GIT_PREVIOUS_COMMIT"):
            yield environment.get(key, "")


def _circleci(environment: Environment) -> Iterator[str]:
    """CircleCI exports no base by itself: the pipeline passes it on, or the default branch of the clone counts."""
    if environment.get("CIRCLECI") == "true":
        yield environment.get("CIRCLE_BASE_REVISION", "")
        yield "refs/remotes/origin/HEAD"
        yield from (ref for name in ("main", "master") for ref in _branch(name))


def _branch(name: object) -> Iterator[str]:
    """A branch of the forge: as it was fetched, else as a branch of this clone, which may be older."""
    if isinstance(name, str) and name:
        short = name.removeprefix("refs/heads/")
        yield from (f"refs/remotes/origin/{short}", f"refs/heads/{short}")


_FORGES: dict[str, Callable[[Environment], Iterator[str]]] = {
    "pre-commit": _pre_commit,
    "GitHub": _github,
    "GitLab": _gitlab,
    "Azure": _azure,
    "Jenkins": _jenkins,
    "CircleCI": _circleci,
}
