"""Outside git every file counts, except in folders that tools fill; a walk has an end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mlgov.errors import SnapshotError
from mlgov.snapshot import content_key, open_snapshot, repository_root, walk


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("1")


def test_all_files_are_listed_with_their_keys(tmp_path: Path) -> None:
    put(tmp_path, "a", ".hidden/b", "sub/data/c")
    assert dict(open_snapshot(str(tmp_path)).files()) == dict.fromkeys(
        [".hidden/b", "a", "sub/data/c"], content_key(b"1")
    )
    assert repository_root(str(tmp_path)) is None


@pytest.mark.parametrize(
    "folder",
    [
        ".git .hg .svn .venv venv env node_modules site-packages __pycache__ .tox .nox .mypy_cache .ruff_cache",
        ".pytest_cache .dvc/cache .dvc/tmp .mlgov_cache dist build x.egg-info",
    ],
)
def test_folders_that_tools_fill_are_left_out(tmp_path: Path, folder: str) -> None:
    for name in folder.split():
        put(tmp_path, f"{name}/x", f"sub/{name}/y/x", f"files/{name.replace('/', '-')}-x")
    put(tmp_path, ".dvc/config", "cache/a", "sub/files/build")
    left = [path for path in open_snapshot(str(tmp_path)).files() if not path.startswith("files/")]
    assert left == [".dvc/config", "cache/a", "sub/files/build"]


def test_a_folder_that_is_named_itself_is_read(tmp_path: Path) -> None:
    put(tmp_path, "build/a")
    assert list(open_snapshot(str(tmp_path / "build")).files()) == ["a"]


def test_an_empty_git_folder_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    put(tmp_path, "a")
    assert list(open_snapshot(str(tmp_path)).files()) == ["a"]


@pytest.mark.parametrize("pointer", ["gitdir: missing", "nonsense", "gitdir: ", "gitdir: /dev", "\udcff"])
def test_a_git_file_that_points_nowhere_is_no_repository(tmp_path: Path, pointer: str) -> None:
    (tmp_path / ".git").write_bytes(pointer.encode("utf-8", "surrogateescape"))
    assert repository_root(str(tmp_path)) is None


def test_a_deep_tree_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "/".join(["d"] * 64) + "/a")
    assert len(open_snapshot(str(tmp_path)).files()) == 1
    put(tmp_path, "/".join(["d"] * 65) + "/a")
    with pytest.raises(SnapshotError, match="nested deeper than 64"):
        open_snapshot(str(tmp_path))


def test_too_many_files_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "CAP", 3)
    put(tmp_path, "a", "b", "c/d")
    assert len(open_snapshot(str(tmp_path)).files()) == 3
    put(tmp_path, "c/e")
    with pytest.raises(SnapshotError, match="more than 3 files"):
        open_snapshot(str(tmp_path))


def test_a_folder_that_cannot_be_listed_is_skipped_with_a_reason_and_the_root_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a", "closed/b")
    real, refused = os.scandir, ["closed"]

    def scandir(path: bytes) -> object:
        if os.fsdecode(path).endswith(refused[0]):
            raise PermissionError(13, "no")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    tree = open_snapshot(str(tmp_path))
    assert list(tree.files()) == ["a"]
    assert dict(tree.skipped()) == {"closed": "may not be read: permission denied"}
    refused[0] = tmp_path.name
    with pytest.raises(SnapshotError, match="permission denied"):
        open_snapshot(str(tmp_path))


def test_what_vanishes_during_the_walk_is_skipped_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a")
    (tmp_path / "link").symlink_to("a")
    monkeypatch.setattr(os, "readlink", lambda path: os.stat(path + b"-gone"))
    assert dict(open_snapshot(str(tmp_path)).skipped()) == {"link": "has vanished"}


def test_links_to_folders_are_not_entered(tmp_path: Path) -> None:
    put(tmp_path, "sub/a")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "again").symlink_to("sub")
    tree = open_snapshot(str(tmp_path))
    assert list(tree.files()) == ["sub/a"]
    assert set(tree.skipped()) == {"again", "loop"}


def test_a_folder_that_is_mounted_into_itself_is_entered_once(tmp_path: Path) -> None:
    put(tmp_path, "sub/a")
    visited: set[tuple[int, int]] = set()
    with os.scandir(tmp_path) as entries:
        (entry,) = entries
    assert walk._is_new(entry, visited)
    assert not walk._is_new(entry, visited)


@pytest.mark.parametrize("locale", ["C", "tr_TR.ISO-8859-9"])
def test_names_do_not_depend_on_the_locale(tmp_path: Path, locale: str) -> None:
    if sys.platform != "linux":
        pytest.skip("file names are text here")
    (tmp_path / os.fsdecode("é\udcff".encode("utf-8", "surrogateescape"))).write_text("1")
    program = f"from mlgov.snapshot import open_snapshot as o; t = o({str(tmp_path)!r}); print(*map(ascii, t.files()))"
    environment = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    root = Path(walk.__file__).parents[2]
    said = subprocess.check_output([sys.executable, "-c", program], env=environment, cwd=root)
    assert said.decode().strip() == r"'\xe9\udcff'"
