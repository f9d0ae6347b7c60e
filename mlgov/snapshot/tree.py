"""What a snapshot is: a read-only file tree with a content key for every file.

A path is written from the root of the tree with `/`; bytes that are not UTF-8 become surrogate escapes.
A content key is the git blob id of the bytes that `read` returns (`git:<id>`), whatever kind of tree it is, so
equal content has an equal key in a work tree, the index, a revision, a plain folder and a mapping. A file that
cannot be read or is larger than `READ_LIMIT` has the key `unread:<reason>`, except where git already knows its id.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

READ_LIMIT = 10 * 1024 * 1024


class Unreadable(Exception):
    """A file has no readable content; `reason` completes "model.yaml ..." for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Snapshot(Protocol):
    """A read-only file tree."""

    @property
    def root(self) -> str:
        """The label for people: an absolute folder, or `<revision> of <folder>`."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the tree was listed (git is missing, sparse checkout)."""

    def files(self) -> Mapping[str, str]:
        """Path to content key, sorted by path."""

    def skipped(self) -> Mapping[str, str]:
        """Path to reason, for names in the tree that are no files of it: pipes, links that leave the root."""

    def read(self, path: str, limit: int = READ_LIMIT) -> bytes:
        """The content of a listed file; raises `Unreadable` for anything else and above `limit` bytes."""

    def exists(self, path: str) -> bool:
        """Whether the listing has this file or folder, in exactly this case."""

    def near(self, path: str) -> str | None:
        """The file or folder whose path differs from this one only in case, if there is one."""


class ListedTree:
    """The questions that every tree answers from its listing alone, never from the disk."""

    def __init__(
        self, root: str, listing: Mapping[str, str], skipped: Mapping[str, str], notes: tuple[str, ...] = ()
    ) -> None:
        self.root = root
        self.notes = notes
        self._listing = listing
        self._skipped = {path: skipped[path] for path in sorted(skipped)}
        self._folders: frozenset[str] | None = None
        self._spellings: dict[str, list[str]] | None = None

    def files(self) -> Mapping[str, str]:
        return self._listing

    def skipped(self) -> Mapping[str, str]:
        return self._skipped

    def exists(self, path: str) -> bool:
        path = _plain(path)
        return path in self._listing or path in self._known_folders()

    def near(self, path: str) -> str | None:
        path = _plain(path)
        if self._spellings is None:
            self._spellings = {}
            for name in sorted({*self._listing, *self._known_folders()}):
                self._spellings.setdefault(name.casefold(), []).append(name)
        twins = self._spellings.get(path.casefold(), [])
        return next((twin for twin in twins if twin != path), None)

    def _known_folders(self) -> frozenset[str]:
        if self._folders is None:
            found = {""}
            for path in self._listing:
                while (path := path.rpartition("/")[0]) not in found:
                    found.add(path)
            self._folders = frozenset(found)
        return self._folders

    def _refuse_unlisted(self, path: str) -> None:
        """Raise `Unreadable`, with the best reason known, unless the path is a listed file."""
        if path not in self._listing:
            raise Unreadable(self._skipped.get(path) or "is not a file of this tree")


class Listing(Mapping[str, str]):
    """Content keys of which some are computed when they are first asked for; iterates sorted by path."""

    def __init__(self, keys: Mapping[str, str | None], key_of: Callable[[str], str]) -> None:
        self._keys = {path: keys[path] for path in sorted(keys)}
        self._key_of = key_of

    def __getitem__(self, path: str) -> str:
        key = self._keys[path]
        if key is None:
            key = self._keys[path] = self._key_of(path)
        return key

    def __contains__(self, path: object) -> bool:
        return path in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def content_key(content: bytes, algorithm: str = "sha1") -> str:
    """The key of these bytes; `algorithm` is `sha256` only in a repository of that object format."""
    import hashlib

    digest = hashlib.new(algorithm, b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return "git:" + digest.hexdigest()


def too_large(size: int, limit: int) -> Unreadable:
    """The one wording for a file over the limit."""
    return Unreadable(f"is {size} bytes long, more than the limit of {limit}")


def paths_below(snapshot: Snapshot, prefixes: Iterable[str]) -> list[str]:
    """The files at or below any of the prefixes, sorted; the prefix `""` means the whole tree."""
    wanted = {_plain(prefix) for prefix in prefixes}
    if "" in wanted:
        return list(snapshot.files())
    below = tuple(prefix + "/" for prefix in wanted)
    return [path for path in snapshot.files() if path in wanted or path.startswith(below)]


def _plain(path: str) -> str:
    """The path without `./` before it and `/` behind it."""
    while path.startswith("./"):
        path = path[2:]
    return "" if path == "." else path.rstrip("/")
