"""Spark and DuckDB measure the same, whatever the format; what Spark itself would read without a word is refused."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from mlgov.lifecycle.measured import Measured, MeasuredFile, MeasuredShift
from tests.unit.verification.ground import HEAD, measured, written
from tests.unit.verification.test_splits import csv, rows

pytestmark = [pytest.mark.needs("java"), pytest.mark.usefixtures("spark")]
LOCAL = "local[2]"
DATA = """
data:
  labels: {name: city}
  entity: {key: user}
  datasets:
  - {id: train, role: train, location: a.csv}
  - {id: reference, role: reference, location: r.jsonl}
  - {id: typed, location: c.parquet}
  splits:
    strategy: temporal
    time_column: day
    parts: [{part: train, file: a.csv}, {part: validation, file: b.jsonl}, {part: test, file: c.parquet}]
"""


def jsonl(some: list[tuple[Any, ...]]) -> str:
    return "".join(
        f'{{"id": {n}, "user": "{user}", "day": "{day}", "x": {x}, "city": "{city}"}}\n'
        for n, user, day, x, city in some
    )


def comparable(found: Measured) -> Measured:
    """Where the bins of a quantile begin is exact only to a share of the rows."""
    return replace(found, columns=()) if isinstance(found, MeasuredShift) else found


def test_both_engines_measure_the_same(tmp_path: Path) -> None:
    train, validation, test = rows(80, 1, 0, 1), rows(30, 3, 400, 2), rows(30, 2, 500, 3)
    validation[3] = (3, *train[7][1:])
    validation[4] = (4, "u999", *train[9][2:4], train[9][4].upper())
    test[5] = (5, train[11][1], *test[5][2:])
    train[20] = (*train[20][:3], "NaN", "NA")
    files = {
        "mlgov.yaml": HEAD + DATA,
        "a.csv": csv(train),
        "b.jsonl": jsonl(validation),
        "r.jsonl": jsonl(rows(90, 1, 0, 9)),
    }
    root = written(tmp_path, files | {"typed.csv": csv(test)})
    duckdb.read_csv(str(root / "typed.csv")).write_parquet(str(root / "c.parquet"))
    here, there = measured(root), measured(root, spark=LOCAL)
    assert (there.defects, there.planned, there.measured) == ((), here.planned, here.measured)
    assert sorted(map(repr, map(comparable, there.measurements))) == sorted(
        map(repr, map(comparable, here.measurements))
    )
    assert any(isinstance(m, MeasuredFile) for m in there.measurements)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("d.csv", b'a,b\n1,"x\n2,y\n', "has a quote that is never closed"),
        ("d.csv", "a,b\n1,é\n".encode("latin-1"), "is not UTF-8"),
        ("d.csv", b"a,b\n1,2,3\n", "cannot be read"),
        ("d.csv", b"a,b\n1," + b"y" * 5_000_000 + b"\n", "longer than 2000000 characters"),
        ("d.parquet", b"PAR1" + b"\0" * 100, "cannot be read"),
        ("d.jsonl", b'{"a": 1}\n{"a": \n', "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_a_gap_on_spark_as_well(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    manifest = HEAD + f"data: {{datasets: [{{id: d, location: {name}}}]}}\n"
    (defect,) = measured(
        written(tmp_path, {"mlgov.yaml": manifest, name: content}), spark=LOCAL, kind=MeasuredFile
    ).defects
    assert words in defect.message
    assert os.fspath(tmp_path) not in defect.message
