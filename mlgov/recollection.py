"""What earlier looks at a tree found out, so that after a keystroke one file and one project are judged anew.

A file is read again where its content changed, or that of a file it depends on. A project is assembled and judged
again where one of its files was read again, where a name came to the tree or left it, or where a file changed that it
looked at beside its own. So the answers are the same as those of a first look, which a test holds.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from mlgov.engine import Judgement, Plan, judge
from mlgov.inventory import Shelf
from mlgov.lifecycle.assembly import Lookup, Make, assembled
from mlgov.lifecycle.change import Change
from mlgov.lifecycle.fact import Defect
from mlgov.lifecycle.grouping import Group
from mlgov.lifecycle.project import Project, Tree


class Witness:
    """A tree that remembers the content keys of the files that a project looked at."""

    def __init__(self, tree: Tree, keys: Mapping[str, str]) -> None:
        self._tree, self._keys = tree, keys
        self.exists, self.near, self.files = tree.exists, tree.near, tree.files
        self.used: dict[str, str | None] = {}

    def read(self, path: str) -> bytes:
        """The content of a file."""
        self.note(path)
        return self._tree.read(path)

    def note(self, path: str) -> None:
        """The project depends on this file."""
        self.used[path] = self._keys.get(path)


class Kept(NamedTuple):
    """A project as it was assembled from a group of files."""

    group: Group
    project: Project
    wrong: tuple[Defect, ...]
    witness: Witness


class Recollection:
    """Keeps what one folder gave the last time; for one thread."""

    def __init__(self) -> None:
        self.shelf: Shelf | None = None
        self.plugins: tuple[str, ...] = ()
        self._terms: tuple[Any, ...] = ()
        self._kept: dict[tuple[str, str], Kept] = {}
        self._policy = ""
        self._judged: dict[int, tuple[Project, tuple[Defect, ...], Judgement]] = {}

    def making(self, shelf: Shelf, today: str) -> Make:
        """Gives the projects of a new look: those that nothing touched are the old ones. shelf: of this look."""
        keys = shelf.snapshot.files()
        terms = (today, *keys)
        known = self._kept if terms == self._terms else {}
        self.shelf, self._terms, self._kept = shelf, terms, {}

        def make(group: Group, tree: Tree, lookup: Lookup, now: str, before: bool) -> tuple[Project, list[Defect]]:
            name = (group.folder, group.name)
            kept = known.get(name)
            if kept is None or not _is_same(kept, group, keys):
                kept = _made(group, Witness(tree, keys), lookup, now, before)
            self._kept[name] = kept
            return kept.project, list(kept.wrong)

        return make

    def judging(self, policy: str) -> Callable[..., Judgement]:
        """Judges as `judge` does, and asks no rule again about a project that is the same. policy: tells plans apart."""
        known = self._judged if policy == self._policy else {}
        self._policy, self._judged = policy, {}

        def ask(
            plan: Plan,
            projects: Iterable[Project],
            defects: Mapping[str, Iterable[Defect]],
            _changes: Iterable[Change],
        ) -> Judgement:
            said = []
            for project in projects:
                wrong = tuple(defects.get(project.id, ()))
                old = known.get(id(project))
                is_same = old is not None and old[0] is project and old[1] == wrong
                answer = old[2] if old and is_same else judge(plan, [project], {project.id: wrong})
                self._judged[id(project)] = (project, wrong, answer)
                said.append(answer)
            return _joined([*said, judge(plan, (), {"": defects.get("", ())})])

        return ask


def _made(group: Group, witness: Witness, lookup: Lookup, now: str, before: bool) -> Kept:
    def noted(path: str, pointer: str) -> tuple[Any, str]:
        witness.note(path)
        return lookup(path, pointer)

    project, wrong = assembled(group, witness, noted, now, before)
    return Kept(group, project, tuple(wrong), witness)


def _is_same(kept: Kept, group: Group, keys: Mapping[str, str]) -> bool:
    """True if the files of a group were not read again, and what the project looked at beside them is as it was.

    Evidence is compared by identity: equal numbers may be printed in another way.
    """
    old, new = kept.group.evidence, group.evidence
    if kept.group.has_manifest != group.has_manifest or len(old) != len(new):
        return False
    if any(a is not b for a, b in zip(old, new, strict=True)):
        return False
    return all(keys.get(path) == key for path, key in kept.witness.used.items())


def _joined(answers: list[Judgement]) -> Judgement:
    """What several judgements under one plan say together."""
    verdicts = dict.fromkeys(v for a in answers for v in a.verdicts)
    abstentions = dict.fromkeys(s for a in answers for s in a.abstentions)
    ran = frozenset.intersection(*(a.ran for a in answers))
    return Judgement(tuple(verdicts), tuple(abstentions), answers[-1].planned, ran)
