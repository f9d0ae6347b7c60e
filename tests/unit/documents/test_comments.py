"""Comments are found where they are comments, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.documents.comments import comments

YAML = """\
# head
a: b # beside # still the same
s: "x # no" # yes
p: a#b
blk: | # of the head
  # in the block
  text # in it
# behind the block
q: 'it # no'
f: [a, # flow
  b]
---
z: 1 # last"""
TOML = 'a = "x # no" # yes\nb = """\n# no\n"""\nc = \'# no\'\n[t] # table\n'
MARKDOWN = """\
---
# front
a: 1 # beside
---
# h <!-- heading -->

<!-- alone -->
x `<!-- code -->` \\`<!-- text --> and ``<!-- open
of two -->

| a | b |
|---|---|
| 1 | 2 <!-- cell --> <!-- two --> |

```
<!-- fenced -->
```

    <!-- indented -->

<pre>
<!-- verbatim -->
</pre>
"""


def said(path: str, text: str) -> list[tuple[int, str]]:
    return [(c.line, c.text) for c in comments(path, text.encode())]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_yaml_comments_are_those_that_no_scalar_holds(end: str, mark: str) -> None:
    assert said("a.yaml", mark + YAML.replace("\n", end)) == [
        (1, "head"), (2, "beside # still the same"), (3, "yes"), (5, "of the head"), (8, "behind the block"),
        (10, "flow"), (13, "last"),
    ]  # fmt: skip


def test_toml_comments_are_those_that_no_string_holds() -> None:
    assert said("a.toml", TOML) == [(1, "yes"), (6, "table")]


def test_markdown_comments_are_those_that_no_code_shows() -> None:
    assert said("a.md", MARKDOWN) == [
        (2, "front"), (3, "beside"), (5, "heading"), (7, "alone"), (8, "text"), (8, "open of two"), (13, "cell"), (13, "two"),
    ]  # fmt: skip


def test_a_comment_knows_whether_it_stands_alone_and_above_the_content() -> None:
    found = comments("a.yaml", b"\n# one\n---\n# two\na: 1 # three\n# four\n")
    assert [(c.alone, c.above) for c in found] == [(True, True), (True, True), (False, False), (True, False)]


@pytest.mark.parametrize(("path", "text"), [("a.yaml", "a: [ # x"), ("a.json", "# x"), ("a.yaml", 'a: "b # x')])
def test_a_broken_file_and_a_format_without_comments_have_none(path: str, text: str) -> None:
    assert said(path, text) == []


@given(st.text(alphabet="#ab:'\"|>-[]{}, \n\\`<!", max_size=60))
def test_no_text_breaks_the_search(text: str) -> None:
    for path in ("a.yaml", "a.toml", "a.md"):
        assert all(c.line <= text.count("\n") + 1 for c in comments(path, text.encode()))


@given(st.text(alphabet="ab# '\"\\\n", max_size=20))
def test_what_a_quoted_scalar_says_is_no_comment(text: str) -> None:
    import json

    assert said("a.yaml", f"a: {json.dumps(text)}\n") == []
    assert said("a.yaml", f"a: {json.dumps(text)} # real\n") == [(1, "real")]
