"""History: which commit a name means, where branches parted, and who changed a path last."""

from pathlib import Path
from typing import Any

import pytest

from mlgov.errors import SnapshotError
from mlgov.snapshot import History, open_snapshot


@pytest.fixture
def clone(repo: Any, new_repo: Any, tmp_path: Path) -> Any:
    """A clone of a repository whose branches `main` and `side` parted, and a tag named `main` that lies."""
    repo.commit({"a": "1"}, "first", "2026-01-01T12:00:00+09:00")
    repo.git("branch", "side")
    repo.commit({"b": "2"}, "second", "2026-02-01T12:00:00Z")
    repo.git("checkout", "-q", "side")
    evil = repo.commit({"policy": "weak"}, "third", "2026-03-01T12:00:00Z")
    repo.git("tag", "main", evil)
    repo.git("tag", "-a", "release", "-m", "annotated", "HEAD~1")
    repo.git("clone", "-q", str(repo.folder), str(tmp_path / "clone"))
    cloned = new_repo(tmp_path / "clone")
    cloned.git("fetch", "-q", "--tags")
    return cloned


def test_a_tag_named_like_a_branch_is_not_trusted(clone: Any, repo: Any) -> None:
    history = History(str(clone.folder))
    branch, tag = repo.git("rev-parse", "refs/heads/main"), repo.git("rev-parse", "refs/tags/main")
    assert branch != tag
    assert history.resolve("main", trusted=True) == branch
    assert history.resolve("origin/main", trusted=True) == branch
    assert history.resolve("refs/remotes/origin/main", trusted=True) == branch
    assert history.resolve("main") == tag
    assert open_snapshot(str(clone.folder), "main").exists("policy")
    assert history.resolve("main~1", trusted=True) == repo.git("rev-parse", "refs/heads/main~1")


def test_the_branch_that_is_judged_is_not_its_own_base(clone: Any) -> None:
    """A fork may call its branch `main`, or `origin/main`, and a forge checks it out under that name."""
    base, other = clone.git("rev-parse", "refs/remotes/origin/main"), clone.git("rev-parse", "HEAD~1")
    for name in ("main", "origin/main"):
        clone.git("update-ref", f"refs/heads/{name}", other)
        clone.git("symbolic-ref", "HEAD", f"refs/heads/{name}")
        assert History(str(clone.folder)).resolve(name, trusted=True) == base
    clone.git("update-ref", "refs/heads/own#1+ü", base)
    clone.git("symbolic-ref", "HEAD", "refs/heads/own#1+ü")
    assert History(str(clone.folder)).resolve("own#1+ü", trusted=True) == base


@pytest.mark.parametrize("ref", ["release", "refs/tags/main", "tags/main", "refs/heads/x/../../tags/main", "nope"])
def test_a_tag_is_never_trusted(clone: Any, ref: str) -> None:
    with pytest.raises(SnapshotError):
        History(str(clone.folder)).resolve(ref, trusted=True)


def test_a_full_id_and_head_are_trusted_and_a_branch_cannot_take_their_name(clone: Any) -> None:
    history = History(str(clone.folder))
    head, first = clone.git("rev-parse", "HEAD"), clone.git("rev-parse", "HEAD~1")
    for planted in (first, "HEAD"):
        clone.git("update-ref", f"refs/heads/{planted}", head if planted == first else first)
        clone.git("update-ref", f"refs/remotes/origin/{planted}x", head)
    assert history.resolve(first, trusted=True) == first
    assert history.resolve("HEAD", trusted=True) == head
    assert history.resolve("HEAD~1", trusted=True) == first
    with pytest.raises(SnapshotError):
        history.resolve(first[:12], trusted=True)


@pytest.mark.parametrize(
    "ref", ["", "-n1", "--output=canary", "a b", "a;b", "HEAD:a", "@", ":/first", "main..side", "a\u202eb", "a\udc80"]
)
def test_strange_references_are_refused(clone: Any, ref: str) -> None:
    with pytest.raises(SnapshotError, match="not a reference that mlgov accepts"):
        History(str(clone.folder)).resolve(ref)


