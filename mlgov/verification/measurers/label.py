"""Columns of the training data that alone tell the label: copies of it, and what is known only after it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from mlgov.lifecycle.measured import Measured, MeasuredGiveaway
from mlgov.lifecycle.project import Project
from mlgov.verification.engines import Engine, View, engine_for
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job
from mlgov.verification.limits import Limits
from mlgov.verification.measurers.files import AT_ONCE
from mlgov.verification.parts import training_table
from mlgov.verification.rows import ROW_NUMBERS, present

KINDS = (MeasuredGiveaway,)
MOST_LABELS = 20
MOST_VALUES = 50  # of a column that may be a copy of the label; more go with one label each by themselves
AFTERWARDS = ("after_prediction", "after_label")


def jobs(project: Project, folder: DataFolder) -> Iterable[Job | Gap]:
    """One job, where a label is declared and it is clear which data the model learns from."""
    labels = project.data.labels
    found = training_table(project, folder) if labels and labels.name else None
    if found:
        table, origin, subject = found
        yield Job(
            "label",
            subject,
            origin,
            (table,),
            {"label": labels.name, "inputs": inputs(project), "others": _others(project)},
        )


def inputs(project: Project) -> list[str]:
    """The declared inputs of the model; empty = not declared, so every column may be one."""
    signature = project.training.signature
    declared = [i.name for i in signature.inputs] if signature else []
    return [name for name in declared or [f.name for f in project.data.features] if name]


def _others(project: Project) -> list[str]:
    """What is no input whatever is declared, and what other rules already report as known too late."""
    data = project.data
    late = [f.name for f in data.features if f.available_at in AFTERWARDS]
    names = [data.labels.event_time, data.entity and data.entity.key_, data.splits and data.splits.time_column, *late]
    return [name for name in names if name]


def measure(job: Job, limits: Limits) -> Iterator[Measured]:
    """Look at every input: its values beside those of the label."""
    engine = engine_for(job.tables, limits)
    view = engine.view(job.tables[0])
    label = view.column(job.asked["label"])
    if not label:
        return
    looked_at = _Labels(engine, view, label, view.kind(job.asked["label"]))
    columns = _candidates(view, job.asked)
    for start in range(0, len(columns), AT_ONCE):
        for name, how, rows, values in looked_at.giveaways(columns[start : start + AT_ONCE]):
            yield MeasuredGiveaway(
                subject=job.subject,
                origin=job.origin,
                path=job.tables[0].path,
                label=job.asked["label"],
                column=name,
                how=how,
                rows=rows,
                all_rows=looked_at.rows,
                values=values,
                chance=min(1.0, looked_at.chance(how, values) * len(columns)),
            )


def _candidates(view: View, asked: Any) -> list[str]:
    left_out = {asked["label"], *asked["others"]}
    chosen = asked["inputs"] or [name for name, _ in view.columns if name.strip().lower() not in ROW_NUMBERS]
    return [name for name in chosen if name not in left_out and view.column(name)]


class _Labels:
    """The label of a table: its values and how often each stands there."""

    def __init__(self, engine: Engine, view: View, column: str, kind: str) -> None:
        self._engine, self._view = engine, view
        self._value = engine.text(present(column, kind, view.is_plain))
        found = engine.rows(
            f"SELECT {self._value}, count(*) FROM {view.name} WHERE {self._value} IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT {MOST_LABELS + 1}"
        )
        self._counts = {str(value): int(count) for value, count in found} if len(found) <= MOST_LABELS else {}
        ((self.rows,),) = engine.rows(f"SELECT count({self._value}) FROM {view.name}")

    def giveaways(self, names: Sequence[str]) -> Iterator[tuple[str, str, int, int]]:
        """Columns that tell the label of every row: name, how, rows with a value, different values."""
        if len(self._counts) > 1:
            copies = list(self._copies(names))
            yield from copies
            yield from self._cuts([name for name in names if name not in {copy[0] for copy in copies}])
        elif not self._counts:
            yield from self._equals(names)

    def _copies(self, names: Sequence[str]) -> Iterator[tuple[str, str, int, int]]:
        values = [self._text(name) for name in names]
        asked = ", ".join(f"approx_count_distinct({value})" for value in values)
        (about,) = self._engine.rows(f"SELECT {asked} FROM {self._view.name}")
        few = [(n, v) for n, v, count in zip(names, values, about, strict=True) if 2 <= count <= 2 * MOST_VALUES]
        for name, value in few:
            pairs = f"SELECT DISTINCT {value} AS v, {self._value} AS y FROM {self._view.name}"
            ((different, both),) = self._engine.rows(
                f"SELECT count(DISTINCT v), count(*) FROM ({pairs}) WHERE v IS NOT NULL AND y IS NOT NULL"
            )
            if 2 <= different == both <= MOST_VALUES:
                ((rows,),) = self._engine.rows(f"SELECT count({value}) FROM {self._view.name}")
                yield name, "copy", rows, different

    def _cuts(self, names: Sequence[str]) -> Iterator[tuple[str, str, int, int]]:
        """Numbers whose ranges do not meet, label by label."""
        if not names:
            return
        parts = [
            f"min({n}), max({n}), count({n}), count({self._text(name)})"
            for name in names
            if (n := self._engine.number(self._text(name)))
        ]
        found = self._engine.rows(
            f"SELECT {', '.join(parts)} FROM {self._view.name} WHERE {self._value} IS NOT NULL GROUP BY {self._value}"
        )
        for at, name in enumerate(names):
            ranges = [tuple(row[4 * at : 4 * at + 4]) for row in found]
            if any(low is None or numbers < present_ for low, _, numbers, present_ in ranges):
                continue
            if all(one[1] < other[0] for one, other in pairwise(sorted(ranges))):
                yield name, "cut", sum(count for _, _, count, _ in ranges), 0

    def _equals(self, names: Sequence[str]) -> Iterator[tuple[str, str, int, int]]:
        y = self._engine.number(self._value)
        parts = [
            f"count({n}), count(CASE WHEN {n} = {y} THEN 1 END)"
            for name in names
            if (n := self._engine.number(self._text(name)))
        ]
        (found,) = self._engine.rows(f"SELECT {', '.join(parts)} FROM {self._view.name} WHERE {y} IS NOT NULL")
        for at, name in enumerate(names):
            rows, equal = found[2 * at : 2 * at + 2]
            if rows and rows == equal:
                yield name, "equal", rows, 0

    def _text(self, name: str) -> str:
        return self._engine.text(present(self._view.column(name), self._view.kind(name), self._view.is_plain))

    def chance(self, how: str, values: int) -> float:
        """With which a column of noise does the same: an order of the rows, or of the values, that parts the labels.

        Of the n! / (k1! k2! …) ways to lay the labels on a line, as many part them as the labels have orders; noise of
        v values is constant within each of them in as many ways as v values have labels.
        """
        if how == "equal" or not self._counts:
            return 0.0
        ways = math.lgamma(self.rows + 1) - sum(math.lgamma(count + 1) for count in self._counts.values())
        orders = math.lgamma(len(self._counts) + 1) if how == "cut" else values * math.log(len(self._counts))
        return math.exp(min(0.0, orders - ways))
