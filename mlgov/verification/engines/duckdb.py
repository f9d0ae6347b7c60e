"""DuckDB reads tables in batches on this machine: only the files of a job, within its memory, spilling to disk."""

import gzip
import os
import re
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import duckdb

from mlgov.verification.engines import View
from mlgov.verification.header import header_of
from mlgov.verification.job import Table, Unmeasurable
from mlgov.verification.limits import Limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

# of the memory of the process; Python, the library and what DuckDB does not count take the rest
SHARE = 0.5
ROW = 256  # bytes that a row takes while hashes are joined
LONGEST_LINE = 2_000_000  # bytes
# what DuckDB says -> what a person is told; what DuckDB says beside it quotes rows, which may be personal data
_KINDS = (
    (r".*\[\d*\]$", "array"),
    (r"STRUCT|MAP|UNION|JSON", "object"),
    (r"VARCHAR|ENUM", "text"),
    (r"(TINY|SMALL|BIG|UTINY|USMALL)?INT(EGER)?$|UINTEGER", "integer"),
    (r"DOUBLE|FLOAT|DECIMAL|U?BIGINT|U?HUGEINT", "number"),
    (r"BOOLEAN", "boolean"),
    (r"DATE$", "date"),
    (r"TIMESTAMP", "timestamp"),
    (r"TIME", "time"),
)
_TOLD = (
    ("unterminated quote", "has a quote that is never closed"),
    ("not utf-8", "is not UTF-8"),
    ("Maximum line size", f"is longer than {LONGEST_LINE} bytes"),
    ("Expected Number of Columns", "has another number of columns than the header"),
    ("CSV Error", "cannot be read as CSV"),
    ("maximum_object_size", f"is longer than {LONGEST_LINE} bytes"),
    ("Malformed JSON", "is no JSON"),
)


