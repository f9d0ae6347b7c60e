"""The hooks work in a real repository, with real commits: what is staged is judged, nothing else."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .readme import snippet

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {name: Path(sys.executable).with_name(name) for name in ("pre-commit", "prek")}
Run = subprocess.CompletedProcess[str]


def start(folder: Path, *command: str | Path) -> Run:
    """Run a program in `folder` and keep what it says."""
    return subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def done(run: Run) -> str:
    """The output of a run that had to succeed."""
    assert run.returncode == 0, run.stdout
    return run.stdout.strip()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the files of this one as they are now, committed or not."""
    folder = tmp_path_factory.mktemp("source")
    listed = done(start(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"))
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "as it is"]):
        done(start(folder, "git", *command))
    return folder


@pytest.fixture(scope="module", params=PROGRAMS)
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pre-commit or prek, with a home for this module, so that its environment is built once and the user's stays."""
    for name in ("PRE_COMMIT_HOME", "PREK_HOME"):
        os.environ[name] = str(tmp_path_factory.mktemp("home"))
    return PROGRAMS[request.param]


@pytest.fixture
def project(program: Path, source: Path, tmp_path: Path) -> Path:
    """A clean repository of a team that uses both hooks."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "examples" / "churn", folder)
    revision = done(start(source, "git", "rev-parse", "HEAD"))
    config = snippet(".pre-commit-config.yaml")  # of the README, with this repository in place of the published one
    config = re.sub(r"repo: .*", f"repo: {source}", re.sub(r"rev: .*", f"rev: {revision}", config))
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    (folder / "NOTES.md").write_text("# Notes\n", encoding="utf-8")
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "clean"]):
        done(start(folder, "git", *command))
    done(start(folder, program, "install", "--hook-type", "pre-commit", "--hook-type", "pre-push"))
    return folder


@pytest.fixture
def commit(project: Path) -> Callable[[], Run]:
    """Commit what is staged, through the installed hooks."""

    def through_the_hooks() -> Run:
        return start(project, "git", "commit", "-m", "change")

    return through_the_hooks


def broken(manifest: Path) -> None:
    """Make a manifest contradict the grammar."""
    with manifest.open("a", encoding="utf-8") as file:
        file.write("\nno_such_section: true\n")


def test_a_clean_commit_passes(project: Path, commit: Callable[[], Run]) -> None:
    (project / "NOTES.md").write_text("# Other words\n", encoding="utf-8")
    done(start(project, "git", "add", "NOTES.md"))
    assert "Passed" in done(commit())


def test_a_broken_manifest_fails(project: Path, commit: Callable[[], Run]) -> None:
    broken(project / "mlgov.yaml")
    done(start(project, "git", "add", "-A"))
    run = commit()
    assert run.returncode == 1
    assert "no_such_section" in run.stdout
    assert done(start(project, "git", "log", "--format=%s")) == "clean"


def test_a_commit_that_only_deletes_is_checked(project: Path, commit: Callable[[], Run]) -> None:
    done(start(project, "git", "rm", "-q", "MODEL_CARD.md"))
    run = commit()
    assert run.returncode == 1, run.stdout
    assert "MODEL_CARD.md" in run.stdout


def test_staged_defects_fail_although_the_work_tree_is_clean(project: Path, commit: Callable[[], Run]) -> None:
    manifest = project / "mlgov.yaml"
    clean = manifest.read_bytes()
    broken(manifest)
    done(start(project, "git", "add", "mlgov.yaml"))
    manifest.write_bytes(clean)
    run = commit()
    assert run.returncode == 1
    assert "no_such_section" in run.stdout


def test_defects_of_the_work_tree_alone_pass(project: Path, commit: Callable[[], Run]) -> None:
    (project / "NOTES.md").write_text("# Other words\n", encoding="utf-8")
    done(start(project, "git", "add", "NOTES.md"))
    broken(project / "mlgov.yaml")
    done(commit())
    assert "no_such_section" in (project / "mlgov.yaml").read_text(encoding="utf-8")


def test_a_commit_of_one_path_is_judged_by_what_it_commits(project: Path) -> None:
    (project / "NOTES.md").write_text("# Other words\n", encoding="utf-8")
    broken(project / "mlgov.yaml")
    done(start(project, "git", "add", "-A"))
    done(start(project, "git", "commit", "-m", "only words", "--", "NOTES.md"))
    run = start(project, "git", "commit", "-m", "only the manifest", "--", "mlgov.yaml")
    assert run.returncode == 1
    assert "no_such_section" in run.stdout


def test_a_commit_in_a_linked_work_tree_is_checked(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    linked = tmp_path_factory.mktemp("linked") / "tree"
    done(start(project, "git", "worktree", "add", "-q", "-b", "other", str(linked)))
    (linked / "NOTES.md").write_text("# Other words\n", encoding="utf-8")
    done(start(linked, "git", "commit", "-am", "words"))
    broken(linked / "mlgov.yaml")
    run = start(linked, "git", "commit", "-am", "break it")
    assert run.returncode == 1
    assert "no_such_section" in run.stdout


def test_an_untracked_defect_passes(project: Path, commit: Callable[[], Run]) -> None:
    (project / "NOTES.md").write_text("# Other words\n", encoding="utf-8")
    done(start(project, "git", "add", "NOTES.md"))
    (project / "other").mkdir()
    (project / "other" / "mlgov.yaml").write_text("apiVersion: [\n", encoding="utf-8")
    done(commit())


def test_unknown_settings_fail(project: Path, commit: Callable[[], Run]) -> None:
    (project / ".mlgov.toml").write_text('no_such_setting = "x"\n', encoding="utf-8")
    done(start(project, "git", "add", ".mlgov.toml"))
    run = commit()
    assert run.returncode == 1
    assert "no_such_setting" in run.stdout


def test_unknown_settings_of_a_part_of_the_repository_fail(project: Path, commit: Callable[[], Run]) -> None:
    (project / "models").mkdir()
    (project / "models" / ".mlgov.toml").write_text('fail_onn = "error"\n', encoding="utf-8")
    done(start(project, "git", "add", "-A"))
    run = commit()
    assert run.returncode == 1
    assert "models/.mlgov.toml:1:1: unknown setting 'fail_onn'; did you mean 'fail_on'?" in run.stdout


def test_a_part_of_a_file_that_is_staged_is_judged_alone(project: Path, commit: Callable[[], Run]) -> None:
    """The harmless half of an edit is staged; the half that breaks the manifest stays in the work tree."""
    manifest = project / "mlgov.yaml"
    manifest.write_text("# a comment\n" + manifest.read_text(encoding="utf-8"), encoding="utf-8")
    done(start(project, "git", "add", "mlgov.yaml"))
    broken(manifest)
    done(commit())
    assert "no_such_section" in manifest.read_text(encoding="utf-8")
    assert "no_such_section" not in done(start(project, "git", "show", "HEAD:mlgov.yaml"))


@pytest.fixture
def remote(project: Path, tmp_path: Path) -> Path:
    """A repository to push to, which has the clean commit."""
    folder = tmp_path / "remote.git"
    done(start(tmp_path, "git", "init", "-q", "--bare", "-b", "main", str(folder)))
    done(start(project, "git", "remote", "add", "origin", str(folder)))
    done(start(project, "git", "push", "-q", "origin", "main"))
    return folder


def heads(remote: Path) -> str:
    """The commits that a remote has."""
    return done(start(remote, "git", "log", "--all", "--format=%s"))


def test_what_is_pushed_is_judged_not_what_is_staged(project: Path, remote: Path) -> None:
    manifest = project / "mlgov.yaml"
    clean = manifest.read_bytes()
    broken(manifest)
    done(start(project, "git", "commit", "-qam", "broken", "--no-verify"))
    manifest.write_bytes(clean)
    done(start(project, "git", "add", "-A"))
    run = start(project, "git", "push", "origin", "main")
    assert run.returncode == 1
    assert "no_such_section" in run.stdout
    assert heads(remote) == "clean"


def test_what_is_not_pushed_yet_does_not_stop_a_push(project: Path, remote: Path) -> None:
    (project / "NOTES.md").write_text("# Other words\n", encoding="utf-8")
    done(start(project, "git", "commit", "-qam", "words"))
    broken(project / "mlgov.yaml")
    done(start(project, "git", "add", "-A"))
    done(start(project, "git", "push", "origin", "main"))
    assert heads(remote) == "words\nclean"


def test_a_branch_that_is_not_checked_out_is_judged_when_it_is_pushed(project: Path, remote: Path) -> None:
    done(start(project, "git", "checkout", "-q", "-b", "other"))
    broken(project / "mlgov.yaml")
    done(start(project, "git", "commit", "-qam", "broken", "--no-verify"))
    done(start(project, "git", "checkout", "-q", "main"))
    run = start(project, "git", "push", "origin", "other")
    assert run.returncode == 1
    assert "no_such_section" in run.stdout


def test_a_first_push_is_judged(project: Path, tmp_path: Path) -> None:
    broken(project / "mlgov.yaml")
    done(start(project, "git", "commit", "-qam", "broken", "--no-verify"))
    done(start(tmp_path, "git", "init", "-q", "--bare", str(tmp_path / "new.git")))
    run = start(project, "git", "push", str(tmp_path / "new.git"), "main")
    assert run.returncode == 1
    assert "no_such_section" in run.stdout


def test_a_range_that_is_named_is_judged_to_its_end(project: Path, program: Path) -> None:
    broken(project / "mlgov.yaml")
    done(start(project, "git", "commit", "-qam", "broken", "--no-verify"))
    done(start(project, "git", "revert", "--no-edit", "HEAD"))
    done(start(project, program, "run", "mlgov", "--from-ref", "HEAD~2", "--to-ref", "HEAD"))
    run = start(project, program, "run", "mlgov", "--from-ref", "HEAD~2", "--to-ref", "HEAD~1")
    assert run.returncode == 1
    assert "no_such_section" in run.stdout


def test_the_manifest_of_the_hooks_is_valid(program: Path) -> None:
    done(start(ROOT, program, "validate-manifest", ".pre-commit-hooks.yaml"))
    done(start(ROOT, program, "validate-config", ".pre-commit-config.yaml"))


@pytest.mark.parametrize("program", ["prek"], indirect=True)  # the quicker of the two: it builds one more environment
def test_try_repo_works_without_any_configuration(program: Path, source: Path, project: Path) -> None:
    arguments = ("try-repo", str(source), "mlgov", "--verbose", "--all-files")
    assert "Passed" in done(start(project, program, *arguments))
