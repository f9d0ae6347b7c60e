"""A tree with other contents for some of its files: what an editor shows and has not saved yet."""

from collections.abc import Mapping

from mlgov.snapshot.tree import READ_LIMIT, ListedTree, Listing, Snapshot, content_key, too_large


class OverlaidTree(ListedTree):
    """A snapshot over another one. contents: path to bytes; a path that the tree below does not have is added."""

    def __init__(self, below: Snapshot, contents: Mapping[str, bytes]) -> None:
        self._below, self._contents = below, contents
        listing = Listing(dict.fromkeys([*below.files(), *contents]), self._key_of)
        skipped = {path: reason for path, reason in below.skipped().items() if path not in contents}
        super().__init__(below.root, listing, skipped, below.notes)

    def read(self, path: str, limit: int = READ_LIMIT) -> bytes:
        """The content of a listed file; raises `Unreadable` if it is not listed or too large."""
        if path not in self._contents:
            return self._below.read(path, limit)
        content = self._contents[path]
        if len(content) > limit:
            raise too_large(len(content), limit)
        return content

    def _key_of(self, path: str) -> str:
        content = self._contents.get(path)
        return self._below.files()[path] if content is None else content_key(content)
