"""Projects that a change moves to where nobody looks: into a folder of examples, tests or other people's files."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from mlgov.finding import Origin
from mlgov.lifecycle.policy_change import Weakening
from mlgov.lifecycle.project import Project
from mlgov.snapshot import Snapshot, Unreadable


def hidden(
    gone: Iterable[Project], before: Mapping[str, str], head: Snapshot, is_looked_at: Callable[[str], bool]
) -> Iterator[Weakening]:
    """One weakening for each project whose file is new in such a place: the same file, or one that has its id.

    gone: the projects that only the base has; before: the files of the base with their content keys.
    """
    fresh = [path for path in head.files() if path not in before and not is_looked_at(path)]
    for project in gone:
        old = project.at().file
        alike = (path for path in fresh if path.rpartition("/")[2] == old.rpartition("/")[2])
        if path := next((p for p in alike if _is_of(project, p, before.get(old), head)), None):
            yield Weakening("project left out", project.id, old, path, Origin(path))


def _is_of(project: Project, path: str, key: str | None, head: Snapshot) -> bool:
    if head.files()[path] == key:
        return True
    try:
        return project.has_manifest and project.id.encode() in head.read(path)
    except Unreadable:
        return False
