"""The work tree is what lies on disk, tracked or new, and nothing that git ignores."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from mlgov.errors import SnapshotError
from mlgov.snapshot import Unreadable, content_key, disk, open_snapshot


def test_clean_files_are_known_without_reading_them(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a.yaml": "a", "sub/b.yaml": "b"})
    _make_older_than_index(repo)
    monkeypatch.setattr(disk, "read_file", _refuse_below(repo.folder))
    assert dict(open_snapshot(str(repo.folder)).files()) == {
        "a.yaml": content_key(b"a"),
        "sub/b.yaml": content_key(b"b"),
    }


def test_modified_and_new_files_are_read_and_deleted_ones_are_absent(repo: Any) -> None:
    repo.commit({"same": "1", "modified": "1", "deleted": "1", "sub/deleted": "1", ".gitignore": "*.log\n"})
    repo.write("modified", "2")
    repo.write("new/file", "3")
    repo.write("noise.log", "4")
    (repo.folder / "deleted").unlink()
    (repo.folder / "sub/deleted").unlink()
    tree = open_snapshot(str(repo.folder))
    assert list(tree.files()) == [".gitignore", "modified", "new/file", "same"]
    assert tree.files()["modified"] == content_key(b"2")
    assert tree.read("modified") == b"2"
    assert tree.read("new/file") == b"3"
    assert not tree.exists("sub")
    with pytest.raises(Unreadable, match="not a file of this tree"):
        tree.read("noise.log")


def test_a_change_within_the_same_tick_is_seen(repo: Any) -> None:
    repo.commit({"a": "old"})
    index_time = (repo.folder / ".git/index").stat().st_mtime_ns
    file = repo.write("a", "new")
    os.utime(file, ns=(index_time, index_time))
    assert open_snapshot(str(repo.folder)).files()["a"] == content_key(b"new")


def test_the_whole_repository_is_the_tree_from_everywhere_in_it(repo: Any, tmp_path: Path) -> None:
    repo.commit({"a": "1", "sub/b": "2"})
    (tmp_path / "link").symlink_to(repo.folder / "sub")
    for target in (repo.folder / "sub", repo.folder / "sub/b", tmp_path / "link"):
        tree = open_snapshot(str(target))
        assert tree.root == os.path.realpath(repo.folder)
        assert list(tree.files()) == ["a", "sub/b"]


@pytest.mark.parametrize("target", ["missing", "a\0b", ""])
def test_a_target_that_is_no_folder_is_an_error(target: str, tmp_path: Path) -> None:
    where = str(tmp_path / "x" / target) if target != "" else str(tmp_path / "nothing")
    with pytest.raises(SnapshotError, match="is not a folder"):
        open_snapshot(where)


def test_a_repository_without_commits_has_its_new_files(repo: Any) -> None:
    repo.write("a", "1")
    assert list(open_snapshot(str(repo.folder)).files()) == ["a"]


def test_submodules_and_embedded_repositories_are_not_entered(repo: Any, tmp_path: Path, new_repo: Any) -> None:
    other = new_repo(tmp_path / "other")
    other.commit({"inside": "1"})
    repo.commit({"a": "1"})
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.folder), "module")
    repo.commit()
    new_repo(repo.folder / "embedded").write("x", "1")
    for scope in ("worktree", "staged", "HEAD"):
        assert list(open_snapshot(str(repo.folder), scope).files()) == [".gitmodules", "a"]
    assert list(open_snapshot(str(repo.folder / "module")).files()) == ["inside"]
    assert list(open_snapshot(str(repo.folder / "module"), "HEAD").files()) == ["inside"]


def test_untracked_environments_and_caches_are_left_out_but_tracked_files_stay(repo: Any) -> None:
    repo.commit({"build/tracked": "1"})
    for path in (
        "build/new",
        ".venv/lib/x.py",
        "sub/node_modules/m/x.js",
        ".mlgov_cache/facts.json",
        ".dvc/cache/00/1",
    ):
        repo.write(path, "2")
    assert list(open_snapshot(str(repo.folder)).files()) == ["build/tracked"]


def test_a_folder_replaced_by_a_link_does_not_lead_out(repo: Any, tmp_path: Path) -> None:
    repo.commit({"sub/a": "inside"})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a").write_text("outside")
    (repo.folder / "sub/a").unlink()
    (repo.folder / "sub").rmdir()
    (repo.folder / "sub").symlink_to(tmp_path / "outside")
    tree = open_snapshot(str(repo.folder))
    assert dict(tree.files()) == {}
    assert dict(tree.skipped()) == {"sub": "is a symbolic link that leaves the tree"}


@pytest.mark.parametrize("attributes", ["*.txt text eol=crlf\n", "*.txt filter=upper\n"])
def test_a_file_that_git_converts_is_known_by_its_bytes_on_disk(repo: Any, attributes: str) -> None:
    repo.git("config", "filter.upper.clean", "sed s/XX/x/g")
    repo.git("config", "filter.upper.smudge", "sed s/x/XX/g")
    repo.commit({"a.txt": "x\n", "plain.yaml": "x\n", ".gitattributes": attributes})
    (repo.folder / "a.txt").unlink()
    repo.git("checkout", "--", "a.txt")
    _make_older_than_index(repo)
    assert repo.git("status", "--porcelain") == ""
    tree = open_snapshot(str(repo.folder))
    on_disk = (repo.folder / "a.txt").read_bytes()
    assert on_disk in (b"x\r\n", b"XX\n")
    assert tree.files()["a.txt"] == content_key(on_disk)
    assert tree.files()["plain.yaml"] == content_key(b"x\n")
    assert open_snapshot(str(repo.folder), "HEAD").files()["a.txt"] == content_key(b"x\n")


def test_a_sparse_checkout_says_what_is_not_on_disk(repo: Any) -> None:
    repo.commit({"in/a": "1", "out/b": "2", "out/c": "3"})
    repo.git("sparse-checkout", "set", "in")
    tree = open_snapshot(str(repo.folder))
    assert list(tree.files()) == ["in/a"]
    assert tree.notes == ("sparse checkout: 2 tracked files are not on disk",)
    assert list(open_snapshot(str(repo.folder), "staged").files()) == ["in/a", "out/b", "out/c"]


def test_a_merge_that_is_not_finished_is_read_from_disk(repo: Any) -> None:
    _conflict(repo)
    assert b"<<<<<<<" in open_snapshot(str(repo.folder)).read("a")
    with pytest.raises(SnapshotError, match="unfinished merge of 'a'"):
        open_snapshot(str(repo.folder), "staged")


def test_without_git_the_folder_is_walked_and_a_note_says_so(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a": "1", "sub/b": "2"})
    with_git = open_snapshot(str(repo.folder))
    monkeypatch.setenv("PATH", str(repo.folder / "nowhere"))
    without = open_snapshot(str(repo.folder / "sub"))
    assert dict(without.files()) == dict(with_git.files())
    assert without.root == with_git.root
    assert "git is missing" in without.notes[0]
    assert with_git.notes == ()
    with pytest.raises(SnapshotError, match="git is not installed"):
        open_snapshot(str(repo.folder), "staged")


def test_a_broken_index_is_an_error(repo: Any) -> None:
    repo.commit({"a": "1"})
    (repo.folder / ".git/index").write_bytes(b"DIRC broken")
    with pytest.raises(SnapshotError, match="git ls-files failed"):
        open_snapshot(str(repo.folder))


def test_an_index_that_cannot_be_looked_at_is_an_error(repo: Any) -> None:
    repo.commit({"a": "1"})
    (repo.folder / ".git/index").unlink()
    (repo.folder / ".git/index").symlink_to("index")
    with pytest.raises(SnapshotError, match="index is a symbolic link"):
        open_snapshot(str(repo.folder))


@pytest.mark.parametrize("path", ["../x", ".git/x", "./sub"])
def test_a_forged_index_cannot_name_paths_outside(repo: Any, path: str) -> None:
    honest = "y" * (len(path) - 2) + "/x" if path.count("/") == 1 else path
    repo.commit({"a": "1", honest: "2"})
    (repo.folder.parent / "x").write_text("secret")
    index = repo.folder / ".git/index"
    forged = index.read_bytes()[:-20].replace(honest.encode(), path.encode())
    index.write_bytes(forged + hashlib.sha1(forged).digest())
    for scope in ("worktree", "staged"):
        tree = open_snapshot(str(repo.folder), scope)
        assert path not in tree.files()
        assert tree.skipped()[path] == "has a name that leaves the tree"


def test_a_name_that_this_system_cannot_have_is_skipped(repo: Any) -> None:
    repo.commit({"a": "1"})
    name = "x" * 300
    repo.git("update-index", "--add", "--cacheinfo", f"100644,{repo.git('rev-parse', 'HEAD:a')},{name}")
    tree = open_snapshot(str(repo.folder))
    assert dict(tree.skipped()) == {name: "has a name that is too long for this system"}


@pytest.mark.parametrize("where", ["info/attributes", "config"])
def test_conversion_is_noticed_wherever_it_is_asked_for(repo: Any, where: str) -> None:
    repo.commit({"a.txt": "x\n"})
    if where == "config":
        repo.git("config", "core.autocrlf", "true")
    else:
        repo.write(".git/info/attributes", "* text eol=crlf\n")
    (repo.folder / "a.txt").unlink()
    repo.git("checkout", "--", "a.txt")
    _make_older_than_index(repo)
    assert open_snapshot(str(repo.folder)).files()["a.txt"] == content_key(b"x\r\n")


def test_a_repository_with_sha_256_has_its_own_keys(tmp_path: Path, new_repo: Any) -> None:
    repo = new_repo(tmp_path / "x")
    repo.git("init", "-q", "--object-format=sha256", str(tmp_path / "repo"))
    repo.folder = tmp_path / "repo"
    repo.commit({"a": "1"})
    repo.write("b", "1")
    tree = open_snapshot(str(repo.folder))
    assert tree.files()["a"] == tree.files()["b"] == content_key(b"1", "sha256")
    assert open_snapshot(str(repo.folder), "HEAD").read("a") == b"1"


def _make_older_than_index(repo: Any) -> None:
    """Let git notice the files long before it writes its index, as after an ordinary checkout."""
    for file in repo.folder.rglob("*"):
        if file.is_file() and ".git" not in file.parts:
            os.utime(file, (1_700_000_000, 1_700_000_000))
    repo.git("add", "-A")


def _refuse_below(root: Path) -> Any:
    real = disk.read_file

    def read_file(folder: str, path: str, limit: int = 0) -> bytes:
        assert folder != os.path.realpath(root), f"{path} was read"
        return real(folder, path)

    return read_file


def _conflict(repo: Any) -> None:
    repo.commit({"a": "1\n"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"a": "2\n"})
    repo.git("checkout", "-q", "main")
    repo.commit({"a": "3\n"})
    repo.git("merge", "-q", "side", ok=(1,))
