"""What happened to one project between two trees: the same model twice, its records paired by identity.

Harmless rewriting must be no change: records are paired by type and canonical path with ids, so moving, reordering,
reformatting and splitting files pair as before, and values are compared in base units. A record that vanished
beside one that appeared with the same definition was renamed.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from mlgov.lifecycle.metrics import Metric
from mlgov.lifecycle.pairing import Pair, paired, statements
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record

if TYPE_CHECKING:
    from mlgov.lifecycle.record import Bound

R = TypeVar("R", bound=Record)


class Past(NamedTuple):
    """What is known of the time before a change; each part is asked for only where a rule needs it.

    dates: path -> ISO date of the last commit that touched it. touched: the paths whose content the change altered, or
    that it added or deleted. commits: how many commits ever touched a path, 0 = unknown. authors: names and addresses
    of those who made the commits of the change. last_commits: name or address in lower case -> ISO date of the last
    commit by it.
    """

    dates: Callable[[], Mapping[str, str]] = dict
    touched: Callable[[], frozenset[str]] = frozenset
    commits: Callable[[str], int] = lambda _: 0
    authors: Callable[[], frozenset[str]] = frozenset
    last_commits: Callable[[], Mapping[str, str]] = dict


class Change:
    """A project at the base and at the head of a change.

    id: of the project at head, else at base. added, removed: it exists on one side only; the other side is then a
    project in which nothing is stated.
    """

    def __init__(self, base: Project | None, head: Project | None, past: Past | None = None):
        present = head or base
        assert present is not None
        self.added, self.removed = base is None, head is None
        self.base, self.head = base or _nothing(present), head or _nothing(present)
        self.id = present.id
        self._past = past or Past()
        self._pairs: dict[type, list[Pair[Record]]] = {}

    def pairs(self, kind: type[R]) -> list[Pair[R]]:
        """All records of one type, paired; renamed ones too."""
        if kind not in self._pairs:
            before, after = self.base.records(kind), self.head.records(kind)
            self._pairs[kind] = list(paired([*before], [*after], {} if kind is Metric else self.renamed))
        return self._pairs[kind]  # type: ignore[return-value]

    @property
    def renamed(self) -> dict[str, str]:
        """Old to new ids of metrics, so that everything that refers to a renamed metric pairs as well."""
        return {old.id: new.id for old, new in self.kept(Metric) if old.id and new.id and old.id != new.id}

    def kept(self, kind: type[R]) -> Iterator[tuple[R, R]]:
        """The records that exist on both sides."""
        return ((p.before, p.after) for p in self.pairs(kind) if p.before is not None and p.after is not None)

    def gone(self, kind: type[R]) -> Iterator[R]:
        """The records of the base that the head has no more."""
        return (p.before for p in self.pairs(kind) if p.before is not None and p.after is None)

    def new(self, kind: type[R]) -> Iterator[R]:
        """The records that only the head has."""
        return (p.after for p in self.pairs(kind) if p.before is None and p.after is not None)

    def last_change(self, path: str) -> str | None:
        """ISO date of the last commit that touched a file of the tree; None where that is not known."""
        return self._past.dates().get(path)

    def commits(self, path: str) -> int:
        """How many commits touched a file of the tree; 0 where that is not known."""
        return self._past.commits(path)

    @property
    def touched(self) -> frozenset[str]:
        """The files of the tree that the change altered, added or deleted."""
        return self._past.touched()

    @property
    def authors(self) -> frozenset[str]:
        """Names and addresses of those who made the commits of the change; empty where nobody knows."""
        return self._past.authors()

    @property
    def last_commits(self) -> Mapping[str, str]:
        """ISO date of the last commit by each name and address, in lower case; empty where that is not known."""
        return self._past.last_commits()


def _nothing(other: Project) -> Project:
    """A project beside `other` in which nothing is stated; its places are those of `other`'s manifest."""
    from mlgov.lifecycle.book import Book
    from mlgov.lifecycle.manifest import Manifest

    book = Book()
    book.note((), other.at(), "declared")
    return Project(other.id, other.folder, Manifest(), book, other.tree, other.today)


def side(before: "Bound | None", after: "Bound | None") -> str:
    """The name of the bound that both sides have, `min` or `max`; "" where they bound different sides."""
    if before is None or after is None:
        return ""
    return next((s for s in ("min", "max") if getattr(before, s) is not None and getattr(after, s) is not None), "")


def changes(base: list[Project], head: list[Project], past: Past | None = None) -> Iterator[Change]:
    """One change per project of either side: paired by id and folder, by id, by folder, by what they say, in this order;
    those left came or went."""
    known: dict[int, Project] = {}
    left = base
    for key in _KEYS:
        index: dict[Any, list[Project]] = {}
        for old in left:
            index.setdefault(key(old), []).append(old)
        for project in (p for p in head if id(p) not in known and index.get(key(p))):
            known[id(project)] = index[key(project)].pop(0)
        taken = {id(old) for old in known.values()}
        left = [old for old in left if id(old) not in taken]
    for project in (p for p in head if id(p) not in known):
        if alike := next((old for old in left if _says_the_same(old, project)), None):
            known[id(project)] = alike
            left = [old for old in left if old is not alike]
    yield from (Change(known.get(id(project)), project, past) for project in head)
    yield from (Change(old, None, past) for old in left)


_KEYS: tuple[Callable[[Project], Any], ...] = (lambda p: (p.id, p.folder), lambda p: p.id, lambda p: p.folder)


def _says_the_same(old: Project, new: Project) -> bool:
    """True if most of what the smaller one of two projects states stands in the other: it moved under another name."""
    first, second = old.once(_statements), new.once(_statements)
    shared = len(first & second)
    return shared > 2 and shared * 2 >= min(len(first), len(second))


def _statements(project: Project) -> frozenset[str]:
    return statements(project.every)