class DuckEngine:
    """One database in memory, which may read no file but those of its tables, and load nothing."""

    def __init__(self, tables: Sequence[Table], limits: Limits) -> None:
        self.at_once = max(100_000, int(limits.memory * SHARE) // ROW)
        self._limits, self._tables = limits, tables
        self._views = 0
        self._spill = os.environ.get("TMPDIR", "")
        self._database = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": f"{int(limits.memory * SHARE)}B",
                "threads": min(4, os.cpu_count() or 1),
                "temp_directory": os.path.join(self._spill, "spill") if self._spill else "",
                "preserve_insertion_order": False,
                "autoload_known_extensions": False,
                "autoinstall_known_extensions": False,
                "allow_community_extensions": False,
            },
        )
        files = ", ".join(_text(file) for table in tables for file in table.files)
        self._database.execute("SET TimeZone = 'UTC'")
        self._database.execute(f"SET allowed_paths = [{files}]")
        self._database.execute("SET enable_external_access = false")
        self._database.execute("SET lock_configuration = true")

    def view(self, table: Table) -> View:
        """Make a view of a table: what DuckDB's own reader of the format sees, whole or not at all."""
        if table.bytes > self._limits.bytes:
            raise Unmeasurable(f"has {table.bytes} bytes, more than the limit of {self._limits.bytes}", table.path)
        for file in table.files:
            if file.endswith(".gz"):
                self._refuse_bomb(file, table)
        name = f"t{self._views}"
        self._views += 1
        try:
            columns, source = getattr(self, f"_{table.format}")(table)
            self._database.execute(f"CREATE VIEW {name} AS {source}")
            most = self._limits.rows
            ((rows,),) = self.rows(f"SELECT count(*) FROM (SELECT 1 FROM {name} LIMIT {most + 1})")
        except duckdb.Error as error:
            raise self._unmeasurable(error, table.path) from None
        if rows > most:
            raise Unmeasurable(f"has more rows than the limit of {most}", table.path)
        return View(name, tuple(columns), table.format != "parquet")

    def rows(self, sql: str) -> Sequence[Sequence[Any]]:
        """The answer to a query."""
        try:
            return self._database.execute(sql).fetchall()
        except duckdb.Error as error:
            raise self._unmeasurable(error) from None

    def keep(self, name: str, sql: str) -> None:
        """Keep the answer to a query as a table, which spills to disk."""
        self.rows(f"CREATE TABLE {name} AS {sql}")

    def frame(self, sql: str, names: Sequence[str]) -> Any:
        """The answer to a query as a frame of pandas, with types that know a missing value."""
        try:
            table = self._database.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise self._unmeasurable(error) from None
        frame = table.to_pandas(types_mapper=_nullable)
        frame.columns = list(names)
        return frame

    def arrays(self, sql: str) -> "Sequence[NDArray[Any]]":
        """The answer to a query as arrays, in the order of its columns."""
        try:
            return tuple(self._database.execute(sql).fetchnumpy().values())
        except duckdb.Error as error:
            raise self._unmeasurable(error) from None

    def hash64(self, *values: str) -> str:
        """SQL for the hash of values."""
        return f"hash({', '.join(values)})"

    def text(self, column: str) -> str:
        """SQL for a value as text."""
        return f"CAST({column} AS VARCHAR)"

    def number(self, column: str) -> str:
        """SQL for a value as a finite number."""
        number = f"TRY_CAST({column} AS DOUBLE)"
        return f"CASE WHEN isfinite({number}) THEN {number} END"

    def day(self, column: str) -> str:
        """SQL for the day that a text is."""
        return f"CASE WHEN length({column}) = 10 THEN TRY_CAST({column} AS DATE) END"

    def seconds(self, column: str) -> str:
        """SQL for the seconds since 1970."""
        return f"epoch(TRY_CAST({column} AS TIMESTAMPTZ))"

    def quantiles(self, column: str, shares: Sequence[float]) -> str:
        """SQL for a list of quantiles."""
        return f"approx_quantile({column}, [{', '.join(map(str, shares))}])"

    def _csv(self, table: Table) -> tuple[list[tuple[str, str]], str]:
        header = header_of(table, self._limits)
        named = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(header.names)))
        read = (
            f"read_csv({_files(table)}, auto_detect=false, header=true, delim='{header.delimiter}', quote='\"', "
            f"escape='\"', columns={{{named}}}, max_line_size={LONGEST_LINE}, strict_mode=true)"
        )
        return [(name, "text") for name in header.names], f"SELECT * FROM {read}"

    def _jsonl(self, table: Table) -> tuple[list[tuple[str, str]], str]:
        """Every key of every object is a column; what is nested is a text of JSON."""
        most = self._limits.columns
        found = self._database.execute(
            f"SELECT DISTINCT unnest(json_keys(json)) AS name FROM read_ndjson_objects({_files(table)}, "
            f"maximum_object_size={LONGEST_LINE}) LIMIT {most + 1}"
        ).fetchall()
        if len(found) > most:
            raise Unmeasurable(f"has more columns than the limit of {most}", table.path)
        names = sorted(name for (name,) in found)
        if not names:
            raise Unmeasurable("holds no objects with keys", table.path)
        paths = [_text("/" + name.replace("~", "~0").replace("/", "~1")) for name in names]
        picked = ", ".join(f"json ->> {path} AS c{at}" for at, path in enumerate(paths))
        read = f"read_ndjson_objects({_files(table)}, maximum_object_size={LONGEST_LINE})"
        return [(name, "text") for name in names], f"SELECT {picked} FROM {read}"

    def _parquet(self, table: Table) -> tuple[list[tuple[str, str]], str]:
        unpacked, columns = self._database.execute(
            f"SELECT sum(total_uncompressed_size), count(DISTINCT path_in_schema) FROM parquet_metadata({_files(table)})"
        ).fetchone() or (0, 0)
        if columns > self._limits.columns:
            raise Unmeasurable(f"has {columns} columns, more than the limit of {self._limits.columns}", table.path)
        if (unpacked or 0) > self._limits.bytes:
            raise Unmeasurable(f"unpacks to {unpacked} bytes, more than the limit of {self._limits.bytes}", table.path)
        read = f"read_parquet({_files(table)})"
        described = self._database.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
        picked = ", ".join(f"{_quoted(row[0])} AS c{at}" for at, row in enumerate(described))
        return [(row[0], kind_of(row[1])) for row in described], f"SELECT {picked} FROM {read}"

    def _unmeasurable(self, error: duckdb.Error, path: str = "") -> Unmeasurable:
        """Why DuckDB gave up, without the rows that it quotes."""
        said = str(error)
        if isinstance(error, duckdb.OutOfMemoryException):
            return Unmeasurable(f"needs more memory than the limit of {self._limits.memory} bytes", path)
        path = path or next((t.path for t in self._tables for file in t.files if file in said), "")
        line = re.search(r"Line: (\d+)|in line (\d+)", said)
        if told := next((told for sign, told in _TOLD if sign in said), ""):
            return Unmeasurable(told, path, int(line[1] or line[2]) if line else 0)
        words = re.sub(r"'[^']*'|\"[^\"]*\"", "…", said.partition("\n")[0])
        return Unmeasurable(f"cannot be read: {words[:200]}", path)

    def _refuse_bomb(self, file: str, table: Table) -> None:
        """Unpack a file once, keeping nothing, to know how much it holds."""
        size = 0
        try:
            with gzip.open(file) as unpacked:
                while size <= self._limits.bytes and (chunk := unpacked.read(1 << 20)):
                    size += len(chunk)
        except (OSError, EOFError, zlib.error):
            raise Unmeasurable("is no proper gzip file", table.path) from None
        if size > self._limits.bytes:
            raise Unmeasurable(f"unpacks to more than the limit of {self._limits.bytes} bytes", table.path)


def kind_of(said: str) -> str:
    """The kind of a column from its type in SQL."""
    return next((kind for pattern, kind in _KINDS if re.match(pattern, said)), "other")


def _nullable(kind: Any) -> Any:
    """The type of pandas that holds an Arrow type and knows missing values; None where pandas has only one choice."""
    import pandas

    named = {"double": "Float64", "float": "Float32", "string": "string", "bool": "boolean"}
    name = named.get(str(kind)) or (
        str(kind).replace("int", "Int").replace("uI", "UI") if "int" in str(kind)[:4] else ""
    )
    return pandas.api.types.pandas_dtype(name) if name else None


def _files(table: Table) -> str:
    return f"[{', '.join(_text(file) for file in table.files)}]"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
