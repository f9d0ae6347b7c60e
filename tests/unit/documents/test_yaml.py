"""YAML: the 1.2 core schema, duplicate keys, merges, tags, several documents, the same from both backends."""

import io
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mlgov.documents import Integer, Limits, Number, Tagged, read, read_yaml, text_of, yaml_backend, yaml_events


def value(text: str) -> Any:
    reading = read_yaml(f"a: {text}\n".encode())
    assert reading.flaws == ()
    return reading.documents[0].data["a"]


@pytest.fixture(params=["libyaml", "pure"])
def backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "pure":
        monkeypatch.setattr(yaml_events, "_libyaml", lambda: None)
    if yaml_backend() != request.param:
        pytest.skip("the C parser is not installed")
    return str(request.param)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", "no"), ("on", "on"), ("y", "y"), ("true", True), ("FALSE", False), ("~", None), ("", None), ("Null", None),
        ("012", 12), ("0o17", 15), ("0x1F", 31), ("+5", 5), ("-7", -7), ("1e-3", 0.001), ("1.10", 1.1), (".5", 0.5),
        ("1.", 1.0), ("+.5e2", 50.0), ("12:30:45", "12:30:45"), ("2024-13-45", "2024-13-45"), ("1_000", "1_000"),
        ("-0x1", "-0x1"), ("0b1", "0b1"), ("=", "="), ("'012'", "012"), ('"1"', "1"), ("!!str 12", "12"),
        ("!!float 3", 3.0), ("!!int 0x10", 16), ("!!null ''", None), (".inf", math.inf), ("-.INF", -math.inf),
        ("1e999", math.inf), ("100000000000000000000", 10**20), ("1.2.3", "1.2.3"), ("--", "--"),
    ],
)  # fmt: skip
def test_scalar_when_plain_or_tagged(backend: str, text: str, expected: Any) -> None:
    found = value(text)
    assert found == expected
    assert isinstance(found, type(expected))


def test_nan_is_a_value_that_satisfies_no_bound() -> None:
    found = value(".nan")
    assert math.isnan(found)
    assert text_of(found) == ".nan"


@pytest.mark.parametrize(
    "text", ["0.910", "1e-4", "1E3", "+0.5", "0x1F", "017", "+5", "12", "0.5", "true", "null", "no"]
)
def test_literal_text_is_kept(text: str) -> None:
    assert text_of(value(text)) == text


def test_plain_types_where_repr_is_the_text() -> None:
    assert type(value("0.91")) is float
    assert type(value("91")) is int
    assert type(value("0.910")) is Number
    assert type(value("0x1F")) is Integer


def test_keys_are_their_literal_text(backend: str) -> None:
    reading = read_yaml(b"012: a\n1.10: b\non: c\n[1, {x: y}]: d\n~: e\n&k key: f\n*k : g\n")
    assert [flaw.code for flaw in reading.flaws] == ["INT005"]
    assert list(reading.documents[0].data) == ["012", "1.10", "on", "[1, {x: y}]", "~", "key"]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n'a': 2\n",
        'a: 1\n"\\x61": 2\n',
        "a: 1\n!!str a: 2\n",
        "a: 1\n? a\n: 2\n",
        "&k a: 1\n*k : 2\n",
        "{a: 1, a: 2}",
    ],
)
def test_duplicate_key_in_every_spelling_keeps_the_first(backend: str, text: str) -> None:
    reading = read_yaml(text.encode())
    assert reading.documents[0].data == {"a": 1}
    [flaw] = reading.flaws
    assert flaw.code == "INT005"
    assert flaw.other is not None
    assert (flaw.line, flaw.column) < flaw.other


def test_duplicate_key_says_both_places(backend: str) -> None:
    text = "---\nx: 1\n---\nb:\n  accuracy_min: .9\n  other: 1\n  accuracy_min: {deep: [0]}\n"
    reading = read_yaml(text.encode())
    [flaw] = reading.flaws
    assert (flaw.line, flaw.column, flaw.other, flaw.document) == (5, 3, (7, 3), 1)
    assert reading.documents[1].data == {"b": {"accuracy_min": 0.9, "other": 1}}


def test_merge_own_keys_and_earlier_sources_win(backend: str) -> None:
    text = b"a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 0}\nd: {'<<': 1}\n"
    reading = read_yaml(text)
    assert reading.flaws == ()
    assert reading.documents[0].data["c"] == {"x": 0, "y": 1, "z": 2}
    assert reading.documents[0].data["d"] == {"<<": 1}


def test_merge_is_a_flaw_when_not_allowed_wrong_or_twice() -> None:
    [flaw] = read("mlgov.yaml", b"a: &a {x: 1}\nb:\n  <<: *a\n", merge_keys=False).flaws
    assert (flaw.code, flaw.line, flaw.column) == ("INT002", 3, 3)
    assert read_yaml(b"b: {<<: 1}\n").flaws[0].code == "INT002"
    assert read_yaml(b"a: &a {x: 1}\nb: &b {x: 2}\nc: {<<: *a, <<: *b}\n").flaws[0].code == "INT005"


