"""Evidence of many files becomes projects: grouped by folder, planted as a tree, bound to sources, validated."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from mlgov.lifecycle.fact import Defect, Evidence
from mlgov.lifecycle.grouping import Group, grouped
from mlgov.lifecycle.hygiene import own_defects
from mlgov.lifecycle.project import Project, Tree
from mlgov.lifecycle.tree import Planting, differing_sources
from mlgov.lifecycle.validation import validated

# (file, pointer) -> (value, "") or (None, why not); the reason "unread" means: there, but not for reading
Lookup = Callable[[str, str], tuple[Any, str]]


# a project and what is wrong with its files, from their group
Make = Callable[[Group, Tree, Lookup, str, bool], tuple[Project, list[Defect]]]


class Assembled(NamedTuple):
    """The projects of one snapshot; `defects` by project id, those of no project under ""."""

    projects: tuple[Project, ...]
    defects: dict[str, list[Defect]]


def assemble(
    evidence: Iterable[Evidence],
    tree: Tree,
    lookup: Lookup,
    today: str,
    *,
    before: bool = False,
    make: Make | None = None,
) -> Assembled:
    """Join what the files say into projects.

    tree: for questions about the existence of paths. lookup: reads the value that a `source` names.
    today: ISO date against which excuses expire and dates lie in the future. before: this is the base of a change.
    make: gives each project in place of `assembled`.
    """
    groups, ambiguous = grouped(evidence)
    defects: dict[str, list[Defect]] = {"": ambiguous} if ambiguous else {}
    projects = []
    for group in groups:
        project, wrong = (make or assembled)(group, tree, lookup, today, before)
        projects.append(project)
        defects.setdefault(project.id, []).extend(wrong)
    return Assembled(tuple(projects), defects)


def assembled(group: Group, tree: Tree, lookup: Lookup, today: str, before: bool) -> tuple[Project, list[Defect]]:
    """The project that a group of files makes, and what is wrong with them."""
    planting = Planting(today, group.folder)
    planting.book.before = before
    planting.plant(group.evidence)
    planting.bind(lookup, tree.near)
    model, misfits = validated(planting.book)
    project = Project(group.name, group.folder, model, planting.book, tree, today)
    differing = list(differing_sources(planting.book, planting.bindings))
    own = list(own_defects(project, planting.placeholders, planting.tags))
    return project, [*planting.defects, *misfits, *differing, *own]
