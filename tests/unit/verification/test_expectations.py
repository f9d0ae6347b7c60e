"""What is declared and what the team's suites ask is run over all rows; values about persons are shown to nobody."""

import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import great_expectations as gx
import pytest

from mlgov.analysis import look
from mlgov.errors import UsageError
from mlgov.lifecycle.measured import MeasuredExpectation
from mlgov.policy.settings import DEFAULTS
from mlgov.scope import Scope
from mlgov.snapshot import open_snapshot
from mlgov.verification import DataFolder, Verified, connections, limits_from, measure, portions, require_known
from mlgov.verification.declared import declared_suites
from tests.unit.verification.ground import HEAD, measured, written

DECLARED = (
    HEAD
    + """data:
  labels: {name: bad}
  datasets: [{id: d, role: train, location: %s, rows: 3, class_balance: {0: 0.67, 1: 0.33}}]
  columns:
  - {name: id, type: integer, unique: true}
  - {name: age, type: number, min: 18}
  - {name: mail, type: string, pii: personal, pattern: '@example.org$'}
  - {name: seen, type: timestamp, min: 2026-01-01}
  - {name: zip, type: string, pattern: '^0'}
"""
)
CSV = "id,age,mail,seen,zip,bad\n1,34,ada@example.org,2026-02-01,01234,0\n2,17.5,eve@evil.test,NA,02345,0\n2,NaN,,2025-12-31 23:59:59,90210,1\n"
FAILS = {
    ("id should be unique", 3, 2, ("2",)),
    ("age should be at least 18", 2, 1, ("17.5",)),
    ("mail should match @example.org$", 2, 1, ()),
    ("seen should be at least 2026-01-01T00:00:00", 2, 1, ("2025-12-31 23:59:59",)),
    ("zip should match ^0", 3, 1, ("90210",)),
}


def expectations(found: Verified) -> list[MeasuredExpectation]:
    assert found.defects == ()
    return [m for m in found.measurements if isinstance(m, MeasuredExpectation)]


def failed(found: Verified) -> set[tuple[Any, ...]]:
    return {(m.expected, m.values, m.unexpected, m.examples) for m in expectations(found) if not m.holds}


def in_database(root: Path, address: str) -> Verified:
    """What measuring a folder gives whose data set `d` lies in a database."""
    (project,) = look(open_snapshot(str(root)), Scope((), [([], [])]), "2026-11-20").assembled.projects
    known = connections([f"d={address}"])
    require_known(known, [project])
    return measure(project, DataFolder(str(root), connections=known), limits_from(DEFAULTS["data"]), isolated=False)


def test_data_that_memory_does_not_hold_at_once_come_to_the_same_verdicts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "MOST_CELLS", 3)
    found = measured(written(tmp_path, {"mlgov.yaml": DECLARED % "d.csv", "d.csv": CSV}))
    assert failed(found) == FAILS
    assert len(expectations(found)) == 18


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_every_format_comes_to_the_same_verdicts(ending: str, tmp_path: Path) -> None:
    written(tmp_path, {"mlgov.yaml": DECLARED % f"d.{ending}", "d.csv": CSV})
    if ending != "csv":
        with duckdb.connect() as database:
            nulls = "nullstr=['', 'NA', 'NaN'], types={'zip': 'VARCHAR', 'seen': 'TIMESTAMP'}"
            format_ = "json" if ending == "jsonl" else ending
            database.execute(
                f"COPY (FROM read_csv('{tmp_path}/d.csv', {nulls})) TO '{tmp_path}/d.{ending}' (FORMAT {format_})"
            )
    found = measured(tmp_path)
    assert failed(found) == FAILS
    assert len(expectations(found)) == 18
    assert "eve@evil.test" not in repr(found)
    subjects = [m.subject for m in expectations(found)]
    assert len(set(subjects)) == len(subjects) - 1  # of the classes, two shares are expected of one column


@pytest.mark.needs("java")
@pytest.mark.usefixtures("spark")
def test_spark_reads_text_as_pandas_does(tmp_path: Path) -> None:
    columns = "{name: age, type: number, min: 18}, {name: seen, type: timestamp, min: 2026-01-01}, {name: zip, type: string, pattern: '^0'}"
    text = HEAD + f"data: {{datasets: [{{id: d, location: d.csv, rows: 3}}], columns: [{columns}]}}\n"
    found = measured(written(tmp_path, {"mlgov.yaml": text, "d.csv": CSV}), spark="local[2]")
    assert failed(found) == {row for row in FAILS if row[0].startswith(("age", "seen", "zip"))}


