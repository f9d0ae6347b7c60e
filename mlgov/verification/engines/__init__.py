"""What reads tables and answers questions about all of their rows: DuckDB on this machine, or Spark.

Both answer the same SQL. A table becomes a view whose columns are called `c0`, `c1` … in order, so that no name of a
stranger's ever stands in a query; values of text formats stay texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from mlgov.verification.job import Table
from mlgov.verification.limits import Limits

# what people write into a text file where a value is missing; the words that pandas.read_csv takes as missing
MISSING = ("", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
           "NA", "NULL", "NaN", "None", "n/a", "nan", "null")  # fmt: skip


@dataclass(frozen=True)
class View:
    """A table as SQL sees it. name: of the view. columns: the names in the data, in order, and their SQL types.

    is_text: every value is a text as it stands in the file.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    is_text: bool

    def column(self, name: str) -> str:
        """The SQL name of a column; "" where the table has none of that name."""
        return next((f"c{at}" for at, (known, _) in enumerate(self.columns) if known == name), "")


class Engine(Protocol):
    """Answers SQL about views of tables; raises `Unmeasurable` for tables that cannot be read or break a limit."""

    def view(self, table: Table) -> View:
        """Make a view of a table."""

    def rows(self, sql: str) -> Sequence[Sequence[Any]]:
        """The answer to a query, small enough to hold."""

    def run(self, sql: str) -> None:
        """Do what a statement says (`CREATE TABLE … AS`), without an answer."""

    def hash64(self, *texts: str) -> str:
        """SQL for 64 bits that stand for texts; a missing text counts as a value of its own."""

    def cast(self, column: str, kind: str) -> str:
        """SQL for the value of a column as another type of SQL (`DOUBLE`, `DATE`); NULL where it is none."""

    def seconds(self, column: str) -> str:
        """SQL for the seconds since 1970 of a date or time, NULL where it is none; without a zone it counts as UTC."""


def engine_for(tables: Sequence[Table], limits: Limits) -> Engine:
    """The engine that the limits ask for; it reads these tables and no other file."""
    from mlgov.verification.engines.duckdb import DuckEngine

    return DuckEngine(tables, limits)
