"""A revision is read from git's store through one process, which survives what it cannot read."""

import gc
import os
from pathlib import Path
from typing import Any

import pytest

from mlgov.errors import SnapshotError
from mlgov.snapshot import Unreadable, open_snapshot


def test_a_revision_is_what_was_committed(repo: Any) -> None:
    first = repo.commit({"a": "1", "sub/b": "2"})
    repo.commit({"a": "3"})
    repo.git("tag", "v1", first)
    for revision in (first, first[:10], "HEAD~1", "main^", "v1"):
        tree = open_snapshot(str(repo.folder / "sub"), revision)
        assert tree.root == f"{revision} of {os.path.realpath(repo.folder)}"
        assert {path: tree.read(path) for path in tree.files()} == {"a": b"1", "sub/b": b"2"}


@pytest.mark.parametrize("revision", ["nope", "", "-h", "--output=x", "HEAD:a", "a b", "a..b", "main\n", "HEAD^{tree}"])
def test_an_unknown_or_strange_revision_is_an_error(repo: Any, revision: str) -> None:
    repo.commit({"a": "1"})
    with pytest.raises(SnapshotError):
        open_snapshot(str(repo.folder), revision)
    assert not (repo.folder / "x").exists()


def test_there_is_no_revision_outside_git(tmp_path: Path) -> None:
    for scope in ("staged", "HEAD"):
        with pytest.raises(SnapshotError, match="is not in a git repository"):
            open_snapshot(str(tmp_path), scope)


def test_reading_goes_on_after_a_large_and_a_lost_blob(repo: Any) -> None:
    repo.commit({"a": "1", "large": b"x" * 300_000, "lost": "gone", "z": "2"})
    blob = repo.git("rev-parse", "HEAD:lost")
    tree = open_snapshot(str(repo.folder), "HEAD")
    assert tree.read("a") == b"1"
    with pytest.raises(Unreadable, match="300000 bytes long"):
        tree.read("large", limit=1000)
    (repo.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Unreadable, match="missing or broken"):
        tree.read("lost")
    assert tree.read("z") == b"2"
    assert tree.read("large") == b"x" * 300_000
    assert tree.read("large", limit=300_000)


def test_a_broken_object_is_unreadable(repo: Any) -> None:
    repo.commit({"a": "1", "b": "2"})
    blob = repo.git("rev-parse", "HEAD:a")
    file = repo.folder / ".git/objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.write_bytes(b"not zlib")
    tree = open_snapshot(str(repo.folder), "HEAD")
    with pytest.raises(Unreadable, match="missing or broken"):
        tree.read("a")
    assert tree.read("b") == b"2"


def test_one_process_serves_all_reads_and_ends_with_the_tree(repo: Any) -> None:
    repo.commit({f"file{number}": str(number) for number in range(50)})
    tree: Any = open_snapshot(str(repo.folder), "HEAD")
    tree.read("file0")
    process = tree._reader._process
    assert [tree.read(path).decode() for path in tree.files()] == [path[4:] for path in tree.files()]
    assert tree._reader._process is process
    assert process.poll() is None
    del tree
    gc.collect()
    assert process.returncode is not None


def test_a_process_that_was_killed_is_replaced(repo: Any) -> None:
    repo.commit({"a": "1"})
    tree: Any = open_snapshot(str(repo.folder), "HEAD")
    tree.read("a")
    tree._reader._process.kill()
    tree._reader._process.wait()
    with pytest.raises(Unreadable):
        tree.read("a")
    assert tree.read("a") == b"1"


def test_a_closed_tree_can_be_read_again(repo: Any) -> None:
    repo.commit({"a": "1"})
    with open_snapshot(str(repo.folder), "HEAD") as tree:  # type: ignore[attr-defined]
        assert tree.read("a") == b"1"
    assert tree.read("a") == b"1"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_gets_its_own_process(repo: Any) -> None:
    """Two readers of one pipe would give each other's answers."""
    repo.commit({f"file{number}": str(number) * 1000 for number in range(50)})
    tree = open_snapshot(str(repo.folder), "HEAD")
    tree.read("file0")
    child = os.fork()
    if child == 0:
        right = all(tree.read(f"file{number}") == str(number).encode() * 1000 for number in range(50))
        del tree
        gc.collect()
        os._exit(0 if right else 1)
    right = all(tree.read(f"file{number}") == str(number).encode() * 1000 for number in range(50))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert right


def test_a_file_that_is_no_blob_is_unreadable(repo: Any) -> None:
    repo.commit({"a": "1", "sub/b": "2"})
    repo.git("update-index", "--add", "--cacheinfo", f"100644,{repo.git('rev-parse', 'HEAD:sub')},tree")
    tree = open_snapshot(str(repo.folder), "staged")
    with pytest.raises(Unreadable, match="missing or broken"):
        tree.read("tree")
    assert tree.read("a") == b"1"


@pytest.mark.parametrize("name", ["..", ".", ".git", ".GIT"])
def test_a_forged_tree_cannot_name_paths_outside(repo: Any, name: str) -> None:
    repo.commit({"a": "1"})
    blob = bytes.fromhex(repo.git("rev-parse", "HEAD:a"))
    inner = repo.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", content=b"100644 x\0" + blob)
    forged = b"100644 a\0" + blob + b"40000 " + name.encode() + b"\0" + bytes.fromhex(inner)
    tree = repo.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", content=forged)
    commit = repo.git("commit-tree", tree, "-m", "forged")
    snapshot = open_snapshot(str(repo.folder), commit)
    assert list(snapshot.files()) == ["a"]
    assert dict(snapshot.skipped()) == {f"{name}/x": "has a name that leaves the tree"}
