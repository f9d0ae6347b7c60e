"""One suite over pandas, Spark, PostgreSQL and SQLite: Great Expectations' own engines come to the same verdicts."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from mlgov.verification import batches
from mlgov.verification.expectation import TYPES
from mlgov.verification.limits import Limits
from mlgov.verification.validation import outcomes
from tests.unit.verification.postgres import postgres

COLUMNS = "id age income plan email seen day ok bad".split()
ROWS: list[tuple[Any, ...]] = [
    (1, 34, 1.5, "a", "x@y.z", "2026-11-01 10:00:00", "2026-01-01", True, 0),
    (2, 17, None, "b", "x@y.z", "2026-11-02 00:00:00", "2026-01-02", False, 1),
    (3, 30, -2.5, "cc", None, None, None, None, 1),
    (3, 200, 9.25, None, "q@y.z", "2023-11-02 00:00:00", "2025-01-02", True, 7),
]
TABLE = (
    "CREATE TABLE t (id {int}, age {int}, income {float}, plan {text}, email {text}, seen TIMESTAMP, day DATE, ok BOOLEAN, "
    "bad {int})"
)
SQL = {"int": "BIGINT", "float": "DOUBLE PRECISION", "text": "TEXT"}
PAID = {"type": "comparison", "column": {"name": "plan"}, "operator": "==", "parameter": "a"}

# kind, arguments -> whether it holds, values looked at, unexpected values (-1: nothing is counted)
SUITE: list[tuple[str, dict[str, Any], bool, int, int]] = [
    *(("column_values_to_be_in_type_list", {"column": c, "type_list": list(TYPES[t])}, True, -1, -1)
      for c, t in zip(COLUMNS, "integer integer number string string timestamp date boolean integer".split(), strict=True)),
    ("column_values_to_be_in_type_list", {"column": "age", "type_list": list(TYPES["string"])}, False, -1, -1),
    ("column_to_exist", {"column": "nope"}, False, -1, -1),
    ("column_values_to_not_be_null", {"column": "plan"}, False, 4, 1),
    ("column_values_to_not_be_null", {"column": "plan", "mostly": 0.7}, True, 4, 1),
    ("column_values_to_not_be_null", {"column": "income", "row_condition": PAID}, True, 1, 0),
    ("column_values_to_be_unique", {"column": "id"}, False, 4, 2),
    ("compound_columns_to_be_unique", {"column_list": ["id", "bad"]}, True, 4, 0),
    ("column_values_to_be_between", {"column": "age", "min_value": 18, "max_value": 120}, False, 4, 2),
    ("column_values_to_be_between", {"column": "seen", "min_value": "2024-01-01"}, False, 3, 1),
    ("column_values_to_be_between", {"column": "day", "max_value": "2026-01-01"}, False, 3, 1),
    ("column_values_to_be_between", {"column": "plan", "min_value": 1}, False, -1, -1),
    ("column_values_to_be_between", {"column": "nope", "min_value": 1}, False, -1, -1),
    ("column_values_to_be_in_set", {"column": "plan", "value_set": ["a", "b"]}, False, 3, 1),
    ("column_values_to_be_in_set", {"column": "bad", "value_set": ["0", "1"]}, False, 4, 1),
    ("column_values_to_be_in_set", {"column": "bad", "value_set": [1], "mostly": 0.5}, True, 4, 2),
    ("column_values_to_be_in_set", {"column": "ok", "value_set": ["true"]}, False, 3, 1),
    ("column_values_to_be_in_set", {"column": "day", "value_set": ["2026-01-01"]}, False, 3, 2),
    ("column_values_to_match_regex", {"column": "plan", "regex": "^(?:[ab].*|c)$"}, False, 3, 1),
    ("column_values_to_match_regex", {"column": "age", "regex": "^3"}, False, -1, -1),
    ("column_value_lengths_to_be_between", {"column": "plan", "max_value": 1}, False, 3, 1),
    ("column_max_to_be_between", {"column": "seen", "min_value": "2026-11-02T00:00:00"}, True, -1, -1),
    ("column_mean_to_be_between", {"column": "income", "min_value": 2, "max_value": 3}, True, -1, -1),
    ("column_sum_to_be_between", {"column": "age", "max_value": 280}, False, -1, -1),
    ("column_distinct_values_to_contain_set", {"column": "plan", "value_set": ["a", "d"]}, False, -1, -1),
    ("column_pair_values_a_to_be_greater_than_b", {"column_A": "age", "column_B": "id"}, True, 4, 0),
    ("table_row_count_to_equal", {"value": 5}, False, -1, -1),
    ("table_row_count_to_be_between", {"min_value": 1, "max_value": 4}, True, -1, -1),
    ("table_columns_to_match_set", {"column_set": COLUMNS}, True, -1, -1),
]  # fmt: skip


def judged(batch: batches.Batch) -> list[tuple[str, dict[str, Any], bool, int, int]]:
    asked = [{"kind": f"expect_{kind}", "kwargs": kwargs} for kind, kwargs, *_ in SUITE]
    found = list(outcomes(batch, asked))
    assert [o.trouble for o in found if o.trouble] == []
    return [
        (kind, kwargs, o.held, o.values if kind != "column_values_to_be_in_type_list" else -1,
         o.unexpected if kind != "column_values_to_be_in_type_list" else -1)
        for (kind, kwargs, *_), o in zip(SUITE, found, strict=True)
    ]  # fmt: skip


def parquet(folder: Path) -> str:
    with duckdb.connect() as database:
        database.execute(TABLE.format(int="BIGINT", float="DOUBLE", text="VARCHAR"))
        database.executemany(f"INSERT INTO t VALUES ({', '.join('?' * 9)})", ROWS)
        database.execute(f"COPY t TO '{folder / 't.parquet'}' (FORMAT parquet)")
    return str(folder / "t.parquet")


def pandas(folder: Path) -> list[Any]:
    from mlgov.verification.engines.duckdb import DuckEngine
    from mlgov.verification.job import Table
    from mlgov.verification.typed import select

    table = Table("t.parquet", (parquet(folder),), "parquet", 1)
    engine = DuckEngine((table,), Limits(100, 100, 10**6, 10**9, 60))
    return judged(batches.of_pandas(engine.frame(*select(engine, engine.view(table), COLUMNS, {}, {}))))


def on_spark(folder: Path) -> list[Any]:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    return judged(batches.of_spark(session.read.parquet(parquet(folder)).cache()))


def sqlite(folder: Path) -> list[Any]:
    database = sqlite3.connect(folder / "t.sqlite")
    with database:
        database.execute(TABLE.format(**SQL))
        database.executemany(f"INSERT INTO t VALUES ({', '.join('?' * 9)})", ROWS)
    database.close()
    return judged(batches.of_sql(f"sqlite:///{folder}/t.sqlite#t"))


def postgresql(_: Path) -> list[Any]:
    import psycopg2

    with postgres() as socket:
        connection = psycopg2.connect(host=socket, user="ml", dbname="postgres")
        cursor = connection.cursor()
        cursor.execute("CREATE SCHEMA s; SET search_path = s")
        cursor.execute(TABLE.format(**SQL))
        cursor.executemany(f"INSERT INTO t VALUES ({', '.join(['%s'] * 9)})", ROWS)
        connection.commit()
        connection.close()
        return judged(batches.of_sql(f"postgresql+psycopg2://ml@/postgres?host={socket}#s.t"))


@pytest.mark.parametrize("engine", [pandas, sqlite, pytest.param(postgresql, marks=pytest.mark.needs("initdb"))])
def test_every_engine_comes_to_the_same_verdicts(engine: Callable[[Path], list[Any]], tmp_path: Path) -> None:
    assert engine(tmp_path) == SUITE


@pytest.mark.needs("java")
@pytest.mark.usefixtures("spark")
def test_spark_comes_to_the_same_verdicts(tmp_path: Path) -> None:
    assert on_spark(tmp_path) == SUITE
