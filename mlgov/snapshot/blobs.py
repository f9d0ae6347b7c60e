"""Trees whose files are blobs in git's object store, read through one `git cat-file --batch` that stays."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlgov.snapshot import plumbing
from mlgov.snapshot.links import resolved
from mlgov.snapshot.listing import LINK, REGULAR, Entry, is_proper
from mlgov.snapshot.plumbing import Git
from mlgov.snapshot.tree import READ_LIMIT, ListedTree, Listing, Unreadable, too_large

if TYPE_CHECKING:
    import subprocess


class BlobTree(ListedTree):
    """A snapshot made of blobs; also a context manager that ends the git process behind it."""

    def __init__(self, root: str, git: Git, entries: Iterable[Entry]) -> None:
        self._reader = BlobReader(git)
        self._blobs: dict[str, str] = {}
        links, skipped = {}, {}
        for entry in entries:
            if not is_proper(entry.path):
                skipped[entry.path] = "has a name that leaves the tree"
            elif entry.mode == LINK:
                links[entry.path] = entry.blob
            elif entry.mode in REGULAR:
                self._blobs[entry.path] = entry.blob
        skipped |= self._resolve(links)
        listing = Listing({path: f"git:{blob}" for path, blob in self._blobs.items()}, _never)
        super().__init__(root, listing, skipped)

    def __enter__(self) -> "BlobTree":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the git process; a later read starts another."""
        self._reader.close()

    def read(self, path: str, limit: int = READ_LIMIT) -> bytes:
        """The content of a listed file; raises `Unreadable` if it is not listed, too large or lost."""
        self._refuse_unlisted(path)
        return self._reader.read(self._blobs[path], limit)

    def _resolve(self, links: dict[str, str]) -> dict[str, str]:
        """List every link that means a file of the tree, with that file's blob; return the others."""
        targets, lost = {}, {}
        for path, blob in links.items():
            try:
                targets[path] = self._reader.read(blob, 4096).decode("utf-8", "surrogateescape")
            except Unreadable as error:
                lost[path] = error.reason
        meant, broken = resolved(targets, self._blobs)
        self._blobs |= {link: self._blobs[path] for link, path in meant.items()}
        return lost | broken


class BlobReader:
    """Asks one `git cat-file --batch` for blobs; started at the first question, ended with its owner."""

    def __init__(self, git: Git) -> None:
        import threading

        self._git = git
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._pending = b""

    def read(self, blob: str, limit: int) -> bytes:
        """The content of a blob; raises `Unreadable` above `limit` bytes and for a missing or broken object."""
        with self._lock:
            try:
                return self._answer(blob, limit)
            except (OSError, EOFError, ValueError):
                self.close()
                raise Unreadable("cannot be read by git: the object is missing or broken") from None

    def close(self) -> None:
        """End the process; a later read starts another."""
        process, self._process, self._pending = self._process, None, b""
        if process is not None:
            _end(process, self._owner)

    def _answer(self, blob: str, limit: int) -> bytes:
        process = self._running()
        assert process.stdin is not None
        process.stdin.write(blob.encode() + b"\n")
        _name, kind, size = self._taken_line().split(b" ")
        if kind != b"blob":
            raise ValueError(kind)
        if int(size) > limit:
            self.close()
            raise too_large(int(size), limit)
        return self._taken(int(size) + 1)[:-1]

    def _running(self) -> "subprocess.Popen[bytes]":
        """The process; a fork must not share its parent's pipes, so it gets its own."""
        if self._process is None or self._owner != os.getpid():
            import weakref

            self._process, self._pending, self._owner = self._git.start("cat-file", "--batch"), b"", os.getpid()
            weakref.finalize(self, _end, self._process, self._owner)
        return self._process

    def _taken_line(self) -> bytes:
        while b"\n" not in self._pending:
            self._pending += self._more(4096)
        line, _, self._pending = self._pending.partition(b"\n")
        return line

    def _taken(self, size: int) -> bytes:
        chunks, missing = [self._pending[:size]], size - len(self._pending)
        self._pending = self._pending[size:]
        while missing > 0:
            chunks.append(self._more(missing))
            missing -= len(chunks[-1])
        return b"".join(chunks)

    def _more(self, most: int) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        if os.name != "nt":
            import select

            poll = select.poll()
            poll.register(descriptor, select.POLLIN)
            if not poll.poll(plumbing.TIMEOUT * 1000):
                raise EOFError
        if not (chunk := os.read(descriptor, min(most, 1 << 20))):
            raise EOFError
        return chunk


def _end(process: "subprocess.Popen[bytes]", owner: int) -> None:
    """Stop the process, unless this is a fork of the one that started it."""
    if owner != os.getpid():
        return
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()


def _never(path: str) -> str:
    raise KeyError(path)
