"""The files of a folder that git does not list, found by walking it."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from mlgov.errors import SnapshotError
from mlgov.snapshot import disk
from mlgov.snapshot.listing import DEPTH

CAP = 100_000
_Entry = os.DirEntry[str] | os.DirEntry[bytes]

_PRUNED = {
    *(".git", ".hg", ".svn"),
    *(".venv", "venv", "env", "node_modules", "site-packages", ".tox", ".nox"),
    *("__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".mlgov_cache"),
    *("dist", "build"),
}
_PRUNED_BELOW = {".dvc/cache", ".dvc/tmp"}


class Found(NamedTuple):
    """What stands in a folder: regular files, links with the text in them, other things with a reason."""

    files: list[str]
    links: dict[str, str]
    others: dict[str, str]


def is_pruned(folder: str) -> bool:
    """Whether a folder holds what tools make or install, so that nothing in it speaks for the project."""
    name = folder.rpartition("/")[2]
    return name in _PRUNED or name.endswith(".egg-info") or "/".join(folder.split("/")[-2:]) in _PRUNED_BELOW


def walked(root: str) -> Found:
    """Everything below `root`; raises `SnapshotError` if it cannot be listed or has no end."""
    found = Found([], {}, {})
    pending, visited = [""], set[tuple[int, int]]()
    while pending:
        folder = pending.pop()
        try:
            entries = _entries(root, folder)
        except OSError as error:
            if not folder:
                raise SnapshotError(f"{root} {disk.reason(error)}") from error
            found.others[folder] = disk.reason(error)
            continue
        pending += _sorted_out(root, folder, entries, found, visited)
        if len(found.files) > CAP:
            raise SnapshotError(f"{root} has more than {CAP} files; check a smaller folder, or a git repository")
    return found


def _entries(root: str, folder: str) -> list[_Entry]:
    with os.scandir(disk.system_path(f"{root}/{folder}" if folder else root)) as entries:
        return list(entries)


def _sorted_out(
    root: str,
    folder: str,
    entries: Iterable[_Entry],
    found: Found,
    visited: set[tuple[int, int]],
) -> list[str]:
    """Put the entries of one folder where they belong; return the folders to enter."""
    inner = []
    for entry in entries:
        name = disk.path_text(entry.name)
        path = f"{folder}/{name}" if folder else name
        try:
            if entry.is_symlink():
                found.links[path] = disk.link_text(f"{root}/{path}")
            elif entry.is_file(follow_symlinks=False):
                found.files.append(path)
            elif not entry.is_dir(follow_symlinks=False):
                found.others[path] = disk.kind(entry.stat(follow_symlinks=False).st_mode)
            elif not is_pruned(path) and _is_new(entry, visited):
                inner.append(path)
        except OSError as error:
            found.others[path] = disk.reason(error)
    if inner and folder.count("/") + 1 >= DEPTH:
        raise SnapshotError(f"folders are nested deeper than {DEPTH}: {folder[:80]!a} ...")
    return inner


def _is_new(entry: _Entry, visited: set[tuple[int, int]]) -> bool:
    """A folder seen before is a mount or junction that leads back up."""
    status = entry.stat(follow_symlinks=False)
    identity = (status.st_dev, status.st_ino)
    if identity in visited and status.st_ino:
        return False
    visited.add(identity)
    return True