def test_of_a_text_that_is_no_number_it_is_told_how_many_values_are_none(tmp_path: Path) -> None:
    text = HEAD + "data: {datasets: [{id: d, location: d.csv}], columns: [{name: a, type: integer, max: 3}]}\n"
    found = measured(written(tmp_path, {"mlgov.yaml": text, "d.csv": "a,b\n1,x\n2.5,x\nNA,x\nx,x\n"}))
    assert failed(found) == {("a should be of type integer", 3, 2, ()), ("a should be at most 3", -1, -1, ())}


def test_columns_without_a_value_and_types_that_no_frame_has_are_no_failure(tmp_path: Path) -> None:
    columns = "{name: a, type: integer, min: 1, values: [1]}, {name: t, type: time}, {name: l, type: array}, {name: n, type: integer}"
    text = (
        HEAD
        + f"data: {{datasets: [{{id: d, location: d.csv}}, {{id: p, location: p.parquet}}], columns: [{columns}]}}\n"
    )
    with duckdb.connect() as database:
        row = "NULL::BIGINT AS a, TIME '10:00' AS t, [1] AS l, 99999999999999999999999::HUGEINT AS n"
        database.execute(f"COPY (SELECT {row}) TO '{tmp_path}/p.parquet' (FORMAT parquet)")
    text = text.replace("id: d,", "id: d, role: train,").replace("id: p,", "id: p, role: test,")
    found = measured(
        written(tmp_path, {"mlgov.yaml": text, "d.csv": "a,t,l,n\n,,[1],99999999999999999999999\nNA,,[2],1\n"})
    )
    kept = {(m.path, m.expected) for m in expectations(found) if not m.holds}
    assert kept == {
        ("p.parquet", "n should be of type integer")
    }  # Parquet has no integers of that size: it is a number
    assert {m.values for m in expectations(found) if m.path == "d.csv" and m.arguments["column"] == "a"} == {-1, 0}


def test_a_database_comes_to_the_same_verdicts(tmp_path: Path) -> None:
    written(tmp_path, {"mlgov.yaml": DECLARED % "d.csv"})
    rows = [
        tuple(v or None for v in line.replace("NA", "").replace("NaN", "").replace("N", "").split(","))
        for line in CSV.splitlines()[1:]
    ]
    with sqlite3.connect(tmp_path / "x.db") as database:
        database.execute("CREATE TABLE t (id INTEGER, age FLOAT, mail TEXT, seen TIMESTAMP, zip TEXT, bad INTEGER)")
        database.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", rows)
    database.close()
    found = in_database(tmp_path, f"sqlite:///{tmp_path}/x.db#t")
    assert failed(found) == FAILS
    assert {m.path for m in expectations(found)} == {f"sqlite:///{tmp_path}/x.db#t"}


def test_a_database_is_only_read_and_never_told_with_its_password(tmp_path: Path) -> None:
    written(tmp_path, {"mlgov.yaml": DECLARED % "d.csv"})
    found = in_database(tmp_path, f"sqlite:///{tmp_path}/none.db#t")
    assert not (tmp_path / "none.db").exists()
    assert "cannot be read" in found.defects[0].message
    found = in_database(tmp_path, "postgresql://ml:s%24cret@127.0.0.1:1/db?connect_timeout=2#t")
    (message,) = [d.message for d in found.defects if "postgresql" in d.message]
    assert "s%24cret" not in message
    assert "s$cret" not in message


@pytest.mark.parametrize("text", ["d=x.db#t", "d=sqlite:///x.db", "sqlite:///x.db#t", "=sqlite:///x#t"])
def test_a_connection_that_is_none_is_an_error_of_usage(text: str) -> None:
    with pytest.raises(UsageError, match="DATASET=URL#TABLE"):
        connections([text])


