"""The data file of each declared data set: rows, columns, types, missing values, classes of the label, and digests."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mlgov.lifecycle.measured import Measured, MeasuredColumn, MeasuredFile
from mlgov.lifecycle.project import Project
from mlgov.verification.engines import Engine, View, engine_for
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job, Table
from mlgov.verification.limits import Limits
from mlgov.verification.rows import present

KINDS = (MeasuredFile,)
AT_ONCE = 100  # columns of one query: each has several counts
MOST_CLASSES = 1_000
_DIGEST = {32: "md5", 40: "sha1", 64: "sha256"}


def jobs(project: Project, folder: DataFolder) -> Iterable[Job | Gap]:
    """One job for each data set with a location."""
    label = project.data.labels.name if project.part("data.labels") else None
    for dataset in project.data.datasets:
        table = folder.table(project, dataset.location, dataset.at("location"), dataset.subject)
        if table:
            asked = {"label": label or "", "digest": _digest_kind(dataset.version)}
            yield Job("files", dataset.subject, dataset.at("location"), (table,), asked)


def measure(job: Job, limits: Limits) -> Iterator[Measured]:
    """Read the whole table, a block of columns at a time."""
    table = job.tables[0]
    engine = engine_for(job.tables, limits)
    view = engine.view(table)
    ((rows,),) = engine.rows(f"SELECT count(*) FROM {view.name}")
    label = job.asked["label"] if view.column(job.asked["label"]) else ""
    yield MeasuredFile(
        subject=job.subject,
        origin=job.origin,
        path=table.path,
        format=table.format,
        rows=rows,
        bytes=table.bytes,
        columns=tuple(columns(engine, view)),
        digests=digests(table, job.asked["digest"]),
        label=label,
        classes=classes(engine, view, label),
    )


def columns(engine: Engine, view: View) -> Iterator[MeasuredColumn]:
    """What each column holds."""
    for start in range(0, len(view.columns), AT_ONCE):
        block = view.columns[start : start + AT_ONCE]
        asked = [sql for at, (_, kind) in enumerate(block, start) for sql in _counts(engine, f"c{at}", kind, view)]
        (told,) = engine.rows(f"SELECT {', '.join(asked)} FROM {view.name}")
        counts = iter(told)
        for name, kind in block:
            values = next(counts)
            fits = dict(zip(SPELLED, counts, strict=False)) if kind == "text" else dict.fromkeys(_NATIVE[kind], values)
            yield MeasuredColumn(name=name, values=values, fits=fits)


def _counts(engine: Engine, column: str, kind: str, view: View) -> Iterator[str]:
    """SQL for the number of values; of a text also how many spell a number, an integer, a truth, a day, a time."""
    value = present(column, kind, view.is_plain)
    yield f"count({value})"
    if kind == "text":
        number = engine.number(value)
        yield f"count({number})"
        yield f"count(CASE WHEN {number} = floor({number}) THEN 1 END)"
        yield f"count(CASE WHEN lower({value}) IN ('true', 'false') THEN 1 END)"
        yield f"count({engine.day(value)})"
        yield f"count({engine.seconds(value)})"


SPELLED = ("number", "integer", "boolean", "date", "timestamp")  # in the order of `_counts`
_NATIVE: dict[str, tuple[str, ...]] = {
    kind: (kind,) for kind in ("number", "boolean", "timestamp", "time", "object", "array", "other")
}
_NATIVE |= {"integer": ("integer", "number"), "date": ("date", "timestamp")}


def classes(engine: Engine, view: View, label: str) -> dict[str, int]:
    """Rows of each value of the label; nothing where it has too many values to be one of classes."""
    if not (column := view.column(label)):
        return {}
    found = engine.rows(
        f"SELECT {engine.text(column)}, count(*) FROM {view.name} WHERE {column} IS NOT NULL "
        f"GROUP BY 1 ORDER BY 1 LIMIT {MOST_CLASSES + 1}"
    )
    return {str(value): int(rows) for value, rows in found} if len(found) <= MOST_CLASSES else {}


def digests(table: Table, kind: str) -> dict[str, str]:
    """The digest that a version declares, of the bytes of a single file."""
    if not kind or len(table.files) > 1:
        return {}
    with Path(table.files[0]).open("rb") as file:
        return {kind: hashlib.file_digest(file, lambda: hashlib.new(kind, usedforsecurity=False)).hexdigest()}


def _digest_kind(version: Any) -> str:
    """`md5`, `sha1` or `sha256` where a version is such a digest; 40 digits alone may be a commit."""
    found = re.fullmatch(r"(?:(md5|sha1|sha256)[-:=])?([0-9a-fA-F]+)", str(version or "").strip())
    kind = _DIGEST.get(len(found[2]), "") if found else ""
    return "" if not found or kind == "sha1" and not found[1] or found[1] not in (None, kind) else kind
