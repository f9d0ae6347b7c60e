"""Declared data are measured whole or not at all: what cannot be read is a located gap, and nothing leaves the tree."""

import gzip
import os
from pathlib import Path

import duckdb
import pytest

from mlgov.errors import ExtraMissing
from mlgov.lifecycle.measured import MeasuredFile
from mlgov.verification import limits, require
from tests.unit.verification.ground import HEAD, measured, written

ONE = HEAD + "data: {labels: {name: y}, datasets: [{id: d, location: %s}]}\n"


def file_of(root: Path, name: str, content: str | bytes, **asked: object) -> MeasuredFile:
    """The measured file of a tree with one data set."""
    found = measured(written(root, {"mlgov.yaml": ONE % name, name: content}), **asked)
    assert found.defects == ()
    (file,) = (m for m in found.measurements if isinstance(m, MeasuredFile))
    assert (found.planned, found.measured) == (1, 1)
    return file


def gap_of(root: Path, name: str, content: bytes, **asked: object) -> str:
    """The words of the one gap of such a tree; its place is the declaration, never a row of the data."""
    found = measured(written(root, {"mlgov.yaml": ONE % name, name: content}), **asked)
    assert found.measurements == ()
    assert (found.planned, found.measured) == (1, 0)
    (defect,) = found.defects
    assert (defect.code, defect.subject, [o.file for o in defect.origins]) == (
        "INT013",
        "data.datasets[d]",
        ["mlgov.yaml"],
    )
    return defect.message


def test_columns_types_and_missing_values_are_those_of_the_whole_file(tmp_path: Path) -> None:
    file = file_of(tmp_path, "d.csv", "id,when,v,y\n1,2026-01-02,1.5,a\n2,NA,x,b\n3,2026-01-03T10:00:00Z,,a\n")
    assert (file.rows, file.label, file.classes) == (3, "y", {"a": 2, "b": 1})
    told = {c.name: (c.values, {kind for kind, fits in c.fits.items() if fits == c.values}) for c in file.columns}
    assert told == {
        "id": (3, {"integer", "number"}),
        "when": (2, {"timestamp"}),
        "v": (2, set()),
        "y": (3, set()),
    }


@pytest.mark.parametrize("ending", ["csv", "csv.gz", "tsv", "jsonl", "parquet"])
def test_every_format_tells_the_same_rows(ending: str, tmp_path: Path) -> None:
    rows = [(n, f"r{n}", n % 2) for n in range(50)]
    if ending == "jsonl":
        content = "".join(f'{{"id": {n}, "y": {y}, "name": "{name}"}}\n' for n, name, y in rows).encode()
    else:
        mark = "\t" if ending == "tsv" else ";"
        content = (f"id{mark}name{mark}y\n" + "".join(f"{n}{mark}{name}{mark}{y}\n" for n, name, y in rows)).encode()
    if ending == "csv.gz":
        content = gzip.compress(content)
    if ending == "parquet":
        duckdb.sql("SELECT i AS id, 'r' || i AS name, i % 2 AS y FROM range(50) t(i)").write_parquet(
            str(tmp_path / "p")
        )
        content = (tmp_path / "p").read_bytes()
    file = file_of(tmp_path, f"d.{ending}", content)
    assert (file.rows, file.classes) == (50, {"0": 25, "1": 25})
    assert {c.name: c.fits["integer"] for c in file.columns} == {"id": 50, "name": 0, "y": 50}


def test_a_folder_of_parts_is_one_table(tmp_path: Path) -> None:
    parts = {f"d/part-{n}.csv": f"a,y\n{n},1\n" for n in range(3)}
    found = measured(written(tmp_path, {"mlgov.yaml": ONE % "d", "d/_SUCCESS": "", **parts}))
    assert [m.rows for m in found.measurements if isinstance(m, MeasuredFile)] == [3]


