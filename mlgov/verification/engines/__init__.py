"""What reads tables and answers questions about all of their rows: DuckDB on this machine, or Spark.

Both answer the same SQL. A table becomes a view whose columns are called `c0`, `c1` … in order, so that no name of a
stranger's ever stands in a query; values of text formats stay texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from mlgov.verification.job import Table
from mlgov.verification.limits import Limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

# what people write into a text file where a value is missing; the words that pandas.read_csv takes as missing
MISSING = ("", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
           "NA", "NULL", "NaN", "None", "n/a", "nan", "null")  # fmt: skip


@dataclass(frozen=True)
class View:
    """A table as SQL sees it. name: of the view. columns: the names in the data, in order, and their kinds.

    A kind is `text`, `integer` (64 bits), `number`, `boolean`, `date`, `timestamp`, `time`, `object`, `array` or `other`.
    is_plain: a text format, in which every value is a text as it stands in the file.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    is_plain: bool

    def column(self, name: str) -> str:
        """The SQL name of a column; "" where the table has none of that name."""
        return next((f"c{at}" for at, (known, _) in enumerate(self.columns) if known == name), "")

    def kind(self, name: str) -> str:
        """The kind of a column; "" where the table has none of that name."""
        return next((kind for known, kind in self.columns if known == name), "")


class Engine(Protocol):
    """Answers SQL about views of tables; raises `Unmeasurable` for tables that cannot be read or break a limit.

    at_once: how many rows can be joined or told apart in one query without leaving its memory. The methods that give
    SQL say the few things in which engines differ.
    """

    at_once: int

    def view(self, table: Table) -> View:
        """Make a view of a table."""

    def rows(self, sql: str) -> Sequence[Sequence[Any]]:
        """The answer to a query, small enough to hold."""

    def frame(self, sql: str, names: Sequence[str]) -> Any:
        """The answer to a query whole, as a frame of pandas or Spark whose columns have these names."""

    def keep(self, name: str, sql: str) -> None:
        """Keep the answer to a query as a table, on disk where it is large."""

    def arrays(self, sql: str) -> "Sequence[NDArray[Any]]":
        """The answer to a query as one array for each column, missing values masked."""

    def hash64(self, *values: str) -> str:
        """SQL for 64 bits that stand for values; a missing one counts as a value of its own."""

    def text(self, column: str) -> str:
        """SQL for a value as text."""

    def number(self, column: str) -> str:
        """SQL for a value as a finite number, NULL where it is none."""

    def day(self, column: str) -> str:
        """SQL for the day that a text of ten characters is, NULL where it is none."""

    def seconds(self, column: str) -> str:
        """SQL for the seconds since 1970 of a date or time, NULL where it is none; without a zone it counts as UTC."""

    def quantiles(self, column: str, shares: Sequence[float]) -> str:
        """SQL for a list of quantiles of a column, each exact to about a hundredth of the rows."""


def engine_for(tables: Sequence[Table], limits: Limits) -> Engine:
    """The engine that the limits ask for; it reads these tables and no other file."""
    if limits.spark:
        from mlgov.verification.engines.spark import SparkEngine

        return SparkEngine(limits)
    from mlgov.verification.engines.duckdb import DuckEngine

    return DuckEngine(tables, limits)
