"""CSV: the names in the first line and where they stand."""

import pytest

from mlgov.documents import locate, read_csv_header


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (b"id,age\n1,2\n", ["id", "age"]), (b'\xef\xbb\xbf"id";"a;b";c \r\n1;2;3', ["id", "a;b", "c"]), (b"a\tb", ["a", "b"]), (b"a|b|c\n", ["a", "b", "c"]),
        (b'"say ""x""",b\n', ['say "x"', "b"]), (b'"two\nlines",b\n1,2', ["two\nlines", "b"]), (b"one\n", ["one"]),
    ],
)  # fmt: skip
def test_header_names(raw: bytes, names: list[str]) -> None:
    reading = read_csv_header(raw)
    assert reading.flaws == ()
    assert reading.documents[0].data == names
    assert reading.documents[0].kind == "csv"


@pytest.mark.parametrize("raw", [b"", b"\n", b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 9\n"])
def test_nothing_is_no_document(raw: bytes) -> None:
    assert read_csv_header(raw) == ((), ())


@pytest.mark.parametrize(
    "raw", [b"a" * 100_000, b'"' + b"a\n" * 60_000, b"a\x00b\n", b"\xff\n", b"a," * 30_000 + b"\n"]
)
def test_hostile_header_is_a_flaw(raw: bytes) -> None:
    assert [flaw.code for flaw in read_csv_header(raw).flaws] == ["INT002"]


def test_column_has_a_place() -> None:
    raw = b'\xef\xbb\xbfid; "a;b";c\r\n1;2;3\r\n'
    assert locate("data.csv", raw, "/1")[1:4:2] == (5, 10)
    assert locate("data.csv", raw, "/2").column == 11
    assert locate("data.csv", raw, "/9").column == 1