@pytest.mark.parametrize(
    ("name", "content", "words", "line"),
    [
        ("d.csv", b'a,b\n1,"x\n2,y\n', "a quote that is never closed", 2),
        ("d.csv", b"a,b\n1,x\n1,2,3\n", "another number of columns than the header", 3),
        ("d.csv", "a,b\n1,é\n".encode("latin-1"), "is not UTF-8", 2),
        ("d.csv", "a,é\n".encode("latin-1"), "line 1 is not UTF-8", 0),
        ("d.csv", "a,b\n1,2\n".encode("utf-16"), "is UTF-16, not plain UTF-8 text", 0),
        ("d.csv", b"a,b,a\n1,2,3\n", "names a column twice: 'a'", 0),
        ("d.csv", b",".join(b"c%d" % n for n in range(50_000)) + b"\n", "50000 columns, more than the limit", 0),
        ("d.csv", b"a,b\n1," + b"y" * 5_000_000 + b"\n", "is longer than 2000000 bytes", 2),
        ("d.csv", b"PK\x03\x04....", "is a zip archive", 0),
        ("d.csv.gz", b"a,b\n", "is no proper gzip file", 0),
        ("d.csv", b"", "is empty", 0),
        ("d.jsonl", b'{"a": 1}\n{"a": \n', "is no JSON", 3),
        ("d.parquet", b"PAR1" + b"\0" * 100, "cannot be read", 0),
        (
            "d.csv",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12\n",
            "git lfs pull",
            0,
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_a_located_gap(
    name: str, content: bytes, words: str, line: int, tmp_path: Path
) -> None:
    message = gap_of(tmp_path, name, content)
    assert words in message
    assert (f"{name} line {line} " in message) == bool(line)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"max_rows": 2}, "has more rows than the limit of 2"),
        ({"max_bytes": 9}, "has 16 bytes, more than"),
        ({"max_columns": 1}, "has 2 columns"),
    ],
)
def test_a_limit_gives_a_gap_and_never_a_sample(limit: dict[str, int], words: str, tmp_path: Path) -> None:
    message = gap_of(tmp_path, "d.csv", b"a,b\n1,2\n1,2\n1,2\n", **limit)
    assert words in message


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    message = gap_of(tmp_path, "d.csv.gz", gzip.compress(b"a\n" + b"1\n" * 5_000_000), max_bytes="1MB")
    assert "unpacks to more than the limit" in message


def test_memory_and_time_end_the_measuring_and_nothing_else(tmp_path: Path) -> None:
    two = HEAD + "data: {datasets: [{id: big, location: big.csv}, {id: small, location: small.csv}]}\n"
    wide = ",".join(f"c{n}" for n in range(4_000)) + "\n" + ",".join("1" for _ in range(4_000)) + "\n"
    root = written(tmp_path, {"mlgov.yaml": two, "big.csv": wide, "small.csv": "a\n1\n"})
    found = measured(root, isolated=True, kind=MeasuredFile, max_memory="150MB")
    assert [d.subject for d in found.defects] == ["data.datasets[big]"]
    assert [m.subject for m in found.measurements] == ["data.datasets[small]"]


def test_no_link_leads_out_of_the_tree_and_nothing_but_files_is_opened(tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text("a\n1\n")
    root = written(tmp_path / "tree", {"mlgov.yaml": ONE % "d.csv"})
    (root / "d.csv").symlink_to(outside)
    assert "leaves the tree" in measured(root).defects[0].message
    (root / "d.csv").unlink()
    os.mkfifo(root / "d.csv")
    assert "is no plain file" in measured(root).defects[0].message


def test_what_is_elsewhere_excluded_or_no_table_is_said(tmp_path: Path) -> None:
    told = "data: {datasets: [{id: a, location: 's3://b/c.csv'}, {id: b, location: m.pkl}, {id: c, location: c.csv}]}\n"
    root = written(tmp_path, {"mlgov.yaml": HEAD + told, "m.pkl": b"\x80\x04.", "c.csv": "a\n1\n"})
    found = measured(root, exclude="c.csv")
    assert (found.measurements, found.defects, found.planned) == ((), (), 0)
    assert [note.partition(" ")[0] for note in found.notes] == ["s3://b/c.csv", "m.pkl", "c.csv"]


def test_a_file_that_was_not_brought_here_is_a_gap(tmp_path: Path) -> None:
    found = measured(written(tmp_path, {"mlgov.yaml": ONE % "d.parquet"}))
    assert [d.message for d in found.defects] == ["d.parquet is not here"]


def test_a_missing_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "find_spec", lambda _: None)
    with pytest.raises(ExtraMissing, match=r"pip install 'mlgov\[data\]'"):
        require()
