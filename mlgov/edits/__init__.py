"""Changing a file of a team without touching what was not meant: byte splices, and replacing a file at once.

A file is never read in and dumped: comments, line ends, byte order mark and layout stay as they are, because only the
bytes that change are written anew.
"""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from mlgov.errors import EditError

BOM = b"\xef\xbb\xbf"


class Edit(NamedTuple):
    """Bytes that stand in the place of those from `start` to `end`."""

    start: int
    end: int
    text: bytes


def offset(raw: bytes, line: int, column: int) -> int:
    """The byte at a 1-based line and column in code points; the end of the line where it is shorter."""
    at = 0
    for _ in range(line - 1):
        at = raw.find(b"\n", at) + 1 or len(raw)
    if at == 0 and raw.startswith(BOM):
        at = len(BOM)
    end = raw.find(b"\n", at)
    text = raw[at : end if end >= 0 else len(raw)].decode("utf-8", "surrogateescape")
    return at + len(text[: column - 1].encode("utf-8", "surrogateescape"))


def position(raw: bytes, at: int) -> tuple[int, int]:
    """The 1-based line and column, in code points, of a byte: what `offset` takes."""
    start = raw.rfind(b"\n", 0, at) + 1
    if start == 0 and raw.startswith(BOM):
        start = min(len(BOM), at)
    return raw.count(b"\n", 0, at) + 1, len(raw[start:at].decode("utf-8", "surrogateescape")) + 1


def spliced(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """`raw` with every edit made; edits must not overlap, and insertions at one place stay in the order given."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda e: e[:2]):
        if edit.start < at or edit.end < edit.start or edit.end > len(raw):
            raise EditError("two edits of one file overlap; nothing was written")
        parts += [raw[at : edit.start], edit.text]
        at = edit.end
    return b"".join([*parts, raw[at:]])


def line_end(raw: bytes) -> bytes:
    """The line end that most lines of a file have."""
    windows = raw.count(b"\r\n")
    return b"\r\n" if windows * 2 > raw.count(b"\n") else b"\n"


def replace(path: str, content: bytes, expected: bytes | None) -> None:
    """Write a file so that a reader finds the old content or the new, never a part; its mode stays.

    expected: what the file held when it was read, None = it did not exist. `EditError` if it changed since, is a
    link or cannot be written.
    """
    try:
        _refuse_links(path)
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if _content(path) != expected:
            raise EditError(f"{path} changed while it was edited; nothing was written, try again")
        _replace(path, content)
    except OSError as error:
        raise EditError(f"{path} cannot be written: {error.strerror}") from error


def _refuse_links(path: str) -> None:
    for part in (os.path.dirname(path), path):
        if part and os.path.islink(part):
            raise EditError(f"{part} is a symbolic link; edit what it points to by hand")


def _content(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _replace(path: str, content: bytes) -> None:
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "xb") as file:
            if os.path.exists(path):
                os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _settle(os.path.dirname(path) or ".")


def _settle(folder: str) -> None:
    """Make the new name of the file survive a power cut, where the system can promise that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
