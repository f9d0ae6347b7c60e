"""An artifact is a file as adapters see it: its path, its first bytes, its documents, and the files beside it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

from mlgov.documents import Document, Flaw, Reading, read
from mlgov.finding import Origin
from mlgov.lifecycle.fact import Fact

HEAD = 8192


class Claim(NamedTuple):
    """An adapter recognised the file: `version` of the format where it can be told, `detail` for the inventory."""

    version: str = ""
    detail: str = ""


class Format(Protocol):
    """What a module must hold to be an adapter (`mlgov/formats/<format>.py`).

    NAME: how the inventory calls it. PATHS: patterns of file names, as in `.gitignore`; a pattern that names one
    thing (`dvc.yaml`) and one that names a kind (`*.yaml`) differ: of the second only files with a marker count.
    MARKERS: byte strings of which the first 8 KiB hold at least one; empty = the path is enough.
    ROLE: `anchor`, `part`, `shared`, `note` or `manifest` (see `Evidence`).
    """

    NAME: str
    PATHS: tuple[str, ...]
    MARKERS: tuple[bytes, ...]
    ROLE: str

    def recognise(self, artifact: "Artifact") -> Claim | None:
        """The claim, after a look at the structure; None if the file is something else."""

    def read(self, artifact: "Artifact") -> Iterator[Fact | Flaw]:
        """What the file states, and what of it cannot be understood."""


class Artifact:
    """One file. Its bytes are read once; documents are parsed when someone asks for them.

    neighbour: gives another file of the tree by path, or None; what was asked for is kept in `used`, because the
    facts depend on it. listing: the names in a folder of the tree; a folder that was asked for is kept with `/`.
    """

    def __init__(
        self,
        path: str,
        raw: bytes,
        neighbour: "Callable[[str], Artifact | None] | None" = None,
        listing: Callable[[str], frozenset[str]] | None = None,
    ) -> None:
        self.path, self.raw = path, raw
        self.used: set[str] = set()
        self._neighbour, self._listing = neighbour, listing
        self._reading: Reading | None = None

    @property
    def name(self) -> str:
        """The file name without its folder."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The folder, "" for the root."""
        return self.path.rpartition("/")[0]

    @property
    def head(self) -> bytes:
        """The first 8 KiB."""
        return self.raw[:HEAD]

    @property
    def reading(self) -> Reading:
        """Documents and flaws; parsed once."""
        if self._reading is None:
            self._reading = read(self.path, self.raw)
        return self._reading

    def read_as(self, raw: bytes) -> None:
        """Take the documents from other bytes: the format is a template by design, and `raw` has its gaps blanked."""
        self._reading = read(self.path, raw)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that could be read."""
        return self.reading.documents

    @property
    def mappings(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Index and data of every document that is a mapping; the items of a Kubernetes `List` are documents too."""
        return ((d.index, d.data) for d in self.documents if isinstance(d.data, dict))

    @property
    def data(self) -> Any:
        """The data of the first document, or None."""
        return self.documents[0].data if self.documents else None

    def at(self, *parts: str | int, document: int = 0) -> Origin:
        """The origin of a value of this file."""
        return Origin(self.path, "", document).at(*parts)

    def beside(self, path: str) -> "Artifact | None":
        """Another file: relative to this one's folder, or `/path` from the root of the tree."""
        if self._neighbour is None:
            return None
        full = path[1:] if path.startswith("/") else f"{self.folder}/{path}".lstrip("/")
        found = _direct(full) if "//" in full or "./" in full or full.endswith((".", "/")) else full
        self.used.add(found)
        return self._neighbour(found)

    def names_in(self, folder: str) -> frozenset[str]:
        """The names of the files and folders that lie directly in a folder, told by its path from the root."""
        if self._listing is None:
            return frozenset()
        self.used.add(folder + "/")
        return self._listing(folder)


def _direct(path: str) -> str:
    """A path without `.`, `..` and empty components."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
