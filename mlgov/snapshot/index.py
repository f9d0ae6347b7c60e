"""What is staged: the tree that the next commit will have."""

from mlgov.errors import SnapshotError
from mlgov.snapshot.blobs import BlobTree
from mlgov.snapshot.listing import index_entries
from mlgov.snapshot.plumbing import Git
from mlgov.snapshot.repository import Repository


def open_index(repository: Repository) -> BlobTree:
    """The snapshot of the index in force; raises `SnapshotError` while a merge is unfinished."""
    git = Git(repository)
    entries, _ = index_entries(git)
    unmerged = sorted({entry.path for entry in entries if entry.stage})
    if unmerged:
        raise SnapshotError(f"the index holds an unfinished merge of {unmerged[0]!a}; resolve and stage it first")
    return BlobTree(f"staged of {repository.root}", git, (entry for entry in entries if not entry.is_planned))
