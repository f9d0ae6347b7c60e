"""A tree made of a mapping, for tests, examples and editors."""

from collections.abc import Mapping

from mlgov.snapshot.tree import READ_LIMIT, ListedTree, Listing, content_key, too_large


class MemoryTree(ListedTree):
    """A snapshot of `{path: text or bytes}`; text is encoded as UTF-8."""

    def __init__(self, contents: Mapping[str, str | bytes], root: str = "memory") -> None:
        self._contents = {path: _encoded(content) for path, content in contents.items()}
        listing = Listing(dict.fromkeys(self._contents), self._key_of)
        super().__init__(root, listing, {})

    def read(self, path: str, limit: int = READ_LIMIT) -> bytes:
        """The content of a listed file; raises `Unreadable` if it is not listed or too large."""
        self._refuse_unlisted(path)
        content = self._contents[path]
        if len(content) > limit:
            raise too_large(len(content), limit)
        return content

    def _key_of(self, path: str) -> str:
        return content_key(self._contents[path])


def _encoded(content: str | bytes) -> bytes:
    return content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
