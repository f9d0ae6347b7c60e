"""The folder in which declared data lie: finds their files there, and is led nowhere else."""

import os
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from mlgov.documents import is_lfs_pointer
from mlgov.finding import Origin
from mlgov.lifecycle.project import Project
from mlgov.verification.connections import address_of
from mlgov.verification.job import Gap, Table

# how a name ends -> how the file is read; compression is told apart by whoever reads it
FORMATS = {
    ".csv": "csv", ".csv.gz": "csv", ".csv.zst": "csv", ".tsv": "csv", ".tsv.gz": "csv",
    ".parquet": "parquet", ".pq": "parquet",
    ".jsonl": "jsonl", ".jsonl.gz": "jsonl", ".jsonl.zst": "jsonl", ".ndjson": "jsonl", ".ndjson.gz": "jsonl",
}  # fmt: skip
MOST_FILES = 10_000


class DataFolder:
    """The root of the checked tree on disk, and what was left out on the way.

    excludes: tells which paths the settings leave out. planned, notes, gaps: paths of the tables asked for, what a
    person should know, and what is declared but cannot be measured. connections: data sets that lie in databases.
    """

    def __init__(
        self,
        root: str,
        excludes: Callable[[str], bool] = lambda _: False,
        connections: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.root = os.path.realpath(root)
        self.connections = connections
        self.planned: set[str] = set()
        self.notes: list[str] = []
        self.gaps: list[Gap] = []
        self._excludes = excludes

    def table(self, project: Project, declared: str | None, origin: Origin, subject: str = "") -> Table | None:
        """The table that a path of the model names; None, with a note or a gap, where there is none to measure."""
        if not declared:
            return None
        if any(d.location == declared and address_of(self.connections, project, d) for d in project.data.datasets):
            self.note(f"{declared} lies in a database, where only its expectations were verified")
            return None
        if "://" in declared:
            self.note(f"{declared} is not fetched, so it was not verified")
            return None
        path = project.path(declared)
        if self._excludes(path):
            self.note(f"{path} is excluded by the settings, so it was not verified")
            return None
        full = os.path.join(self.root, *path.split("/"))
        if "\0" in path or not os.path.lexists(full):
            self._absent(path, declared, origin, subject)
            return None
        files = [full] if not os.path.isdir(full) else sorted(_inside(full))
        formats = sorted({_format(file) for file in files})
        if not any(formats):
            self.note(f"{path} is no CSV, Parquet or JSON lines, so it was not verified")
            return None
        self.planned.add(path)
        if reason := self._refused(files, formats):
            self.gaps.append(Gap(f"{path} {reason}", (origin,), subject, path))
            return None
        return Table(path, tuple(map(os.path.realpath, files)), formats[0], sum(map(os.path.getsize, files)))

    def _absent(self, path: str, declared: str, origin: Origin, subject: str) -> None:
        """A path that is not there: data that were not brought here, or no path at all (a name on a hub)."""
        if _format(path):
            self.planned.add(path)
            self.gaps.append(Gap(f"{path} is not here", (origin,), subject, path))
        else:
            self.note(f"{declared} is no file here, so it was not verified")

    def _refused(self, files: list[str], formats: list[str]) -> str:
        """Why files are not read as one table, to complete the sentence that its path begins; "" if they are."""
        if len(files) > MOST_FILES:
            return f"holds more than {MOST_FILES} files"
        if len(formats) > 1:
            return f"holds files of several formats: {', '.join(f or 'others' for f in formats)}"
        return next(filter(None, map(self._unopened, files)), "")

    def _unopened(self, file: str) -> str:
        """Why a file is not opened; "" for a plain file of the tree that holds data."""
        real = os.path.realpath(file)
        if os.path.commonpath([self.root, real]) != self.root:
            return "is a symbolic link that leaves the tree"
        if not os.path.isfile(real):
            return "is no plain file"
        try:
            with open(real, "rb") as opened:
                head = opened.read(1024)
        except OSError as error:
            return f"cannot be read: {error.strerror}"
        if is_lfs_pointer(head):
            return "is only the pointer of git-lfs; git lfs pull brings the data"
        return "" if head else "is empty"

    def note(self, words: str) -> None:
        """Tell a person something, once."""
        if words not in self.notes:
            self.notes.append(words)


def is_data(path: str) -> bool:
    """True if a path names a table by its ending."""
    return bool(_format(path))


def _format(path: str) -> str:
    name = path.rpartition("/")[2].lower()
    return next((kind for ending, kind in FORMATS.items() if name.endswith(ending)), "")


def _inside(folder: str) -> Iterator[str]:
    """The files below a folder of a partitioned table, without those that writers leave beside them."""
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(("_", "."))]
        yield from (os.path.join(here, name) for name in names if not name.startswith(("_", ".")))
