"""A folder that the editor works on, in both spellings: addresses of the editor, and paths of the tree around it."""

import os
from urllib.parse import quote

from pygls import uris

from mlgov.snapshot import repository_root


def file_path(uri: str) -> str | None:
    """The file that an address names; None for what is no file of this machine (`untitled:`, `git:`, `http:`)."""
    try:
        path = uris.to_fs_path(uri)
        return os.path.normpath(path) if path and os.path.isabs(path) and "\0" not in path else None
    except ValueError:  # an address that is none
        return None


class Root:
    """One folder. uri: as the editor spells it; folder: on disk; top: the folder of the tree, without links."""

    def __init__(self, uri: str, folder: str) -> None:
        self.uri, self.folder = uri.rstrip("/"), folder
        self.real = os.path.realpath(folder)
        self.top = os.path.realpath(repository_root(folder) or folder)

    def path_of(self, uri: str) -> str | None:
        """The path in the tree of an address; None outside of it. The file itself may be a link, or not exist."""
        path = file_path(uri)
        if path is None:
            return None
        inner = _below(path, self.folder)
        full = os.path.join(self.real, inner) if inner is not None else path
        real = os.path.join(os.path.realpath(os.path.dirname(full)), os.path.basename(full))
        found = _below(real, self.top)
        return found.replace(os.sep, "/") if found and found != "." else None

    def uri_of(self, path: str) -> str:
        """The address of a file of the tree, beginning as the editor's own where it lies in this folder."""
        full = os.path.join(self.top, *path.split("/"))
        inner = _below(full, self.real)
        if inner is None:
            return str(uris.from_fs_path(full))
        return f"{self.uri}/{quote(os.fsencode(inner.replace(os.sep, '/')))}"

    def holds(self, uri: str) -> bool:
        """True for an address of the folder itself, or of the tree around it."""
        return self.path_of(uri) is not None


def _below(path: str, folder: str) -> str | None:
    """The way from a folder to a path below it; None where it is not below."""
    try:
        way = os.path.relpath(path, folder)
    except ValueError:  # another drive
        return None
    return None if way == os.pardir or way.startswith(os.pardir + os.sep) else way