def test_a_connection_for_no_data_set_is_no_silent_pass(tmp_path: Path) -> None:
    written(tmp_path, {"mlgov.yaml": DECLARED % "d.csv"})
    (project,) = look(open_snapshot(str(tmp_path)), Scope((), [([], [])]), "2026-11-20").assembled.projects
    with pytest.raises(UsageError, match="no data set is called 'e'"):
        require_known(connections(["e=sqlite:///x.db#t"]), [project])


SUITE = '{"name": "d", "expectations": [%s]}'
BOUND = HEAD + "data: {datasets: [{id: d, location: d.csv, checks: {source: {file: gx/d.json}}}]}\n"


def test_the_suite_of_the_team_is_run_where_it_stands(tmp_path: Path) -> None:
    rows = [
        '{"type": "expect_column_values_to_be_of_type", "kwargs": {"column": "id", "type_": "int64"}}',
        '{"type": "expect_column_mean_to_be_between", "kwargs": {"column": "zip", "max_value": 3}}',
        '{"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "nope"}}',
        '{"type": "expect_table_columns_to_match_ordered_list", "kwargs": {"column_list": ["id"]}}',
    ]
    found = measured(written(tmp_path, {"mlgov.yaml": BOUND, "d.csv": CSV, "gx/d.json": SUITE % ", ".join(rows)}))
    told = sorted((m.suite, m.origin.pointer, m.holds, m.observed[:20]) for m in expectations(found))
    assert told == [
        ("gx/d.json", "/expectations/0", True, "int64"),
        ("gx/d.json", "/expectations/1", False, "31263.0"),
        ("gx/d.json", "/expectations/2", False, "the column is not th"),
        ("gx/d.json", "/expectations/3", False, "['id', 'age', 'mail'"),
    ]


def test_what_an_engine_cannot_judge_is_a_gap(tmp_path: Path) -> None:
    row = '{"type": "expect_column_values_to_match_like_pattern", "kwargs": {"column": "mail", "like_pattern": "a%"}}'
    found = measured(written(tmp_path, {"mlgov.yaml": BOUND, "d.csv": CSV, "gx/d.json": SUITE % row}))
    assert [d.message for d in found.defects] == [
        "d.csv could not be judged by 1 of its expectations: expect_column_values_to_match_like_pattern of mail ended with MetricProviderError"
    ]


def test_hostile_suites_and_files_run_nothing(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    code = f"@__import__('pathlib').Path('{canary}').touch()"
    row = f'{{"type": "expect_column_to_exist", "kwargs": {{"column": "id", "row_condition": "{code}"}}}}'
    plugin = f"from pathlib import Path\nPath({str(canary)!r}).touch()\n"
    files = {"mlgov.yaml": BOUND, "d.csv": CSV, "gx/d.json": SUITE % row, "gx/plugins/evil.py": plugin,
             "great_expectations.py": plugin, "sitecustomize.py": plugin, "duckdb.py": plugin, "pandas.py": plugin}  # fmt: skip
    found = measured(written(tmp_path, files), isolated=True)
    assert [(d.message[:26], d.origins[0].pointer) for d in found.defects] == [
        ("gx/d.json is not run: expe", "/expectations/0/kwargs/row_condition")
    ]
    assert not canary.exists()


def test_the_printed_suite_is_one_that_great_expectations_loads_and_runs(tmp_path: Path) -> None:
    import pandas

    written(tmp_path, {"mlgov.yaml": DECLARED % "d.csv", "d.csv": CSV})
    (project,) = look(open_snapshot(str(tmp_path)), Scope((), [([], [])]), "2026-11-20").assembled.projects
    (suite,) = declared_suites(project)
    context = gx.get_context(mode="ephemeral")
    definition = context.data_sources.add_pandas("p").add_dataframe_asset("d").add_batch_definition_whole_dataframe("w")
    texts = dict.fromkeys(("mail", "zip"), pandas.StringDtype())
    frame = pandas.read_csv(tmp_path / "d.csv", dtype=texts, parse_dates=["seen"], date_format="ISO8601")
    batch = definition.get_batch(batch_parameters={"dataframe": frame})
    result = batch.validate(gx.ExpectationSuite(**suite.data()))
    kinds = sorted(str(r.expectation_config.kwargs.get("column")) for r in result.results if not r.success)
    assert kinds == ["age", "id", "mail", "seen", "zip"]
