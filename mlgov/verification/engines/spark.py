"""Spark reads tables that outgrow one machine; files must lie at the same path for every worker."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  # as everybody calls it

from mlgov.verification.engines import View
from mlgov.verification.header import header_of
from mlgov.verification.job import Table, Unmeasurable
from mlgov.verification.limits import Limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

ERRORS = (PySparkException, Py4JJavaError)
LONGEST_LINE = 2_000_000  # characters of a value
_KINDS = {
    "string": "text", "tinyint": "integer", "smallint": "integer", "int": "integer", "bigint": "integer",
    "float": "number", "double": "number", "boolean": "boolean", "date": "date", "timestamp": "timestamp",
    "timestamp_ntz": "timestamp", "array": "array", "struct": "object", "map": "object", "variant": "object",
}  # fmt: skip


def session(limits: Limits) -> SparkSession:
    """The one session of this process; a cluster's own settings win."""
    local = limits.spark.startswith("local")
    builder = SparkSession.builder.master(limits.spark).appName("mlgov")
    settings = {
        "spark.driver.memory": f"{max(limits.memory >> 20, 512)}m",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": os.path.join(os.environ.get("TMPDIR") or os.getcwd(), "warehouse"),
    }
    if local:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings |= {"spark.sql.shuffle.partitions": "8"}
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


