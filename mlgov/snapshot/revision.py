"""The tree of a commit."""

from mlgov.snapshot.blobs import BlobTree
from mlgov.snapshot.history import History
from mlgov.snapshot.listing import revision_entries
from mlgov.snapshot.plumbing import Git
from mlgov.snapshot.repository import Repository


def open_revision(repository: Repository, revision: str) -> BlobTree:
    """The snapshot of a revision; raises `SnapshotError` if it is unknown.

    Tags are revisions too: whoever reads a policy asks `History.resolve(ref, trusted=True)` first.
    """
    git = Git(repository)
    commit = History(repository.root).resolve(revision)
    return BlobTree(f"{revision} of {repository.root}", git, revision_entries(git, commit))
