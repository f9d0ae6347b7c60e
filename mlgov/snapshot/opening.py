"""Which tree is meant: a folder, what is staged in it, or a revision of it."""

import os

from mlgov.errors import SnapshotError
from mlgov.snapshot.repository import repository_around
from mlgov.snapshot.tree import Snapshot


def open_snapshot(target: str, scope: str = "worktree") -> Snapshot:
    """The tree around `target`: `scope` is `worktree`, `staged` or any revision.

    In a git repository the whole repository is the tree, wherever in it `target` lies; elsewhere it is the folder.
    Raises `SnapshotError` if there is no such folder or revision, or the tree cannot be listed.
    """
    folder = _folder(target)
    repository = repository_around(folder)
    if scope == "worktree":
        from mlgov.snapshot.folder import open_folder
        from mlgov.snapshot.worktree import open_work_tree

        return open_work_tree(repository) if repository else open_folder(folder)
    if repository is None:
        raise SnapshotError(f"{folder} is not in a git repository, so it has no {scope!a} to check")
    if scope == "staged":
        from mlgov.snapshot.index import open_index

        return open_index(repository)
    from mlgov.snapshot.revision import open_revision

    return open_revision(repository, scope)


def _folder(target: str) -> str:
    """The folder that a target is or lies in, without links."""
    try:
        folder = os.path.realpath(target)
        if os.path.isfile(folder):
            folder = os.path.dirname(folder)
        if os.path.isdir(folder):
            return folder
    except ValueError:
        pass
    raise SnapshotError(f"{target!a} is not a folder")
