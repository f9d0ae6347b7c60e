"""Writing several files of a repository: only regular files inside it, never through a link, all of them or none."""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress

from mlgov.edits import replace
from mlgov.errors import EditError


def why_not_writable(folder: str, path: str) -> str:
    """Why a file below a folder is not written to; "" where it may be."""
    at = folder
    parts = path.split("/")
    if not path or path.startswith("/") or ".." in parts:
        return "it lies outside the repository"
    for part in parts:
        at = os.path.join(at, part)
        try:
            mode = os.lstat(at).st_mode
        except OSError as error:
            return f"{path} cannot be reached: {error.strerror}"
        if stat.S_ISLNK(mode):
            return f"{path} is behind a symbolic link; edit what it points to by hand"
    if not stat.S_ISREG(mode):
        return f"{path} is no regular file"
    return "" if os.access(at, os.W_OK) else f"{path} is write-protected"


def replace_all(folder: str, files: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Give each file its new content. files: path to old and new content.

    `EditError` if one of them cannot be written or is not as it was; then every file is as it was.
    """
    for path in files:
        if reason := why_not_writable(folder, path):
            raise EditError(f"{reason}; nothing was written")
    done: list[str] = []
    try:
        for path, (old, new) in files.items():
            replace(_full(folder, path), new, old)
            done.append(path)
    except EditError:
        for path in done:
            old, new = files[path]
            with suppress(EditError):
                replace(_full(folder, path), old, new)
        raise


def _full(folder: str, path: str) -> str:
    return os.path.join(folder, *path.split("/"))
