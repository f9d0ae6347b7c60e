"""A hostile repository cannot make git run anything, and git cannot make mlgov wait for ever."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlgov.errors import SnapshotError
from mlgov.snapshot import History, Unreadable, open_snapshot, plumbing

needs_shell = pytest.mark.skipif(os.name == "nt", reason="the planted programs are shell scripts")

SETTINGS = (
    "core.fsmonitor core.sshCommand core.askPass core.pager core.editor core.gitProxy core.alternateRefsCommand "
    "pager.log pager.ls-files pager.ls-tree pager.rev-parse diff.external diff.evil.command diff.evil.textconv "
    "filter.evil.clean filter.evil.smudge filter.evil.process merge.evil.driver credential.helper gpg.program "
    "gpg.ssh.program uploadpack.packObjectsHook alias.ls-files alias.cat-file alias.log remote.origin.uploadpack "
    "interactive.diffFilter sendemail.sendmailcmd browser.evil.cmd trailer.evil.command"
).split()
FIXED = {
    "filter.evil.required": "true",
    "core.attributesFile": "/dev/zero",
    "core.checkStat": "minimal",
    "core.trustctime": "false",
    "core.untrackedCache": "true",
    "core.splitIndex": "true",
    "core.preloadIndex": "true",
    "log.showSignature": "true",
    "diff.submodule": "log",
    "diff.renames": "copies",
    "core.quotePath": "true",
    "color.ui": "always",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "remote.origin.promisor": "true",
    "remote.origin.partialclonefilter": "blob:none",
}


def make_hostile(repo: Any, canaries: Path) -> str:
    """Name a program that leaves a trace wherever git can be told to run one; return the signed last commit."""
    attributes = "* filter=evil diff=evil merge=evil text eol=crlf\n"
    first = repo.commit({".gitattributes": attributes, "a": "1\n", "b/c": "2\n", "lost": "3\n"})
    signature = "\ngpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n\n"
    signed = (repo.git("cat-file", "commit", first) + "\n").replace("\n\n", signature, 1)
    second = repo.git("hash-object", "-t", "commit", "-w", "--stdin", content=signed.encode())
    repo.git("update-ref", "refs/heads/main", second)
    canaries.mkdir()
    for setting in SETTINGS:
        program = canaries.with_name("programs") / setting
        _program(program, canaries / setting)
        repo.git("config", setting, str(program))
    for setting, value in FIXED.items():
        repo.git("config", setting, value)
    _program(canaries.with_name("programs") / "ext", canaries / "ext")
    repo.git("config", "remote.origin.url", f"ext::{canaries.with_name('programs')}/ext")
    repo.write(".git/excludes", "new\n")
    repo.git("config", "core.excludesFile", str(repo.folder / ".git/excludes"))
    hooks = repo.folder / ".git/hooks"
    for hook in ("post-index-change", "post-checkout", "fsmonitor-watchman", "reference-transaction", "pre-auto-gc"):
        _program(hooks / hook, canaries / hook)
    repo.git("config", "core.hooksPath", str(hooks))
    return str(second)


@needs_shell
def test_no_setting_of_the_repository_runs_anything(repo: Any, tmp_path: Path) -> None:
    canaries = tmp_path / "canaries"
    commit = make_hostile(repo, canaries)
    lost = repo.git("rev-parse", "HEAD:lost", GIT_CONFIG_PARAMETERS="'core.fsmonitor=false'")
    (repo.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    for file in ("a", "b/c"):
        os.utime(repo.folder / file)  # as young as the index: git itself would run the clean filter to be sure
    repo.write("a", "4\n")
    repo.write("new", "5\n")

    tree = open_snapshot(str(repo.folder))
    assert list(tree.files()) == [".gitattributes", "a", "b/c", "lost", "new"]
    assert [tree.read(path) for path in ("a", "b/c", "new")] == [b"4\n", b"2\n", b"5\n"]
    for scope in ("staged", "HEAD"):
        tree = open_snapshot(str(repo.folder), scope)
        assert tree.read("a") == b"1\n"
        with pytest.raises(Unreadable):
            tree.read("lost")
    history = History(str(repo.folder))
    assert set(history.last_change()) == {".gitattributes", "a", "b/c", "lost"}
    assert history.merge_base("HEAD", "main") == commit
    assert history.commit_date("HEAD")
    assert history.tags() == {}
    assert [file.name for file in canaries.iterdir()] == []


@needs_shell
def test_the_canaries_can_sing(repo: Any, tmp_path: Path) -> None:
    """The test above proves something only if git would run these programs."""
    make_hostile(repo, tmp_path / "canaries")
    repo.git("config", "--unset", "core.attributesFile")
    lost = repo.git("rev-parse", "HEAD:lost")
    (repo.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    repo.write("a", "2\n")
    for command in (["cat-file", "-p", lost], ["status"], ["diff"], ["log", "-p"], ["add", "a"]):
        repo.git(*command, ok=tuple(range(256)))
    sung = set(os.listdir(tmp_path / "canaries"))
    assert {"core.fsmonitor", "filter.evil.process", "gpg.program", "ext"} <= sung


@needs_shell
def test_a_git_in_the_checked_tree_or_in_a_relative_folder_is_not_run(
    repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit({"a": "1"})
    _program(repo.folder / "bin/git", tmp_path / "canary")
    _program(tmp_path / "relative/git", tmp_path / "canary")
    monkeypatch.chdir(tmp_path)
    real = os.environ["PATH"]
    monkeypatch.setenv("PATH", os.pathsep.join(["relative", "", ".", str(repo.folder / "bin"), real]))
    assert open_snapshot(str(repo.folder), "staged").read("a") == b"1"
    assert not (tmp_path / "canary").exists()


@needs_shell
def test_a_git_that_hangs_is_stopped(repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1"})
    tree = open_snapshot(str(repo.folder), "HEAD")
    _program(tmp_path / "slow/git", tmp_path / "started", "exec sleep 60")
    monkeypatch.setenv("PATH", str(tmp_path / "slow") + os.pathsep + os.environ["PATH"])
    monkeypatch.setattr(plumbing, "TIMEOUT", 0.2)
    with pytest.raises(SnapshotError, match="git ls-files took longer than"):
        open_snapshot(str(repo.folder))
    with pytest.raises(Unreadable, match="missing or broken"):
        tree.read("a")
    assert (tmp_path / "started").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_among_the_objects_does_not_block(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1"})
    blob = repo.git("rev-parse", "HEAD:a")
    file = repo.folder / ".git/objects" / blob[:2] / blob[2:]
    file.unlink()
    os.mkfifo(file)
    monkeypatch.setattr(plumbing, "TIMEOUT", 1.0)
    with pytest.raises(Unreadable):
        open_snapshot(str(repo.folder), "HEAD").read("a")


@needs_shell
def test_a_git_that_cannot_be_started_is_an_error(repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1"})
    tree = open_snapshot(str(repo.folder), "HEAD")
    _program(tmp_path / "broken/git", tmp_path / "canary")
    (tmp_path / "broken/git").write_bytes(b"\x7fELF broken")
    monkeypatch.setenv("PATH", str(tmp_path / "broken"))
    with pytest.raises(SnapshotError, match="git cannot be started"):
        open_snapshot(str(repo.folder))
    with pytest.raises(SnapshotError, match="git cannot be started"):
        tree.read("a")


def test_a_git_that_lists_in_another_form_is_an_error(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1"})
    real = plumbing.Git.run
    monkeypatch.setattr(plumbing.Git, "run", lambda *words, **options: real(*words, **options).replace(b"ino", b"\n"))
    with pytest.raises(SnapshotError, match="in a form that is not understood"):
        open_snapshot(str(repo.folder))


def test_what_git_complains_about_is_a_note(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1"})
    real = subprocess.run

    def complaining(*words: Any, **options: Any) -> Any:
        done = real(*words, **options)
        done.stderr = b"warning: could not open directory 'x\x1b/'\nmore"
        return done

    monkeypatch.setattr(subprocess, "run", complaining)
    assert open_snapshot(str(repo.folder)).notes == ("git says: warning: could not open directory 'x?/'",)


def test_the_environment_of_git_is_ours(repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1"})
    trace = str(tmp_path / "trace")
    for name in ("GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE_PACKET"):
        monkeypatch.setenv(name, trace)
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    monkeypatch.setenv("GIT_NAMESPACE", "other")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    for scope in ("worktree", "staged", "HEAD"):
        assert open_snapshot(str(repo.folder), scope).read("a") == b"1"
    assert not Path(trace).exists()


def test_settings_cannot_move_the_work_tree(repo: Any, tmp_path: Path) -> None:
    repo.commit({"a": "1"})
    (tmp_path / "other").mkdir()
    (tmp_path / "other/secret").write_text("secret")
    repo.git("config", "core.worktree", str(tmp_path / "other"))
    assert list(open_snapshot(str(repo.folder)).files()) == ["a"]


def test_replaced_objects_and_grafts_are_ignored(repo: Any) -> None:
    first = repo.commit({"a": "1"})
    second = repo.commit({"a": "2"})
    repo.git("replace", second, first)
    assert open_snapshot(str(repo.folder), "HEAD").read("a") == b"2"


def test_an_error_of_git_is_quoted_in_one_printable_line(repo: Any) -> None:
    repo.commit({"a": "1"})
    repo.write(".git/config", "[broken \x1b[31m\n::error::")
    with pytest.raises(SnapshotError) as caught:
        open_snapshot(str(repo.folder))
    assert str(caught.value).isprintable()


def test_listing_costs_one_process(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1", "b": "2"})
    started: list[tuple[Any, ...]] = []
    monkeypatch.setattr(plumbing.Git, "run", _counted(plumbing.Git.run, started))
    open_snapshot(str(repo.folder)).files()
    assert [arguments[0] for arguments in started] == ["ls-files"]
    open_snapshot(str(repo.folder), "HEAD").files()
    assert [arguments[0] for arguments in started] == ["ls-files", "rev-parse", "ls-tree"]


def _counted(run: Callable[..., bytes], started: list[tuple[Any, ...]]) -> Callable[..., bytes]:
    def counting(self: Any, *arguments: str, **options: Any) -> bytes:
        started.append(arguments)
        return run(self, *arguments, **options)

    return counting


def _program(path: Path, canary: Path, action: str = "exit 1") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n: > '{canary}'\n{action}\n")
    path.chmod(0o755)
