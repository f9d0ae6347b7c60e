"""The parts of a split as data: which tables they are, which rows of a table, and which are held against each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from mlgov.finding import Origin
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.splits import SplitPart
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Table

ORDER = ("train", "validation", "test")
_ROLES = {role: role for role in ORDER} | {"golden": "test"}


@dataclass(frozen=True)
class Part:
    """One part. table: its position among the tables of the job. fold: parts of one fold are held against each other.

    begin, end: the declared first and last day, "" = not declared. is_cut: they select the rows of the part from a
    table that holds others as well; else they only claim something about them.
    """

    name: str
    subject: str
    origin: Origin
    table: int
    fold: int = 0
    begin: str = ""
    end: str = ""
    is_cut: bool = False

    def data(self) -> dict[str, Any]:
        """The part as JSON holds it."""
        return asdict(self)


def part_from(data: dict[str, Any]) -> Part:
    """The part that `Part.data` wrote."""
    return Part(**data | {"origin": Origin(*data["origin"])})


def splits_of(project: Project, folder: DataFolder) -> Iterator[tuple[list[Table], list[Part]]]:
    """Every split whose data lie here: as the parts of one file state it, else as the roles of data sets do."""
    found = False
    stated = project.data.splits.parts if project.part("data.splits") else []
    for file in dict.fromkeys(part.at().file for part in stated):
        tables, parts = _stated([p for p in stated if p.at().file == file and p.part], project, folder)
        if parts:
            found = True
            yield tables, parts
    if not found:
        tables, parts = _by_role(project, folder)
        if parts:
            yield tables, parts


def pairs(parts: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    """The parts that must not share rows, the earlier one first."""
    for first, second in combinations(sorted(parts, key=lambda p: (p.fold, ORDER.index(p.name))), 2):
        if first.fold == second.fold and first.name != second.name:
            yield first, second


def _stated(stated: list[SplitPart], project: Project, folder: DataFolder) -> tuple[list[Table], list[Part]]:
    tables: list[Table] = []
    parts: list[Part] = []
    fold = 0
    for part in stated:
        dataset = project.dataset(part.dataset)
        path = part.file or (dataset.location if dataset else None)
        place = part.at("file" if part.file else "dataset")
        table = folder.table(project, path, place, part.subject)
        if part.part == "train" and any(p.name == "train" for p in parts):
            fold += 1  # rolling folds are written one after the other
        if table:
            parts.append(
                Part(
                    str(part.part), part.subject, place, _place_in(tables, table), fold, part.from_ or "", part.to or ""
                )
            )
    return tables, _cut(parts, project, tables, folder)


def _cut(parts: list[Part], project: Project, tables: list[Table], folder: DataFolder) -> list[Part]:
    """Parts that share a table are told apart by their days; without days or a time column there is nothing to do."""
    time = project.data.splits.time_column
    shared = {p.table for p in parts if sum(other.table == p.table for other in parts) > 1}
    for table in sorted(shared):
        if not time or any(p.table == table and not (p.begin or p.end) for p in parts):
            folder.note(f"{tables[table].path} holds several parts, which no time column tells apart: not verified")
            parts = [p for p in parts if p.table != table]
    return [Part(**vars(p) | {"is_cut": p.table in shared}) for p in parts]


def _by_role(project: Project, folder: DataFolder) -> tuple[list[Table], list[Part]]:
    """Data sets with the roles of parts; of a role that several have it is unknown which belongs to which."""
    roles: dict[str, list[Any]] = {}
    for dataset in project.data.datasets:
        if dataset.role in _ROLES and dataset.location:
            roles.setdefault(_ROLES[dataset.role], []).append(dataset)
    single = {role: some[0] for role, some in roles.items() if len({d.location for d in some}) == 1}
    tables: list[Table] = []
    parts = []
    for role in ORDER if len(single) > 1 else ():
        if role in single:
            place, subject = single[role].at("location"), single[role].subject
            if table := folder.table(project, single[role].location, place, subject):
                parts.append(Part(role, subject, place, _place_in(tables, table)))
    return tables, parts if len({p.table for p in parts}) == len(parts) else []


def _place_in(tables: list[Table], table: Table) -> int:
    if table not in tables:
        tables.append(table)
    return tables.index(table)


def common(columns: Iterable[Sequence[str]]) -> list[str]:
    """The columns that all tables have, by name."""
    every = [set(names) for names in columns]
    return sorted(set.intersection(*every)) if every else []


def training_table(project: Project, folder: DataFolder) -> tuple[Table, Origin, str] | None:
    """The data that the model learns from, and where they are declared; None where that is not clear.

    The training part of the split, else the only data set with that role, else the only data set there is.
    """
    stated = project.data.splits.parts if project.part("data.splits") else []
    files = [(p.file, p.at("file"), p.subject) for p in stated if p.part == "train" and p.file]
    datasets = [(d.location, d.at("location"), d.subject) for d in project.data.datasets if d.location]
    by_role = [
        (d.location, d.at("location"), d.subject) for d in project.data.datasets if d.role == "train" and d.location
    ]
    for found in (files, by_role, datasets):
        if len({path for path, _, _ in found}) == 1:
            path, origin, subject = found[0]
            table = folder.table(project, path, origin, subject)
            return (table, origin, subject) if table else None
        if found:
            return None
    return None
