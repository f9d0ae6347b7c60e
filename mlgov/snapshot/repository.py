"""Where the git repository around a folder is, found without asking git or its configuration."""

import os
from typing import NamedTuple


class Repository(NamedTuple):
    """root: the top folder of the work tree; git_dir: its git folder; index_file: the index in force."""

    root: str
    git_dir: str
    index_file: str

    @property
    def common_dir(self) -> str:
        """The git folder that all linked work trees share."""
        return _pointed(os.path.join(self.git_dir, "commondir"), "", self.git_dir) or self.git_dir


def repository_root(target: str) -> str | None:
    """The top folder of the git work tree that `target` lies in, or None outside git."""
    found = _top(target)
    return found[0] if found else None


def repository_around(target: str) -> Repository | None:
    """The repository of the nearest folder above `target` that has a `.git` in working order."""
    found = _top(target)
    return Repository(*found, _index_in_force(*found)) if found else None


def _top(target: str) -> tuple[str, str] | None:
    """The top folder of the work tree around `target`, and its git folder."""
    here = os.path.realpath(target)
    while True:
        if git_dir := _git_dir(os.path.join(here, ".git"), here):
            return here, git_dir
        if here == (here := os.path.dirname(here)):
            return None


def _git_dir(entry: str, folder: str) -> str | None:
    """The git folder that a `.git` is or names; None if it is not one."""
    git_dir = entry if os.path.isdir(entry) else _pointed(entry, "gitdir:", folder)
    if git_dir is None or not os.path.lexists(os.path.join(git_dir, "HEAD")):
        return None
    parts = ("objects", "commondir")
    return os.path.realpath(git_dir) if any(os.path.exists(os.path.join(git_dir, part)) for part in parts) else None


def _pointed(entry: str, prefix: str, folder: str) -> str | None:
    """The folder named in a small pointer file, as linked work trees and submodules have one."""
    if not os.path.isfile(entry):
        return None
    with open(entry, encoding="utf-8", errors="surrogateescape") as pointer:
        text = pointer.read(8192)
    if not text.startswith(prefix):
        return None
    return os.path.realpath(os.path.join(folder, text[len(prefix) :].strip("\r\n ")))


def _index_in_force(root: str, git_dir: str) -> str:
    """The exported index while a commit is being made in this very repository, else its own."""
    own = os.path.join(git_dir, "index")
    exported = os.environ.get("GIT_INDEX_FILE")
    if not exported:
        return own
    for base in (os.getcwd(), root):
        path = os.path.realpath(os.path.join(base, exported))
        if os.path.exists(path) and _belongs(path, root, git_dir):
            return path
    return own


def _belongs(index: str, root: str, git_dir: str) -> bool:
    """An exported index is this repository's if the git folder says so, or the place of either file."""
    exported = os.environ.get("GIT_DIR")
    if exported:
        return any(os.path.realpath(os.path.join(base, exported)) == git_dir for base in (os.getcwd(), root))
    if os.path.dirname(index) == git_dir:
        return True
    return _top(os.getcwd()) == (root, git_dir)
