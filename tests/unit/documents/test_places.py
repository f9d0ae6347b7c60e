"""Places: every pointer leads to text that prints its value, through line ends, marks, duplicates and fallbacks."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mlgov.documents import MISSING, Span, locate, locate_many, read, resolve, text_of, yaml_events
from mlgov.finding import Origin

CARD = b"""---
license: mit
model-index:
- name: bert
  results:
  - metrics: [{type: auc, value: 0.910}]
---
# Card
"""
YAML_TEXT = """\
# first
name: caf\u00e9 \U0001f680 # note
metrics:
  auc: 0.910
  list: [a, {b: "c d"}]
text: |
  one
  two
empty:
items:
  - id: 1
    max: 2
  - plain
---
second: [x]
"""


def shown(raw: bytes, span: Span) -> str:
    assert span.line == span.end_line
    line = raw.decode("utf-8-sig").replace("\r\n", "\n").split("\n")[span.line - 1]
    return line[span.column - 1 : span.end_column - 1]


def leaves(data: Any, origin: Origin) -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict | list) and data:
        for part, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(value, origin.at(part))
    elif not isinstance(data, dict | list):
        yield origin.pointer, data


@pytest.mark.parametrize("dress", [str, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("pointer", "document", "text"),
    [
        ("/name", 0, "caf\u00e9 \U0001f680"), ("/metrics/auc", 0, "0.910"), ("/metrics", 0, "metrics"), ("/metrics/list", 0, '[a, {b: "c d"}]'),
        ("/metrics/list/1/b", 0, '"c d"'), ("/text", 0, "text"), ("/empty", 0, "empty"), ("/items/0", 0, "id: 1"),
        ("/items/0/max", 0, "2"), ("/items/1", 0, "plain"), ("/items/7/x", 0, "items"), ("/nope", 0, "name: caf\u00e9 \U0001f680 # note"),
        ("/second/0", 1, "x"), ("", 1, "second: [x]"), ("/a", 7, ""),
    ],
)  # fmt: skip
def test_pointer_shows_its_value(
    dress: Any, pure: bool, pointer: str, document: int, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if pure:
        monkeypatch.setattr(yaml_events, "_libyaml", lambda: None)
    raw = dress(YAML_TEXT).encode()
    assert shown(raw, locate("a.yaml", raw, pointer, document)) == text


def test_key_is_shown_when_asked() -> None:
    raw = YAML_TEXT.encode()
    assert shown(raw, locate("a.yaml", raw, "/metrics/auc", key=True)) == "auc"
    assert shown(b'{"a": {"b": 1}}', locate("a.json", b'{"a": {"b": 1}}', "/a/b", key=True)) == '"b"'


def test_explicit_places_are_returned_as_they_are() -> None:
    assert locate("a.csv", b"", "@3:4-9") == Span(3, 4, 3, 9)
    assert locate("a.md", b"", "@3:4") == Span(3, 4, 3, 4)
    assert locate("a.md", b"", "@x") == Span(1, 1, 1, 1)


def test_many_pointers_keep_their_order() -> None:
    raw = YAML_TEXT.encode()
    wanted = [(1, "/second/0"), (0, "/metrics/auc"), (0, "@9:9"), (0, "/metrics")]
    assert locate_many("a.yaml", raw, wanted) == [
        locate("a.yaml", raw, pointer, document) for document, pointer in wanted
    ]


def test_first_of_two_equal_keys_is_shown() -> None:
    assert locate("a.yaml", b"a: {b: 1}\na: {b: 2, c: 3}\n", "/a/b").line == 1
    assert locate("a.json", b'{"a": 1,\n"a": 2}', "/a").line == 1


def test_documents_after_a_broken_one_are_found() -> None:
    raw = b"a: 1\n---\nb: [\n---\nc: here\n"
    assert shown(raw, locate("a.yaml", raw, "/c", 2)) == "here"


def test_front_matter_counts_from_the_start_of_the_file() -> None:
    for raw in (CARD, CARD.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + CARD, b"\n\n" + CARD, b"<!-- c\n -->\n" + CARD):
        span = locate("README.md", raw, "/model-index/0/results/0/metrics/0/value")
        assert shown(raw, span) == "0.910"
    assert locate("README.md", b"# no front matter\n", "/a") == Span(1, 1, 1, 1)


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.toml", "a.md", "a.csv", "a.bin"])
@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"[" * 5000, b"---\n", b"\x00", b"{", b'"' * 9, b"a = [[[" * 50])
def test_a_broken_file_still_has_a_place(name: str, raw: bytes) -> None:
    span = locate(name, raw, "/a/0/b")
    assert span.line >= 1
    assert span.column >= 1


def test_resolve_follows_escapes_and_says_missing() -> None:
    data = {"a/b": {"m~n": [1, {"": None}]}}
    assert resolve(data, "/a~1b/m~0n/0") == 1
    assert resolve(data, "/a~1b/m~0n/1/") is None
    assert resolve(data, "") is data
    for pointer in ("/x", "/a~1b/m~0n/01", "/a~1b/m~0n/-", "/a~1b/m~0n/9", "/a~1b/m~0n/0/x", "plain"):
        assert resolve(data, pointer) is MISSING
    assert not MISSING


WORDS = st.from_regex(r"[a-z\u00e4\U0001f680][a-z /~.-]{0,6}[a-z]", fullmatch=True)
SCALARS = st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
DATA = st.dictionaries(
    WORDS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(WORDS, inner, min_size=1, max_size=4),
        max_leaves=15,
    ),
    min_size=1,
    max_size=4,
)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(DATA, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_every_yaml_leaf_is_printed_where_located(data: Any, flow: bool, end: str) -> None:
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style, writer.width, writer.allow_unicode = flow, 100_000, True
    stream = io.StringIO()
    writer.dump(data, stream)
    raw = stream.getvalue().replace("\n", end).encode()
    [document] = read("a.yaml", raw).documents
    every = list(leaves(document.data, Origin("a.yaml")))
    for (_, leaf), span in zip(every, locate_many("a.yaml", raw, [(0, pointer) for pointer, _ in every]), strict=True):
        assert shown(raw, span).strip("'\"") == text_of(leaf)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(DATA, st.sampled_from([None, 2]))
def test_every_json_leaf_is_printed_where_located(data: Any, indent: int | None) -> None:
    raw = json.dumps(data, indent=indent, ensure_ascii=False).encode()
    for pointer, leaf in leaves(read("a.json", raw).documents[0].data, Origin("a.json")):
        assert shown(raw, locate("a.json", raw, pointer)) == json.dumps(leaf, ensure_ascii=False)
