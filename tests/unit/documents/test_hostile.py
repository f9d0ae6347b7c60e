"""Hostile input: every row ends soon, with flaws instead of an exception; hangs show as a test that never ends."""

from collections.abc import Callable

import pytest

from mlgov.documents import locate, read, yaml_events
from mlgov.documents.yaml_events import yaml_backend


def levels(template: Callable[[int], str], first: str, count: int = 9) -> bytes:
    return (first + "".join(template(level) for level in range(1, count))).encode()


BOMBS = {
    "aliases": levels(lambda n: f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n", "a0: &a0 [x, x]\n"),
    "quadratic": b"a: &a [" + b"x," * 2000 + b"]\nb: [" + b"*a," * 900 + b"]\n",
    "many aliases": b"a: &a 1\nb: [" + b"*a," * 5000 + b"]\n",
    "merges": levels(lambda n: f"a{n}: &a{n} {{<<: [{','.join([f'*a{n - 1}'] * 9)}], k{n}: 1}}\n", "a0: &a0 {x: 1}\n"),
    "wide merges": b"a: &a {" + b",".join(b"k%d: 1" % n for n in range(900)) + b"}\n" + b"- {<<: *a}\n" * 1,
    "deep through aliases": levels(lambda n: f"a{n}: &a{n} [[[[[[[[[[*a{n - 1}]]]]]]]]]]\n", "a0: &a0 [1]\n", 20),
    "brackets": b"[" * 100_000,
    "closed brackets": b"[" * 50_000 + b"]" * 50_000,
    "braces": b"{a: " * 50_000,
    "dashes": b"- " * 100_000,
    "questions": b"? " * 100_000,
    "directives": b"".join(b"%%TAG !a%d! x:\n" % n for n in range(50_000)) + b"---\na: 1\n",
    "broken documents": b"---\n[\n" * 100_000,
    "documents": b"---\n" * 50_000,
    "same key": b"a: 1\n" * 100_000,
    "quotes": b'"' * 300_001,
    "percent": b"%" * 300_000,
    "braces twice": b"{{" * 300_000,
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("path", ["a.yaml", "a.json", "a.toml"])
def test_bomb_is_a_flaw(path: str, name: str) -> None:
    raw = BOMBS[name]
    reading = read(path, raw)
    assert reading.flaws
    assert all(flaw.code in ("INT002", "INT005", "INT009") for flaw in reading.flaws)
    assert len(reading.flaws) <= 100
    assert locate(path, raw, "/a/0").line >= 1


@pytest.mark.parametrize(
    "name", ["aliases", "merges", "deep through aliases", "brackets", "dashes", "questions", "braces"]
)
def test_bomb_is_a_flaw_for_the_pure_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events, "_libyaml", lambda: None)
    assert yaml_backend() == "pure"
    assert read("a.yaml", BOMBS[name]).flaws


@pytest.mark.parametrize("path", ["a.yaml", "a.json", "a.md", "a.toml", "a.csv"])
@pytest.mark.parametrize(
    "raw",
    [
        b"\x00",
        "a: 1".encode("utf-16"),
        b"a: \xff",
        "\ufeff\ufeff{}".encode(),
        b"\x1b[31m",
        b"\xed\xa0\x80",
        b"a" * 11_000_000,
    ],
    ids=range(7),
)
def test_bytes_that_are_refused_everywhere(path: str, raw: bytes) -> None:
    reading = read(path, raw)
    if path.endswith(".md") and [flaw.code for flaw in reading.flaws] == ["INT015"]:
        assert raw in (b"a: \xff", "\ufeff\ufeff{}".encode(), b"\x1b[31m")  # a page is read without them
        return
    assert [flaw.code for flaw in reading.flaws] == ["INT002"]
    assert reading.documents == ()


@pytest.mark.parametrize(
    "raw",
    [b"a: " + b"x" * 4_000_000, b"\n" * 3_000_000, b"".join(b"%d: 1\n" % (n * (2**61 - 1)) for n in range(30_000)), b"#" * 4_000_000,
     b"a: >\n" + b"  x\n" * 300_000, b"{" + b",".join(b"k%d" % n for n in range(90_000)) + b"}"],
    ids=range(6),
)  # fmt: skip
def test_large_but_honest_yaml_is_read(raw: bytes) -> None:
    assert read("a.yaml", raw).flaws == ()


def test_more_keys_than_a_map_may_have() -> None:
    raw = b"".join(b"k%d: 1\n" % n for n in range(150_000))
    assert "keys" in read("a.yaml", raw).flaws[0].reason
    json = b"{" + b",".join(b'"k%d": 1' % n for n in range(150_000)) + b"}"
    assert "keys" in read("a.json", json).flaws[0].reason


@pytest.mark.parametrize(
    "unit",
    ["[", "|", ">", "- ", "*a ", "**", "_", "`", "` `` ``` ", "<!--", "<a ", "[a](", "![a", "# a\n", "- a\n", "[a]: b\n", "a: b\n", "**a** : **b**\n", "a: ",
     "http://", "&amp;", "---\n", "```\n", "\\", "|a\n|-\n|b\n\n", "1.1.1 ", "a_b", "<", "> - > - a\n", ":a:", "* - + 1. ", "<div>\n", "~", "'", '"'],
)  # fmt: skip
def test_markdown_of_one_thing_repeated(unit: str) -> None:
    raw = (unit * (4_000 if "\n" in unit else 100_000)).encode()
    assert len(read("a.md", raw).documents) == 1
    assert locate("a.md", raw, "/a") == (1, 1, 1, 1)


def test_table_of_very_many_bars() -> None:
    raw = b"|a" * 50_000 + b"|\n" + b"|-" * 50_000 + b"|\n" + b"|x|\n" * 5_000
    assert read("a.md", raw).flaws == ()
    assert read("a.md", b"a\n" * 30_000).flaws[0].code == "INT002"
