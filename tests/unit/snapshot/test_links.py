"""A link is a file of the tree if it leads to one, and never a way out."""

import os
from pathlib import Path
from typing import Any

import pytest

from mlgov.snapshot import Unreadable, links, open_snapshot

LEAVES = "is a symbolic link that leaves the tree"
NOWHERE = "is a symbolic link that does not lead to a file of the tree"
LOOPS = "is a symbolic link in a loop, or in a chain of more than 8"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("../outside", LEAVES),
        ("/dev/zero", LEAVES),
        ("/proc/self/environ", LEAVES),
        ("sub/../../repo/a", LEAVES),
        ("missing", NOWHERE),
        ("sub", NOWHERE),
        (".", NOWHERE),
        (".git/config", NOWHERE),
        ("ignored.log", NOWHERE),
        ("link", LOOPS),
    ],
)
def test_a_link_that_leads_nowhere_is_skipped_with_a_reason(
    repo: Any, tmp_path: Path, target: str, reason: str
) -> None:
    (tmp_path / "outside").write_text("secret")
    repo.commit({"a": "1", "sub/b": "2", ".gitignore": "*.log"})
    repo.write("ignored.log", "3")
    (repo.folder / "link").symlink_to(target)
    for scope in ("worktree", "staged", "HEAD"):
        if scope == "staged":
            repo.commit()
        tree = open_snapshot(str(repo.folder), scope)
        assert list(tree.files()) == [".gitignore", "a", "sub/b"]
        assert dict(tree.skipped()) == {"link": reason}
        assert not tree.exists("link")
        with pytest.raises(Unreadable, match=reason):
            tree.read("link")


def test_a_link_inside_is_the_file_that_it_means(repo: Any) -> None:
    repo.write("sub/b", "2")
    (repo.folder / "one").symlink_to("sub/b")
    (repo.folder / "folder").symlink_to("sub")
    (repo.folder / "two").symlink_to("./folder//b")
    (repo.folder / "sub/three").symlink_to("../two")
    repo.commit()
    for scope in ("worktree", "staged", "HEAD"):
        tree = open_snapshot(str(repo.folder), scope)
        assert list(tree.files()) == ["one", "sub/b", "sub/three", "two"]
        assert len(set(tree.files().values())) == 1
        assert {tree.read(path) for path in tree.files()} == {b"2"}


def test_a_file_exchanged_for_a_link_after_listing_is_not_followed(repo: Any, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "b").write_text("secret")
    repo.commit({"a": "1", "sub/b": "2"})
    tree = open_snapshot(str(repo.folder))
    (repo.folder / "a").unlink()
    (repo.folder / "a").symlink_to(tmp_path / "secret")
    (repo.folder / "sub/b").unlink()
    (repo.folder / "sub").rmdir()
    (repo.folder / "sub").symlink_to(tmp_path)
    for path in ("a", "sub/b"):
        with pytest.raises(Unreadable, match=r"symbolic link|not a folder"):
            tree.read(path)


def test_chains_end_after_eight_hops() -> None:
    chain = {f"l{number}": f"l{number + 1}" for number in range(12)}
    found = links.resolved(chain, {"l12"})
    assert found.files == dict.fromkeys(["l4", "l5", "l6", "l7", "l8", "l9", "l10", "l11"], "l12")
    assert set(found.broken.values()) == {LOOPS}


def test_links_that_multiply_cost_nothing() -> None:
    """Each component of the text is a link to twice as many: 2**20 paths for a system that follows them."""
    bomb = {f"l{number}": "/".join([f"l{number + 1}"] * 2).replace("//", "/") for number in range(20)}
    assert set(links.resolved(bomb, set()).broken) == set(bomb)


def test_windows_targets_leave_the_tree() -> None:
    assert links.resolved({"l": "C:/Windows/win.ini"}, set()).broken == {"l": LEAVES}


def test_a_link_with_a_name_longer_than_any_path_is_skipped(repo: Any) -> None:
    repo.commit({"a": "1"})
    blob = repo.git("hash-object", "-w", "--stdin", content=b"x" * 5000)
    repo.git("update-index", "--add", "--cacheinfo", f"120000,{blob},link")
    tree = open_snapshot(str(repo.folder), "staged")
    assert list(tree.files()) == ["a"]
    assert "5000 bytes long" in tree.skipped()["link"]


def test_removing_links_during_listing_is_no_crash(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1"})
    (repo.folder / "link").symlink_to("a")

    def vanished(path: Any) -> Any:
        raise FileNotFoundError(2, "gone")

    monkeypatch.setattr(os, "readlink", vanished)
    tree = open_snapshot(str(repo.folder))
    assert list(tree.files()) == ["a"]
