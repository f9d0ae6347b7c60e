"""Read-only file trees: the work tree, what is staged, a revision, a folder outside git, a mapping in memory."""

from mlgov.snapshot.globs import matches
from mlgov.snapshot.history import History
from mlgov.snapshot.memory import MemoryTree
from mlgov.snapshot.opening import open_snapshot
from mlgov.snapshot.overlay import OverlaidTree
from mlgov.snapshot.repository import repository_root
from mlgov.snapshot.tree import READ_LIMIT, Snapshot, Unreadable, content_key, paths_below

__all__ = [
    "READ_LIMIT",
    "History",
    "MemoryTree",
    "OverlaidTree",
    "Snapshot",
    "Unreadable",
    "content_key",
    "matches",
    "open_snapshot",
    "paths_below",
    "repository_root",
]
