"""A folder of the disk as a tree, and the whole of one that lies outside git."""

from mlgov.snapshot import disk
from mlgov.snapshot.links import resolved
from mlgov.snapshot.tree import READ_LIMIT, ListedTree, Listing, Unreadable, content_key
from mlgov.snapshot.walk import Found, walked


class FolderTree(ListedTree):
    """A snapshot of a folder; a key that nobody vouches for is computed when it is first asked for."""

    def __init__(
        self,
        root: str,
        keys: dict[str, str | None],
        found: Found,
        notes: tuple[str, ...] = (),
        algorithm: str = "sha1",
    ) -> None:
        self._links, broken = resolved(found.links, keys)
        self._algorithm = algorithm
        listing = Listing({**keys, **dict.fromkeys(self._links)}, self._key_of)
        super().__init__(root, listing, {**found.others, **broken}, notes)

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
    found = walked(root)
    return FolderTree(root, dict.fromkeys(found.files), found, notes)
