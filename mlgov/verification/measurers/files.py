"""The data file of each declared data set: rows, columns, types, missing values, classes of the label, and digests."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from mlgov.lifecycle.measured import Measured, MeasuredColumn, MeasuredFile
from mlgov.lifecycle.project import Project
from mlgov.verification.engines import MISSING, Engine, View, engine_for
from mlgov.verification.folder import DataFolder
from mlgov.verification.job import Gap, Job, Table
from mlgov.verification.limits import Limits

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
        block = list(enumerate(view.columns))[start : start + AT_ONCE]
        asked = [count for at, (_, kind) in block for count in _counts(engine, f"c{at}", kind, view.is_text)]
        (told,) = engine.rows(f"SELECT {', '.join(asked)} FROM {view.name}")
        width = len(told) // len(block)
        for at, (name, kind) in block:
            counts = [int(count or 0) for count in told[(at - start) * width :][:width]]
            yield _column(name, kind, counts)


def _counts(engine: Engine, column: str, kind: str, is_text: bool) -> list[str]:
    """SQL for: values, then those that are a number, an integer, a truth, a day, a point in time."""
    words = ", ".join(f"'{word}'" for word in MISSING)
    if not kind.startswith("VARCHAR"):
        value = f"CASE WHEN isnan({column}) THEN NULL ELSE {column} END" if kind in ("DOUBLE", "FLOAT") else column
        return [f"count({value})", "0", "0", "0", "0", "0"]
    value = f"CASE WHEN trim({column}) IN ({words}) THEN NULL ELSE trim({column}) END" if is_text else column
    number = engine.cast(value, "DOUBLE")
    return [
        f"count({value})",
        f"count({number})",
        f"count(CASE WHEN {number} = floor({number}) THEN 1 END)",
        f"count(CASE WHEN lower({value}) IN ('true', 'false') THEN 1 END)",
        f"count(CASE WHEN length({value}) = 10 THEN {engine.cast(value, 'DATE')} END)",
        f"count({engine.seconds(value)})",
    ]


def _column(name: str, kind: str, counts: Sequence[int]) -> MeasuredColumn:
    values, numbers, integers, truths, days, times = counts
    fits = {"number": numbers, "integer": integers, "boolean": truths, "date": days, "timestamp": times}
    if native := _native(kind):
        fits = dict.fromkeys(fits, 0) | dict.fromkeys(native, values)
    return MeasuredColumn(name=name, values=values, fits=fits)


def _native(kind: str) -> tuple[str, ...]:
    """What every value of a column of this SQL type is; () for texts, which may spell anything."""
    if kind.startswith("VARCHAR"):
        return ()
    for pattern, fits in _NATIVE:
        if re.match(pattern, kind):
            return fits
    return ("other",)


_NATIVE = (
    (r".*\[\d*\]$|LIST|ARRAY", ("array",)),
    (r"STRUCT|MAP|UNION|JSON", ("object",)),
    (r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$", ("integer", "number")),
    (r"DOUBLE|FLOAT|REAL|DECIMAL", ("number",)),
    (r"BOOLEAN", ("boolean",)),
    (r"DATE$", ("date", "timestamp")),
    (r"TIMESTAMP", ("timestamp",)),
    (r"TIME", ("time",)),
)


def classes(engine: Engine, view: View, label: str) -> dict[str, int]:
    """Rows of each value of the label; nothing where it has too many values to be one of classes."""
    if not (column := view.column(label)):
        return {}
    found = engine.rows(
        f"SELECT CAST({column} AS VARCHAR), count(*) FROM {view.name} WHERE {column} IS NOT NULL "
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
