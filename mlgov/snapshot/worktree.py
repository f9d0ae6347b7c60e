"""The files as they lie on disk: tracked or new and not ignored in git, all of them elsewhere."""

import os
import stat

from mlgov.errors import SnapshotError
from mlgov.snapshot import disk, walk
from mlgov.snapshot.links import resolved
from mlgov.snapshot.listing import LINK, REGULAR, Entry, index_entries, is_proper
from mlgov.snapshot.plumbing import Git, GitMissing
from mlgov.snapshot.repository import Repository
from mlgov.snapshot.tree import READ_LIMIT, ListedTree, Listing, Unreadable, content_key


class FolderTree(ListedTree):
    """A snapshot of a folder; a key that git does not vouch for is computed when it is first asked for."""

    def __init__(self, root: str, keys: dict[str, str | None], found: walk.Found, notes: tuple[str, ...] = ()) -> None:
        self._links, broken = resolved(found.links, keys)
        sha256 = any(key is not None and len(key) > 44 for key in keys.values())
        self._algorithm = "sha256" if sha256 else "sha1"
        listing = Listing({**keys, **dict.fromkeys(self._links)}, self._key_of)
        super().__init__(root, listing, dict(sorted({**found.others, **broken}.items())), notes)

    def read(self, path: str, limit: int = READ_LIMIT) -> bytes:
        """The content of a listed file; raises `Unreadable` with a reason for everything else."""
        self._refuse_unlisted(path)
        return disk.read_file(self.root, self._links.get(path, path), limit)

    def _key_of(self, path: str) -> str:
        if path in self._links:
            return self._listing[self._links[path]]
        try:
            return content_key(disk.read_file(self.root, path), self._algorithm)
        except Unreadable as error:
            return f"unread:{error.reason}"


def open_folder(root: str, notes: tuple[str, ...] = ()) -> FolderTree:
    """The snapshot of a folder without git; raises `SnapshotError` if it cannot be listed."""
    found = walk.walked(root)
    return FolderTree(root, dict.fromkeys(found.files), found, notes)


def open_work_tree(repository: Repository) -> FolderTree:
    """The snapshot of a work tree; without a git program, of everything in its folder, said in a note."""
    git = Git(repository)
    index_time = _modified(repository.index_file)
    try:
        entries, others = index_entries(git, untracked=True)
    except GitMissing:
        return open_folder(repository.root, ("git is missing: all files of the folder are read, ignored ones too",))
    survey = _Survey(repository.root, index_time)
    for entry in entries:
        survey.add_tracked(entry)
    for path in others:
        survey.add_untracked(path)
    _distrust_converted(git, survey)
    return FolderTree(repository.root, survey.keys, survey.found, survey.notes())


class _Survey:
    """Looks at each listed path on disk, once, and never through a link."""

    def __init__(self, root: str, index_time: int) -> None:
        self.keys: dict[str, str | None] = {}
        self.found = walk.Found([], {}, {})
        self._root = root
        self._index_time = index_time
        self._real_folders = {"": True}
        self._sparse = 0

    def add_tracked(self, entry: Entry) -> None:
        if not is_proper(entry.path):
            self.found.others[entry.path] = "has a name that leaves the tree"
        elif entry.mode in (*REGULAR, LINK) and (status := self._status(entry.path)):
            clean = entry.mode != LINK and _is_clean(entry, status, self._index_time)
            self._add(entry.path, status, f"git:{entry.blob}" if clean else None)
        elif entry.is_sparse:
            self._sparse += 1

    def add_untracked(self, path: str) -> None:
        """A path that ends with `/` is another repository: like a submodule, it is not entered."""
        folder = path.rpartition("/")[0]
        if path.endswith("/") or not is_proper(path) or self._is_made(folder):
            return
        if status := self._status(path):
            self._add(path, status, None)

    def notes(self) -> tuple[str, ...]:
        return (f"sparse checkout: {self._sparse} tracked files are not on disk",) if self._sparse else ()

    def _add(self, path: str, status: os.stat_result, key: str | None) -> None:
        if stat.S_ISREG(status.st_mode):
            self.keys[path] = key
        elif stat.S_ISLNK(status.st_mode):
            self.found.links[path] = disk.link_text(f"{self._root}/{path}")
        elif not stat.S_ISDIR(status.st_mode):
            self.found.others[path] = disk.kind(status.st_mode)

    def _status(self, path: str) -> os.stat_result | None:
        """None if the path is deleted or lies behind a link."""
        if not self._is_real(path.rpartition("/")[0]):
            return None
        try:
            return os.lstat(disk.system_path(f"{self._root}/{path}"))
        except FileNotFoundError:
            return None
        except OSError as error:
            self.found.others[path] = disk.reason(error)
            return None

    def _is_real(self, folder: str) -> bool:
        known = self._real_folders.get(folder)
        if known is None:
            known = self._is_real(folder.rpartition("/")[0]) and _is_folder(f"{self._root}/{folder}")
            self._real_folders[folder] = known
        return known

    @staticmethod
    def _is_made(folder: str) -> bool:
        while folder and not walk.is_pruned(folder):
            folder = folder.rpartition("/")[0]
        return bool(folder)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(disk.system_path(path)).st_mode)
    except OSError:
        return False


def _is_clean(entry: Entry, status: os.stat_result, index_time: int) -> bool:
    """Whether the file is surely what the index recorded; every doubt costs only a hash.

    A file as young as the index may have changed in the same tick, and git writes size 0 for "look again".
    """
    stamp = entry.stamp
    return (
        stamp is not None
        and entry.stage == 0
        and stamp.size == status.st_size & 0xFFFFFFFF != 0
        and stamp.mtime == divmod(status.st_mtime_ns, 10**9)
        and stamp.ctime == divmod(status.st_ctime_ns, 10**9)
        and stamp.inode in (0, status.st_ino & 0xFFFFFFFF)
        and status.st_mtime_ns < index_time
    )


def _modified(index: str) -> int:
    try:
        return os.stat(index).st_mtime_ns
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise SnapshotError(f"{index} {disk.reason(error)}") from error


def _distrust_converted(git: Git, survey: _Survey) -> None:
    """Forget the keys of files whose bytes on disk are not their blob's: large-file pointers, changed line ends.

    Such a file is clean for git, yet reading it gives other bytes. Asked only where attributes can convert.
    """
    del git, survey
