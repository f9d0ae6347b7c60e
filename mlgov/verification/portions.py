"""The data of one data set in portions of columns that memory holds, each with the expectations that are about it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mlgov.lifecycle.measured import MeasuredColumn
from mlgov.verification.connections import shown
from mlgov.verification.expectation import columns_of
from mlgov.verification.job import Job
from mlgov.verification.limits import Limits

if TYPE_CHECKING:
    from mlgov.verification.batches import Batch
    from mlgov.verification.engines import View

Row = Mapping[str, Any]
MOST_CELLS = 5_000_000  # values that pandas holds at once; Spark and databases hold none
_RARE = ("time", "object", "array", "other")
_OF_NAMES = ("expect_table_columns_", "expect_table_column_count_")


class Portion(NamedTuple):
    """A batch of Great Expectations and what is asked of it. path: what the data are called.

    spelt: what the columns of a file of text spell.
    """

    batch: "Batch"
    rows: Sequence[Row]
    path: str
    spelt: Mapping[str, MeasuredColumn]


def portions(job: Job, limits: Limits) -> Iterator[Portion]:
    """Every expectation of a job once, with the data that it is about."""
    from mlgov.verification import batches

    rows: Sequence[Row] = job.asked["expectations"]
    if address := job.asked.get("address"):
        yield Portion(batches.of_sql(address), rows, shown(address), {})
        return
    from mlgov.verification.engines import engine_for
    from mlgov.verification.measurers.files import columns
    from mlgov.verification.typed import select

    table = job.tables[0]
    engine = engine_for(job.tables, limits)
    view = engine.view(table)
    names = [name for name, _ in view.columns]
    spelt = {c.name: c for c in columns(engine, view)} if view.is_plain else {}
    ((count,),) = engine.rows(f"SELECT count(*) FROM {view.name}")
    most = len(names) if limits.spark else max(1, MOST_CELLS // max(count, 1))
    for about, asked in _grouped(rows, names, most):
        sql, held = select(engine, view, about, spelt, job.asked["types"])
        frame = engine.frame(sql + (" LIMIT 0" if _is_of_names(asked[0]) else ""), held)
        made = batches.of_spark(frame) if limits.spark else batches.of_pandas(frame)
        hollow = frozenset(name for name, column in spelt.items() if not column.values)
        yield Portion(
            made._replace(types={**made.types, **_known(view, spelt, made.types)}, hollow=hollow),
            asked,
            table.path,
            spelt,
        )


def _is_of_names(row: Row) -> bool:
    """True for an expectation about the names of columns, which needs no rows."""
    return bool(row["kind"].startswith(_OF_NAMES))


def _grouped(rows: Sequence[Row], names: Sequence[str], most: int) -> Iterator[tuple[set[str], list[Row]]]:
    """Expectations with the columns that they are about, together as long as these are at most `most`."""
    if of_names := [row for row in rows if _is_of_names(row)]:
        yield set(names), of_names
    group: list[Row] = []
    about: set[str] = set()
    for row in sorted(
        (row for row in rows if not _is_of_names(row)), key=lambda row: sorted(columns_of(row["kwargs"]))
    ):
        columns = {*columns_of(row["kwargs"])} & {*names}
        if group and len(about | columns) > most:
            yield about, group
            group, about = [], set()
        group.append(row)
        about |= columns
    if group:
        yield about, group


def _known(view: "View", spelt: Mapping[str, MeasuredColumn], seen: Mapping[str, str]) -> dict[str, str]:
    """The types of columns that are handed on as something else: rare ones as texts, whole numbers of any size as numbers."""
    rare = {name: "time" if kind == "time" else "" for name, kind in view.columns if kind in _RARE}
    numbers = [spelt[name] for name, kind in seen.items() if kind == "number" and name in spelt]
    return rare | {c.name: "integer" for c in numbers if c.values and c.fits.get("integer") == c.values}
