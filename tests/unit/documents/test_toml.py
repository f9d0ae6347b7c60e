"""TOML: data with literal floats, places of keys in every notation, duplicates."""

import pytest

from mlgov.documents import locate, read_toml, text_of

TEXT = """\
# settings
title = "x"
a.b = 0.910
date = 2024-01-01
hex = 0x1F
list = [1, 2.50, # two
  { k = "v", z = [3] }]
[tool.mlgov]
"qu oted" = 'lit'
[[x.y]]
p = 1
[[x.y]]
p = 2
[x.y.sub]
q = \"\"\"multi = 1
[line]\"\"\"
"""


def test_data_with_literal_floats_and_text_dates() -> None:
    reading = read_toml(TEXT.encode())
    assert reading.flaws == ()
    data = reading.documents[0].data
    assert text_of(data["a"]["b"]) == "0.910"
    assert text_of(data["list"][1]) == "2.50"
    assert data["date"] == "2024-01-01"
    assert data["x"] == {"y": [{"p": 1}, {"p": 2, "sub": {"q": "multi = 1\n[line]"}}]}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        ("/title", '"x"'), ("/a/b", "0.910"), ("/date", "2024-01-01"), ("/list", "list"), ("/list/1", "2.50"), ("/list/2/k", '"v"'),
        ("/list/2/z/0", "3"), ("/tool/mlgov", "mlgov"), ("/tool/mlgov/qu oted", "'lit'"), ("/x/y/0/p", "1"), ("/x/y/1/p", "2"),
        ("/x/y/1/sub/q", "q"), ("/tool/mlgov/none", "mlgov"),
    ],
)  # fmt: skip
def test_pointer_shows_its_value(pointer: str, shown: str, end: str) -> None:
    span = locate("pyproject.toml", TEXT.replace("\n", end).encode(), pointer)
    assert TEXT.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1] == shown


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "other"),
    [
        ("a = 1\nb = 2\na = 3\n", "INT005", 1, 1, (3, 1)), ("[a]\n[b]\n[a]\n", "INT005", 1, 2, (3, 2)), ("x = {a = 1, a = 2}", "INT005", 1, 6, (1, 13)),
        ("a = \n", "INT002", 1, 5, None), ("a = [1\n", "INT002", 2, 1, None), ("a = {{ b }}\n", "INT009", 1, 5, None),
        ("a." * 100 + "b = 1", "INT002", 1, 1, None), ("a = " + "9" * 5000, "INT002", 1, 1, None), ("a = \x00", "INT002", 1, 5, None),
        ("a=" + "[" * 100_000, "INT002", 1, 1, None), ("a=" + "{a=" * 100_000, "INT002", 1, 1, None),
    ],
)  # fmt: skip
def test_broken_text_is_a_flaw(text: str, code: str, line: int, column: int, other: tuple[int, int] | None) -> None:
    reading = read_toml(text.encode())
    [flaw] = reading.flaws
    assert reading.documents == ()
    assert (flaw.code, flaw.line, flaw.column, flaw.other) == (code, line, column, other)


def test_nothing_is_no_document() -> None:
    assert read_toml(b"# only a comment\n") == ((), ())
