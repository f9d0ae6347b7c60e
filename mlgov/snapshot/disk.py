"""Reading one file of a folder without being led out of it, blocked or flooded.

Where the system allows it every component is opened by itself and no link is followed, so nothing can be exchanged
between a check and a read. Paths are bytes for the system, so that their meaning does not depend on the locale.
"""

import errno
import os
import stat

from mlgov.snapshot.tree import READ_LIMIT, Unreadable, too_large

_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
    _FLAGS |= getattr(os, _name, 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_STEPWISE = os.open in os.supports_dir_fd

_REASONS = {
    errno.ENOENT: "has vanished",
    errno.EACCES: "may not be read: permission denied",
    errno.EPERM: "may not be read: permission denied",
    errno.ELOOP: "is a symbolic link, or lies behind one",
    errno.ENOTDIR: "lies behind something that is not a folder",
    errno.ENXIO: "is a socket or a pipe",
    errno.ENAMETOOLONG: "has a name that is too long for this system",
}

SystemPath = str | bytes


def system_path(path: str) -> SystemPath:
    """The path as the system wants it; raises `Unreadable` if no file can have this name."""
    try:
        return path if os.name == "nt" else path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise Unreadable("has a name that no file can have") from None


def path_text(path: SystemPath) -> str:
    """The path as text with `/`; bytes that are not UTF-8 become surrogate escapes."""
    return path.decode("utf-8", "surrogateescape") if isinstance(path, bytes) else path.replace(os.sep, "/")


def link_text(path: str) -> str:
    """The text in a symbolic link; raises `OSError`."""
    where = system_path(path)
    if isinstance(where, bytes):
        return path_text(os.readlink(where))
    return path_text(os.readlink(where))


def kind(mode: int) -> str:
    """What a mode that is not a regular file's says, as the end of a sentence."""
    if stat.S_ISDIR(mode):
        return "is a folder"
    if stat.S_ISFIFO(mode):
        return "is a named pipe"
    if stat.S_ISSOCK(mode):
        return "is a socket"
    return "is a symbolic link" if stat.S_ISLNK(mode) else "is a device, not a file"


def reason(error: OSError) -> str:
    """The error as the end of a sentence, the same on every machine."""
    return _REASONS.get(error.errno or 0, f"cannot be read: {os.strerror(error.errno or 0)}")


def read_file(root: str, path: str, limit: int = READ_LIMIT) -> bytes:
    """The content of a regular file below `root`; raises `Unreadable` with a reason for everything else."""
    try:
        descriptor = _opened(root, path)
        try:
            return _content(descriptor, limit)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise Unreadable(reason(error)) from error


def _opened(root: str, path: str) -> int:
    if not _STEPWISE:
        return _opened_at_once(root, path)
    *folders, name = path.split("/")
    here = os.open(system_path(root), _FLAGS & ~getattr(os, "O_NOFOLLOW", 0) | _FOLDER)
    try:
        for folder in folders:
            inner = os.open(system_path(folder), _FLAGS | _FOLDER, dir_fd=here)
            os.close(here)
            here = inner
        return os.open(system_path(name), _FLAGS, dir_fd=here)
    finally:
        os.close(here)


def _opened_at_once(root: str, path: str) -> int:
    """Without `dir_fd`: the resolved path must be the path itself."""
    full = os.path.join(os.path.realpath(root), *path.split("/"))
    if os.path.normcase(os.path.realpath(full)) != os.path.normcase(full):
        raise Unreadable("is a symbolic link, or lies behind one")
    return os.open(full, _FLAGS)


def _content(descriptor: int, limit: int) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(kind(status.st_mode))
    if status.st_size > limit:
        raise too_large(status.st_size, limit)
    chunks, size = list[bytes](), 0
    while size <= limit and (chunk := os.read(descriptor, min(status.st_size, limit) + 1)):
        chunks.append(chunk)
        size += len(chunk)
    if size > limit:
        raise Unreadable(f"is longer than the limit of {limit} bytes")
    return b"".join(chunks)
