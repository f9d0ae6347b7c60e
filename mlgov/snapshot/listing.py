"""What git lists: the entries of its index, of a revision, and the untracked files, read from NUL-separated output."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from mlgov.errors import SnapshotError
from mlgov.snapshot.plumbing import Git

REGULAR, LINK = ("100644", "100755", "100664"), "120000"
DEPTH = 64
_IMPROPER = frozenset(("", ".", ".."))
_INTENT_TO_ADD = 1 << 29


class Stamp(NamedTuple):
    """What the index remembers of a file on disk; numbers modulo 2**32."""

    mtime: tuple[int, int]
    ctime: tuple[int, int]
    inode: int
    size: int


class Entry(NamedTuple):
    """One tracked file: mode and blob id as git writes them; `stage` is not 0 in an unfinished merge."""

    path: str
    mode: str
    blob: str
    stage: int = 0
    stamp: Stamp | None = None
    is_planned: bool = False
    is_sparse: bool = False


def index_entries(git: Git, *, untracked: bool = False) -> tuple[list[Entry], list[str]]:
    """The entries of the index and, if asked for, the paths that are neither tracked nor ignored.

    One command lists both: with `-t` every record says whether debug lines follow it, so no file name can be taken
    for one. `ls-files -m` and `diff-files` are avoided because they may run clean filters.
    """
    asked = ["-o", "--exclude-standard"] if untracked else []
    output = git.run("ls-files", "-c", "-s", "-t", "-z", "--debug", *asked)
    entries, others, records = [], [], iter(output.split(b"\0"))
    rest = next(records)
    while rest:
        tag, _, record = rest.partition(b" ")
        rest = next(records)
        if tag == b"?":
            others.append(_text(record))
        else:
            *remembered, rest = rest.split(b"\n", 5)
            entries.append(_entry(tag, record, remembered))
    return entries, others


def _entry(tag: bytes, record: bytes, remembered: list[bytes]) -> Entry:
    head, _, path = record.partition(b"\t")
    mode, blob, stage = head.decode().split(" ")
    try:
        said = b" ".join(remembered).split()  # ctime: 1 mtime: 3 dev: 5 ino: 7 uid: 9 gid: 11 size: 13 flags: 15
        stamp = Stamp(_moment(said[3]), _moment(said[1]), int(said[7]), int(said[13]))
        planned = bool(int(said[15], 16) & _INTENT_TO_ADD)
    except (ValueError, IndexError):
        raise SnapshotError("git lists its index in a form that is not understood; is git very old?") from None
    return Entry(_text(path), mode, blob, int(stage), stamp, planned, tag == b"S")


def _moment(text: bytes) -> tuple[int, int]:
    seconds, _, nanoseconds = text.partition(b":")
    return int(seconds), int(nanoseconds)


def revision_entries(git: Git, commit: str) -> Iterator[Entry]:
    """The entries of a commit's tree, all folders deep."""
    for record in git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
        head, _, path = record.partition(b"\t")
        mode, _kind, blob = head.decode().split(" ")
        yield Entry(_text(path), mode, blob)


def is_proper(path: str) -> bool:
    """Whether a listed path stays in the tree; a forged index or tree may name `../x` or `.git/x`.

    Raises `SnapshotError` for a path nested deeper than any honest one.
    """
    parts = path.split("/")
    if len(parts) > DEPTH + 1:
        raise SnapshotError(f"folders are nested deeper than {DEPTH}: {path[:80]!a} ...")
    if os.name == "nt" and ("\\" in path or ":" in path):
        return False
    folded = path.casefold()
    return _IMPROPER.isdisjoint(parts) and not (".git" in folded and ".git" in folded.split("/"))


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")