class SparkEngine:
    """Views and tables of one job, on the session of this process."""

    at_once = 1 << 62  # Spark divides the rows itself

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        try:
            self._spark = session(limits)
        except Exception as error:  # no Java, no such master: whatever it is, nothing can be measured
            raise Unmeasurable(f"could not be measured: Spark at {limits.spark} did not start") from error
        self._views = 0

    def view(self, table: Table) -> View:
        """Make a view of a table, whole or not at all."""
        if table.bytes > self._limits.bytes:
            raise Unmeasurable(f"has {table.bytes} bytes, more than the limit of {self._limits.bytes}", table.path)
        name = f"t{id(self)}_{self._views}"
        self._views += 1
        try:
            names, frame = getattr(self, f"_{table.format}")(table)
            if len(names) > self._limits.columns:
                raise Unmeasurable(
                    f"has {len(names)} columns, more than the limit of {self._limits.columns}", table.path
                )
            frame.createOrReplaceTempView(name)
            rows = frame.count()
        except ERRORS as error:
            raise Unmeasurable(f"cannot be read: {_words(error)}", table.path) from None
        if rows > self._limits.rows:
            raise Unmeasurable(f"has more rows than the limit of {self._limits.rows}", table.path)
        kinds = [kind_of(field.dataType.simpleString()) for field in frame.schema.fields]
        return View(name, tuple(zip(names, kinds, strict=True)), table.format != "parquet")

    def rows(self, sql: str) -> Sequence[Sequence[Any]]:
        """The answer to a query."""
        try:
            return [tuple(row) for row in self._spark.sql(sql).collect()]
        except ERRORS as error:
            raise Unmeasurable(f"cannot be read: {_words(error)}") from None

    def frame(self, sql: str, names: Sequence[str]) -> DataFrame:
        """The answer to a query as a frame of Spark."""
        return self._spark.sql(sql).toDF(*names)

    def arrays(self, sql: str) -> "Sequence[NDArray[Any]]":
        """The answer to a query as arrays, in the order of its columns, brought to this process."""
        import numpy as np

        try:
            columns = self._spark.sql(sql).toArrow().columns
        except ERRORS as error:
            raise Unmeasurable(f"cannot be read: {_words(error)}") from None
        missing = [column.is_null().to_numpy(zero_copy_only=False) for column in columns]
        values = [column.to_numpy(zero_copy_only=False) for column in columns]
        return [np.ma.masked_array(v, mask=m) for v, m in zip(values, missing, strict=True)]

    def keep(self, name: str, sql: str) -> None:
        """Keep the answer to a query, in the memory and on the disks of the workers."""
        try:
            self._spark.sql(sql).persist().createOrReplaceTempView(name)
        except ERRORS as error:
            raise Unmeasurable(f"cannot be read: {_words(error)}") from None

    def hash64(self, *values: str) -> str:
        """SQL for the hash of values; Spark's own leaves out what is missing."""
        return f"xxhash64({', '.join(f'{v} IS NULL, {v}' for v in values)})"

    def text(self, column: str) -> str:
        """SQL for a value as text."""
        return f"CAST({column} AS STRING)"

    def number(self, column: str) -> str:
        """SQL for a value as a finite number."""
        number = f"TRY_CAST({column} AS DOUBLE)"
        return f"CASE WHEN abs({number}) < CAST('Infinity' AS DOUBLE) THEN {number} END"

    def day(self, column: str) -> str:
        """SQL for the day that a text is."""
        return f"CASE WHEN length({column}) = 10 THEN TRY_CAST({column} AS DATE) END"

    def seconds(self, column: str) -> str:
        """SQL for the seconds since 1970; a text must begin with a whole date."""
        moment = f"CAST(TRY_CAST({column} AS TIMESTAMP) AS DOUBLE)"
        return f"CASE WHEN CAST({column} AS STRING) LIKE '____-__-__%' THEN {moment} END"

    def quantiles(self, column: str, shares: Sequence[float]) -> str:
        """SQL for a list of quantiles."""
        return f"percentile_approx({column}, array({', '.join(map(str, shares))}), 1000)"

    def _csv(self, table: Table) -> tuple[list[str], DataFrame]:
        header = header_of(table, self._limits)
        self._refuse_broken_text(table)
        schema = ", ".join(f"c{at} STRING" for at in range(len(header.names)))
        options = {
            "header": "true", "sep": header.delimiter, "quote": '"', "escape": '"', "mode": "FAILFAST", "multiLine": "true",
            "maxCharsPerColumn": str(LONGEST_LINE), "maxColumns": str(max(len(header.names), 1) + 1), "enforceSchema": "true",
        }  # fmt: skip
        return list(header.names), self._spark.read.schema(schema).options(**options).csv(_paths(table))

    def _jsonl(self, table: Table) -> tuple[list[str], DataFrame]:
        """Every key of every object is a column; all values are texts, as in the other text formats."""
        self._refuse_broken_text(table)
        reader = self._spark.read.option("mode", "FAILFAST").option("primitivesAsString", "true")
        frame = reader.json(_paths(table))
        texts = [F.to_json(f"`{f.name}`") if kind_of(f.dataType.simpleString()) in ("object", "array") else F.col(f"`{f.name}`")
                 for f in frame.schema.fields]  # fmt: skip
        return frame.columns, frame.select(*(text.alias(f"c{at}") for at, text in enumerate(texts)))

    def _parquet(self, table: Table) -> tuple[list[str], DataFrame]:
        frame = self._spark.read.parquet(*_paths(table))
        return frame.columns, frame.toDF(*(f"c{at}" for at in range(len(frame.columns))))

    def _refuse_broken_text(self, table: Table) -> None:
        """What Spark would read without a word: a quote that swallows the rest, bytes that are not UTF-8, endless lines."""
        lines = self._spark.read.text(_paths(table)).withColumn("file", F.input_file_name())
        quotes = (
            F.sum(F.length("value") - F.length(F.replace("value", F.lit('"'), F.lit(""))))
            if table.format == "csv"
            else F.lit(0)
        )
        told = lines.groupBy("file").agg(
            (quotes % 2).alias("odd"),
            F.count(F.when(~F.is_valid_utf8("value"), 1)).alias("unknown"),
            F.max(F.length("value")).alias("longest"),
        )
        odd, unknown, longest = told.agg(F.max("odd"), F.max("unknown"), F.max("longest")).first() or (0, 0, 0)
        if odd:
            raise Unmeasurable("has a quote that is never closed", table.path)
        if unknown:
            raise Unmeasurable("is not UTF-8", table.path)
        if (longest or 0) > LONGEST_LINE:
            raise Unmeasurable(f"has a line longer than {LONGEST_LINE} characters", table.path)


def kind_of(said: str) -> str:
    """The kind of a column from its type in Spark."""
    return "number" if said.startswith("decimal") else _KINDS.get(said.partition("<")[0], "other")


def _paths(table: Table) -> list[str]:
    return [f"file://{file}" for file in table.files]


def _words(error: Exception) -> str:
    """What kind of error it is, without the rows that its text quotes."""
    condition = error.getCondition() if isinstance(error, PySparkException) else None
    return str(condition or type(error).__name__)
