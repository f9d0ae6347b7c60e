"""Reading a file of the disk never blocks, floods or leads away, and says why it does not work."""

import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import pytest

from mlgov.snapshot import READ_LIMIT, Unreadable, disk, open_snapshot


def _reads_everything() -> bool:
    with tempfile.NamedTemporaryFile() as file:
        os.chmod(file.name, 0)
        return os.access(file.name, os.R_OK)


needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


@needs_pipes
@pytest.mark.parametrize("in_git", [True, False])
def test_a_pipe_is_skipped_and_never_opened(repo: Any, tmp_path: Path, in_git: bool) -> None:
    folder = repo.folder if in_git else tmp_path / "plain"
    repo.commit({"mlgov.yaml": "1"})
    (folder / "sub").mkdir(parents=True)
    (folder / "mlgov.yaml").unlink(missing_ok=True)
    os.mkfifo(folder / "mlgov.yaml")
    tree = open_snapshot(str(folder))
    assert dict(tree.files()) == {}
    assert dict(tree.skipped()) == {"mlgov.yaml": "is a named pipe"}
    with pytest.raises(Unreadable, match="is a named pipe"):
        tree.read("mlgov.yaml")


@needs_pipes
def test_a_file_exchanged_for_a_pipe_after_listing_does_not_block(repo: Any) -> None:
    repo.commit({"a": "1"})
    tree = open_snapshot(str(repo.folder))
    (repo.folder / "a").unlink()
    os.mkfifo(repo.folder / "a")
    with pytest.raises(Unreadable, match="is a named pipe"):
        tree.read("a")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no socket files")
def test_a_socket_is_skipped() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{folder}/s")
        tree = open_snapshot(folder)
        assert dict(tree.skipped()) == {"s": "is a socket"}
        with pytest.raises(Unreadable, match="socket"):
            disk.read_file(folder, "s")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_device_is_not_read() -> None:
    with pytest.raises(Unreadable, match="is a device, not a file"):
        disk.read_file("/dev", "zero")


@pytest.mark.skipif(_reads_everything(), reason="modes do not stop this user: root, or Windows")
@pytest.mark.parametrize("in_git", [True, False])
def test_a_file_without_permission_is_listed_and_unreadable(repo: Any, tmp_path: Path, in_git: bool) -> None:
    folder = repo.folder if in_git else tmp_path / "plain"
    folder.mkdir(exist_ok=True)
    (folder / "a").write_text("1")
    (folder / "a").chmod(0)
    tree = open_snapshot(str(folder))
    assert tree.files()["a"] == "unread:may not be read: permission denied"
    with pytest.raises(Unreadable, match="permission denied"):
        tree.read("a")


@pytest.mark.skipif(_reads_everything(), reason="modes do not stop this user: root, or Windows")
def test_a_folder_without_permission_is_never_skipped_silently(repo: Any) -> None:
    repo.commit({"a": "1", "tracked/b": "2"})
    repo.write("new/c", "3")
    for folder in ("tracked", "new"):
        (repo.folder / folder).chmod(0)
    tree = open_snapshot(str(repo.folder))
    for folder in ("tracked", "new"):
        (repo.folder / folder).chmod(0o755)
    assert list(tree.files()) == ["a"]
    assert dict(tree.skipped()) == {"tracked/b": "may not be read: permission denied"}
    assert tree.notes == ("git says: warning: could not open directory 'new/': Permission denied",)


def test_a_refused_file_is_listed_and_unreadable(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("a", "1")
    tree = open_snapshot(str(repo.folder))

    def refuse(*_: Any, **__: Any) -> int:
        raise PermissionError(13, "in another language")

    monkeypatch.setattr(os, "open", refuse)
    assert tree.files()["a"] == "unread:may not be read: permission denied"
    with pytest.raises(Unreadable, match="permission denied"):
        tree.read("a")


def test_a_file_that_vanished_or_became_a_folder_is_unreadable(repo: Any) -> None:
    repo.commit({"a": "1", "b": "2", "c/d": "3"})
    tree = open_snapshot(str(repo.folder))
    for path in ("a", "b", "c/d"):
        (repo.folder / path).unlink()
    (repo.folder / "c").rmdir()
    (repo.folder / "b").mkdir()
    repo.write("c", "4")
    for path, reason in {"a": "has vanished", "b": "is a folder", "c/d": "not a folder"}.items():
        with pytest.raises(Unreadable, match=reason):
            tree.read(path)


def test_a_sparse_giant_costs_nothing(tmp_path: Path) -> None:
    with (tmp_path / "giant").open("wb") as file:
        file.truncate(8 << 30)
    tree = open_snapshot(str(tmp_path))
    assert tree.files()["giant"] == f"unread:is {8 << 30} bytes long, more than the limit of {READ_LIMIT}"
    with pytest.raises(Unreadable, match="more than the limit"):
        tree.read("giant")


def test_a_file_that_grows_while_it_is_read_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"x")
    monkeypatch.setattr(os, "read", lambda descriptor, most: b"x" * most)
    with pytest.raises(Unreadable, match="longer than the limit of 100 bytes"):
        disk.read_file(str(tmp_path), "a", 100)


def test_the_limit_is_exact(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert disk.read_file(str(tmp_path), "a", 5) == b"12345"
    with pytest.raises(Unreadable, match="is 5 bytes long"):
        disk.read_file(str(tmp_path), "a", 4)


def test_a_name_that_no_file_can_have_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no file can have"):
        disk.read_file(str(tmp_path), "\ud800")


def test_without_stepwise_opening_links_are_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.setattr(disk, "_STEPWISE", False)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a").write_text("1")
    (tmp_path / "link").symlink_to("sub")
    assert disk.read_file(str(tmp_path), "sub/a") == b"1"
    with pytest.raises(Unreadable, match="symbolic link"):
        disk.read_file(str(tmp_path), "link/a")
    with pytest.raises(Unreadable, match="vanished"):
        disk.read_file(str(tmp_path), "sub/b")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system does not show open files")
def test_no_file_stays_open(repo: Any) -> None:
    repo.commit({"a": "1", "x/y/b": "2"})
    tree = open_snapshot(str(repo.folder))
    (repo.folder / "x/y/b").unlink()
    before = len(os.listdir("/proc/self/fd"))
    tree.read("a")
    with pytest.raises(Unreadable):
        tree.read("x/y/b")
    assert len(os.listdir("/proc/self/fd")) == before
