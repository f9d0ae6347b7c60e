"""What is staged is the next commit, also while a hook runs in it."""

import os
from pathlib import Path
from typing import Any

import pytest

from mlgov.snapshot import open_snapshot


def test_staged_content_wins_over_the_work_tree(repo: Any) -> None:
    repo.commit({"a": "old", "gone": "1", "kept": "1"})
    repo.write("a", "staged")
    repo.write("new", "staged")
    repo.git("add", "a", "new")
    repo.git("rm", "-q", "--cached", "gone")
    repo.write("a", "on disk")
    repo.write("untracked", "on disk")
    (repo.folder / "kept").unlink()
    with open_snapshot(str(repo.folder), "staged") as tree:  # type: ignore[attr-defined]
        assert tree.root == f"staged of {os.path.realpath(repo.folder)}"
        assert {path: tree.read(path) for path in tree.files()} == {"a": b"staged", "kept": b"1", "new": b"staged"}


def test_a_planned_file_is_not_staged(repo: Any) -> None:
    repo.commit({"a": "1"})
    repo.write("planned", "2")
    repo.git("add", "-N", "planned")
    assert list(open_snapshot(str(repo.folder), "staged").files()) == ["a"]
    assert open_snapshot(str(repo.folder)).read("planned") == b"2"


def test_the_index_that_a_commit_exports_is_the_staged_one(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1"})
    repo.write("a", "2")
    repo.git("add", "a", GIT_INDEX_FILE=_copied_index(repo, ".git/next-index-1.lock"))
    assert open_snapshot(str(repo.folder), "staged").read("a") == b"1"
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index-1.lock")
    assert open_snapshot(str(repo.folder), "staged").read("a") == b"2"
    monkeypatch.chdir(repo.folder)
    assert open_snapshot(".", "staged").read("a") == b"2"
    monkeypatch.setenv("GIT_INDEX_FILE", str(repo.folder / ".git/next-index-1.lock"))
    assert open_snapshot(".", "staged").read("a") == b"2"


def test_an_exported_index_elsewhere_counts_only_inside_the_repository(
    repo: Any, new_repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit({"a": "1"})
    repo.write("a", "2")
    repo.git("add", "a", GIT_INDEX_FILE=_copied_index(repo, "../index"))
    other = new_repo(tmp_path / "other")
    other.commit({"b": "1"})
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.chdir(repo.folder)
    assert open_snapshot(".", "staged").read("a") == b"2"
    assert list(open_snapshot(str(other.folder), "staged").files()) == ["b"]
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    assert open_snapshot(".", "staged").read("a") == b"1"
    monkeypatch.setenv("GIT_DIR", ".git")
    assert open_snapshot(".", "staged").read("a") == b"2"


def test_a_linked_work_tree_has_its_own_index(
    repo: Any, new_repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hooks in a linked work tree see GIT_DIR and GIT_INDEX_FILE; another repository must not."""
    repo.commit({"a": "1"})
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"))
    other = new_repo(tmp_path / "other")
    other.commit({"b": "1"})
    (tmp_path / "linked/a").write_text("2")
    repo.git("-C", str(tmp_path / "linked"), "add", "a")
    git_dir = repo.folder / ".git/worktrees/linked"
    for exported in ({}, {"GIT_DIR": str(git_dir), "GIT_INDEX_FILE": str(git_dir / "index")}):
        for name, value in exported.items():
            monkeypatch.setenv(name, value)
        assert open_snapshot(str(tmp_path / "linked"), "staged").read("a") == b"2"
        assert open_snapshot(str(tmp_path / "linked"), "HEAD").read("a") == b"1"
        assert open_snapshot(str(tmp_path / "linked")).read("a") == b"2"
        assert open_snapshot(str(repo.folder), "staged").read("a") == b"1"
        assert list(open_snapshot(str(other.folder), "staged").files()) == ["b"]
        assert list(open_snapshot(str(other.folder)).files()) == ["b"]


def _copied_index(repo: Any, name: str) -> str:
    copy = repo.folder / name
    copy.write_bytes((repo.folder / ".git/index").read_bytes())
    return str(copy)
