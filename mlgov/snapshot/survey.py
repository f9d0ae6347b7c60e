"""A look at every path that git lists, to tell which files lie on disk unchanged.

git itself is not asked, because to be sure it would run the filters that the repository configures.
"""

import os
import stat

from mlgov.snapshot import disk
from mlgov.snapshot.listing import LINK, REGULAR, Entry, is_proper
from mlgov.snapshot.walk import Found, is_pruned


class Survey:
    """What was seen: `keys` of regular files (None = not known without reading), `sizes` of the known ones."""

    def __init__(self, root: str, index_time: int) -> None:
        self.keys: dict[str, str | None] = {}
        self.sizes: dict[str, int] = {}
        self.found = Found([], {}, {})
        self.sparse = 0
        self._root = root
        self._index_time = index_time
        self._real_folders = {"": True}

    def add_tracked(self, entry: Entry) -> None:
        """Look at an entry of the index; a deleted file is no file of the tree, a submodule is not entered."""
        if not is_proper(entry.path):
            self.found.others[entry.path] = "has a name that leaves the tree"
        elif entry.mode in (*REGULAR, LINK) and (status := self._status(entry.path)):
            self._add(entry.path, status)
            if entry.mode != LINK and _is_clean(entry, status, self._index_time):
                self.keys[entry.path] = f"git:{entry.blob}"
                self.sizes[entry.path] = status.st_size
        elif entry.is_sparse:
            self.sparse += 1

    def add_untracked(self, path: str) -> None:
        """Look at a new file; a path that ends with `/` is another repository and is not entered."""
        made = any(is_pruned(path[:at]) for at, sign in enumerate(path) if sign == "/")
        if not made and not path.endswith("/") and is_proper(path) and (status := self._status(path)):
            self._add(path, status)

    def _add(self, path: str, status: os.stat_result) -> None:
        if stat.S_ISREG(status.st_mode):
            self.keys[path] = None
        elif stat.S_ISLNK(status.st_mode):
            self._add_link(path)
        elif not stat.S_ISDIR(status.st_mode):
            self.found.others[path] = disk.kind(status.st_mode)

    def _add_link(self, path: str) -> None:
        try:
            self.found.links[path] = disk.link_text(f"{self._root}/{path}")
        except OSError as error:
            self.found.others[path] = disk.reason(error)

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