def test_tags_outside_the_core_are_opaque(backend: str) -> None:
    text = (
        b"a: !Ref name\nb: !!python/object/apply:os.system ['true']\nc: !vault {x: 1}\nd: !!set {x}\ne: !!map {x: 1}\n"
    )
    data = read_yaml(text).documents[0].data
    assert data["a"] == Tagged("!Ref", "name")
    assert data["b"] == Tagged("!!python/object/apply:os.system", "")
    assert data["c"] == Tagged("!vault", "")
    assert data["d"] == Tagged("!!set", "")
    assert data["e"] == {"x": 1}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: !!int foo", (1, 4)), ("a: !!bool x", (1, 4)), ("a: &a [*a]", (1, 8)), ("a: *b", (1, 4)), ("a: [1\nb: 2\n", (2, 2)), ("a: 1\nb: 2\n]\n", (3, 1)), ("a: 'open\nb: 1\n", (1, 4)),
        ("x: &a {k: *a}", (1, 11)), ("a: 1\nb: " + "9" * 5000, (2, 4)), ('a: "\\ud800"', None), ('a: "\\UFFFFFFFF"', None),
        ("a: !!seq {}", (1, 4)), ("a\x00: 1", (1, 2)), ("é: \u202e", (1, 4)), ("a: \u0085", (1, 4)), ("# c\rb: 1", (1, 4)),
        ("\ufeff\ufeffa: 1", (1, 1)), ("%YAML 9.9\n---\na: 1", None),
    ],
)  # fmt: skip
def test_broken_document_is_a_flaw_with_a_place(backend: str, text: str, place: tuple[int, int] | None) -> None:
    reading = read_yaml(text.encode())
    flaw = reading.flaws[0]
    assert flaw.code == "INT002"
    assert flaw.line >= 1
    assert not flaw.reason.endswith(".")
    if place and backend == "libyaml":
        assert (flaw.line, flaw.column) == place


def test_other_documents_are_read_when_one_is_broken(backend: str) -> None:
    text = "a: 1\n---\nb: [\n---\nc: |\n  --- not a marker\n  x\n--- # next\nd: *nowhere\n---\ne: 'open\n---\nf: 3\n"
    reading = read_yaml(text.replace("\n", "\r\n").encode())
    assert [(document.index, list(document.data)) for document in reading.documents] == [
        (0, ["a"]),
        (2, ["c"]),
        (5, ["f"]),
    ]
    assert [(flaw.code, flaw.document) for flaw in reading.flaws] == [("INT002", 1), ("INT002", 3), ("INT002", 4)]
    assert reading.flaws[1].line == 9


@pytest.mark.parametrize("text", ["", "# only\n", "---\n---\n", "\n\n", "~\n", "--- # c\n...\n"])
def test_nothing_is_no_document_and_no_flaw(backend: str, text: str) -> None:
    assert read_yaml(text.encode()) == ((), ())


def test_bom_crlf_and_doubled_line_ends(backend: str) -> None:
    reading = read_yaml("\ufeffa: é\r\nb:\r\r\n- 1\r\n".encode())
    assert reading.flaws == ()
    assert reading.documents[0].data == {"a": "é", "b": [1]}


def test_yaml_directive_does_not_bring_the_old_schema_back(backend: str) -> None:
    assert read_yaml(b"%YAML 1.1\n---\na: no\nb: 012\n").documents[0].data == {"a": "no", "b": 12}


def test_what_only_yaml_1_2_allows_is_read() -> None:
    reading = read_yaml(b'a: [http://x:1, b]\nb: "\\/"\nc: {"k":v}\n')
    assert reading.flaws == ()
    assert reading.documents[0].data["a"] == ["http://x:1", "b"]


def test_encodings_other_than_utf8_are_flaws() -> None:
    assert "UTF-16" in read_yaml("a: 1".encode("utf-16")).flaws[0].reason
    flaw = read_yaml("a: 1\nb: é".encode("latin-1")).flaws[0]
    assert (flaw.line, flaw.column) == (2, 4)


def test_limits_are_those_given() -> None:
    assert read_yaml(b"a: {b: {c: 1}}", Limits(depth=2)).flaws[0].column == 8
    assert "documents" in read_yaml(b"--- 1\n--- 2\n--- 3\n", Limits(documents=2)).flaws[0].reason
    assert read_yaml(b"{a: 1, b: 2, c: 3}", Limits(keys=2)).documents == ()
    assert read_yaml(b"a" * 11, Limits(text_bytes=10)).flaws[0].line == 0


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf")), max_size=12)
KEYS = PLAIN.filter(lambda key: not key.startswith("?"))  # ruamel writes `{?0: 1}` without quotes, which is another key
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | PLAIN
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(DATA, st.booleans())
def test_same_data_as_ruamel(data: Any, flow: bool) -> None:
    """Where the two differ: keys are text here, and `1_000`, dates and YAML 1.1 numbers are not numbers here."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = flow
    stream = io.StringIO()
    writer.dump({"root": data}, stream)
    reading = read_yaml(stream.getvalue().encode())
    assert reading.flaws == ()
    assert reading.documents[0].data == YAML(typ="safe", pure=True).load(stream.getvalue()) == {"root": data}


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.text("ab:-[]{}&*!|>'\"%#,?\n \t<0.\\~é@`", max_size=60)
    | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))
)
def test_never_raises_whatever_the_text(text: str) -> None:
    for path in ("a.yaml", "a.json", "a.toml", "a.md", "a.csv"):
        for raw in (text.encode(), text.encode("latin-1", "replace")):
            for flaw in read(path, raw).flaws:
                assert flaw.code in ("INT002", "INT005", "INT009", "INT015")
