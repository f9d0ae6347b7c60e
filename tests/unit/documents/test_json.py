"""JSON: the standard data, literal numbers, duplicate keys with both places, no surprises from hostile text."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlgov.documents import Number, read_json, text_of

KEYS = st.text(max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(DATA, st.sampled_from([None, 1]), st.booleans())
def test_same_data_as_the_standard_parser(data: Any, indent: int | None, escape: bool) -> None:
    text = json.dumps({"root": data}, indent=indent, ensure_ascii=escape)
    reading = read_json(text.encode(errors="surrogatepass"))
    if reading.flaws:  # control characters and half characters are refused; json.dumps writes them
        assert reading.documents == ()
        assert any(ord(char) in range(0x7F, 0xA0) or ord(char) > 0x2000 for char in json.loads(text).__repr__() + text)
    else:
        assert reading.documents[0].data == json.loads(text)


def test_numbers_keep_their_text() -> None:
    data = read_json(b'{"a": 0.910, "b": 0.91, "c": 1E3, "d": 1e999, "e": 12345678901234567890}').documents[0].data
    assert [text_of(value) for value in data.values()] == ["0.910", "0.91", "1E3", "1e999", "12345678901234567890"]
    assert type(data["a"]) is Number
    assert type(data["b"]) is float
    assert data["d"] == math.inf


def test_non_finite_numbers_are_values() -> None:
    data = read_json(b"[NaN, Infinity, -Infinity]").documents[0].data
    assert math.isnan(data[0])
    assert data[1:] == [math.inf, -math.inf]
    assert [text_of(value) for value in data] == ["NaN", "Infinity", "-Infinity"]


def test_duplicate_keys_keep_the_first_and_say_both_places() -> None:
    reading = read_json(b'{"a": 1,\n "b": {"x": 1, "x": 2},\n "\\u0061": {"b": 3}, "a": 4}')
    assert reading.documents[0].data == {"a": 1, "b": {"x": 1}}
    assert [(flaw.line, flaw.column, flaw.other) for flaw in reading.flaws] == [
        (2, 8, (2, 16)),
        (1, 2, (3, 2)),
        (1, 2, (3, 22)),
    ]
    assert {flaw.code for flaw in reading.flaws} == {"INT005"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": 1,}', 1, 9), ('{"a"\n: tru}', 2, 3), ('{"a": "\\ud800"}', 1, 8), ('"\\\\\\ud800"', 1, 4), ("[1]\n[2]", 2, 1),
        ("[" * 100_000, 1, 1), ("[" * 65 + "]" * 65, 1, 1), ("[" + "9" * 5000 + "]", 1, 2), ('"\x00"', 1, 2), ('"\u202e"', 1, 2),
        ('"', 1, 1), ('"' + '\\"' * 50_000, 1, 1), ("]" * 50_000, 1, 1),
    ],
)  # fmt: skip
def test_broken_text_is_a_flaw_with_its_place(text: str, line: int, column: int) -> None:
    reading = read_json(text.encode())
    [flaw] = reading.flaws
    assert reading.documents == ()
    assert (flaw.code, flaw.line, flaw.column) == ("INT002", line, column)


@pytest.mark.parametrize(
    "text",
    ['"\\ud83d\\ude00"', '"\\\\ud800"', '{"a": "[[[[{{{{"}', "\ufeff[1]", '{"a":"{{ x }}"}', "[" * 64 + "]" * 64],
)
def test_honest_text_is_read(text: str) -> None:
    reading = read_json(text.encode())
    assert reading.flaws == ()
    assert len(reading.documents) == 1


def test_line_by_line_values_are_told_as_such() -> None:
    assert ".jsonl" in read_json(b'{"a": 1}\n{"a": 2}\n').flaws[0].reason


@pytest.mark.parametrize("raw", [b"", b" \r\n", b"\xef\xbb\xbf", b"null"])
def test_nothing_is_no_document(raw: bytes) -> None:
    assert read_json(raw) == ((), ())