def test_the_merge_base_is_where_branches_parted(clone: Any, repo: Any) -> None:
    history = History(str(clone.folder))
    assert history.merge_base("origin/main", "HEAD") == repo.git("rev-parse", "side~1")
    assert history.merge_base("HEAD", "HEAD") == repo.git("rev-parse", "side")
    assert not history.shallow


def test_branches_without_a_common_commit_ask_for_the_whole_history(repo: Any) -> None:
    repo.commit({"a": "1"})
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit({"b": "1"})
    with pytest.raises(SnapshotError, match=r"no commit in common.*fetch-depth: 0"):
        History(str(repo.folder)).merge_base("main", "other")


def test_a_shallow_clone_asks_for_the_whole_history(clone: Any, repo: Any, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    repo.git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repo.folder}", str(shallow))
    history = History(str(shallow))
    assert history.shallow
    with pytest.raises(SnapshotError, match="fetch-depth: 0"):
        history.merge_base("origin/main", "HEAD")
    with pytest.raises(SnapshotError, match="fetch-depth: 0"):
        history.resolve("HEAD~1", trusted=True)
    with pytest.raises(SnapshotError, match="fetch-depth: 0"):
        open_snapshot(str(shallow), "release-candidate")


def test_tags_name_commits(clone: Any, repo: Any) -> None:
    blob = repo.git("rev-parse", "HEAD:a")
    repo.git("tag", "file", blob)
    assert History(str(repo.folder)).tags() == {
        "main": repo.git("rev-parse", "refs/tags/main"),
        "release": repo.git("rev-parse", "release^{commit}"),
    }


def test_the_last_change_of_every_path_comes_from_one_pass(repo: Any) -> None:
    first = repo.commit({"a": "1", "sub/b": "1", "\ncase\x1b": "1"}, "first", "2026-01-01T12:00:00+09:00")
    repo.commit({}, "nothing", "2026-01-15T12:00:00Z")
    repo.git("checkout", "-q", "-b", "side")
    second = repo.commit({"sub/b": "2", "-n": "1"}, "second", "2026-02-01T12:00:00Z")
    repo.git("checkout", "-q", "main")
    third = repo.commit({"c": "1"}, "third", "2026-03-01T12:00:00Z")
    repo.git("merge", "-q", "--no-commit", "side")
    merge = repo.commit({"evil": "only in the merge"}, "merge", "2026-04-01T12:00:00Z")
    assert History(str(repo.folder)).last_change() == {
        "a": (first, "2026-01-01T03:00:00+00:00"),
        "\ncase\x1b": (first, "2026-01-01T03:00:00+00:00"),
        "sub/b": (second, "2026-02-01T12:00:00+00:00"),
        "-n": (second, "2026-02-01T12:00:00+00:00"),
        "c": (third, "2026-03-01T12:00:00+00:00"),
        "evil": (merge, "2026-04-01T12:00:00+00:00"),
    }
    assert History(str(repo.folder)).last_change(first).keys() == {"a", "sub/b", "\ncase\x1b"}


def test_dates_are_utc_and_a_forged_one_is_no_crash(repo: Any) -> None:
    commit = repo.commit({"a": "1"}, "first", "2026-01-01T12:00:00+09:00")
    history = History(str(repo.folder))
    assert history.commit_date(commit) == history.commit_date("main") == "2026-01-01T03:00:00+00:00"
    raw = repo.git("cat-file", "commit", commit) + "\n"
    for forged in ("99999999999999999999 +0000", "-5 +9999", "nonsense"):
        text = raw.replace("1767236400 +0900", forged).replace("\n\n", "\nencoding zlib_codec\n\n", 1)
        made = repo.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", content=text.encode())
        assert history.commit_date(made)
        assert set(history.last_change(made)) == {"a"}


def test_there_is_no_history_outside_git_or_before_the_first_commit(tmp_path: Path, repo: Any) -> None:
    with pytest.raises(SnapshotError, match="not in a git repository"):
        History(str(tmp_path))
    with pytest.raises(SnapshotError, match="not a revision"):
        History(str(repo.folder)).last_change()
