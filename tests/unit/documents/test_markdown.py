"""Markdown: what a page says and where, what counts as said, and what is wrong with its front matter."""

from typing import Any

import pytest

from mlgov.documents import Page, read, read_markdown
from mlgov.documents.prose import plain_heading, visible

PAGE = """\
---
license: mit
model-index: []
---

# 1. \U0001f680 **Card**

Some **bold** prose with [a link](https://x.y/z_(1)) and `code`.

## Metrics

| Metric | Value | Note |
|---|---:|:--|
| **AUC** | 0.91 | see \\| [a](b) |
| F1 | `0.8` |
| café \U0001f680 | x |

- **Developed by:** [More Information Needed]
- Name: value
- plain item
  1. nested `x`
* **License**: MIT

## Empty

<!-- nothing -->

```
Not: read
# not a heading
```

    indented: code

### Sub

TODO

## Lines

Owner: me
**Date:** 2024-01-01
지표：0.9
See https://foo.bar/x.

> Quoted: text
"""


def page(text: str) -> Page:
    [document] = read_markdown(text.encode()).documents
    assert isinstance(document.data, Page)
    return document.data


def flaws(text: str) -> list[tuple[str, int]]:
    return [(flaw.code, flaw.line) for flaw in read_markdown(text.encode()).flaws]


@pytest.mark.parametrize("dress", [str, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_every_place_holds_what_it_says(dress: Any) -> None:
    found = page(dress(PAGE))
    lines = PAGE.split("\n")
    cells = [cell for table in found.tables for row in (table.header, *table.rows) for cell in row]
    assert [
        lines[cell.line - 1][cell.column - 1 : cell.end_column - 1] for cell in cells if cell.text != "see | a"
    ] == [cell.text for cell in cells if cell.text != "see | a"]
    for pair in found.pairs:
        assert lines[pair.line - 1][pair.column - 1 : pair.end_column - 1] == pair.value
    for item in found.items:
        assert visible(lines[item.line - 1][item.column - 1 :]) == item.text


def test_headings_have_level_path_and_plain_text() -> None:
    headings = page(PAGE).headings
    assert [(one.level, one.plain, one.line, one.has_text) for one in headings] == [
        (1, "Card", 6, True), (2, "Metrics", 10, True), (2, "Empty", 24, False), (3, "Sub", 35, False), (2, "Lines", 39, True),
    ]  # fmt: skip
    assert headings[3].path == ("1. \U0001f680 Card", "Empty")


def test_tables_items_pairs_and_links() -> None:
    found = page(PAGE)
    assert found.front == {"license": "mit", "model-index": []}
    assert found.front_line == 2
    [table] = found.tables
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["AUC", "0.91", "see | a"],
        ["F1", "0.8"],
        ["café \U0001f680", "x"],
    ]
    assert table.heading == "1. \U0001f680 Card / Metrics"
    assert [item.text for item in found.items][2:] == ["plain item", "nested x", "License: MIT"]
    assert [(pair.name, pair.value) for pair in found.pairs] == [
        ("Developed by", "[More Information Needed]"), ("Name", "value"), ("License", "MIT"), ("Owner", "me"),
        ("Date", "2024-01-01"), ("지표", "0.9"), ("Quoted", "text"),
    ]  # fmt: skip
    assert [(link.text, link.target, link.line) for link in found.links] == [
        ("a link", "https://x.y/z_(1)", 8), ("a", "b", 14), ("https://foo.bar/x", "https://foo.bar/x", 44),
    ]  # fmt: skip
    assert "Some bold prose with a link and code." in [one.text for one in found.paragraphs]


@pytest.mark.parametrize(
    "body",
    ["", "TODO", "<!-- x -->", "\u00a0", "[More Information Needed]", "```\ntext\n```", "    code", "- TBD", "- **Owner:** N/A",
     "| a | b |\n|---|---|\n| | TODO |", "### Below\n\n?", "**Owner:**", "<br>", "![](x.png)", "{{ text }}", "---"],
)  # fmt: skip
def test_section_without_words_has_no_text(body: str) -> None:
    assert not page(f"# Top\n\n## Here\n\n{body}\n\n## Next\n\nwords\n").headings[1].has_text


@pytest.mark.parametrize(
    "body",
    ["Words.", "- item", "| a |\n|---|\n| 1 |", "### Below\n\nwords", "> quote", "<p>html</p>", "Owner: me", "none"],
)
def test_section_with_words_has_text(body: str) -> None:
    assert page(f"## Here\n\n{body}\n\n## Next\n").headings[0].has_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: 1\nb: 1\na: 2\n---\n# x\n", [("INT005", 2)]), ("---\n- a\n---\n", [("INT002", 2)]),
        ("---\na: 1\n# never closed\n", [("INT002", 1)]), ("---\na: [\nb: }\n---\n", [("INT002", 3)]),
        ("<!-- c -->\n\n---\na: 1\n---\n# x\n", [("INT002", 3)]), ("\n---\na: 1\n---\n", []), ("---\n{{ card_data }}\n---\n", [("INT009", 2)]),
        ("---\n\nProse between two rules.\n\n---\n", []), ("---\n# only a comment\n---\n# x\n", []), ("# x\n\n---\na: 1\n---\n", []),
        ("", []), ("---\n---\n", []), ("text\x00", [("INT002", 1)]), ("\u2067\u05d0\u2069 words\n", []),
    ],
)  # fmt: skip
def test_front_matter_flaws_have_places(text: str, expected: list[tuple[str, int]]) -> None:
    assert flaws(text) == expected


def test_front_matter_that_is_not_first_is_delivered_with_its_flaw() -> None:
    assert page("<!-- c -->\n---\na: 1\n---\n# x\n").front == {"a": 1}


@pytest.mark.parametrize(
    ("heading", "plain"),
    [("3.1 \U0001f4ca Metrics:", "Metrics"), ("\u2705 `Done`", "Done"), ("A) Scope", "Scope"), ("2024 results", "2024 results"), ("IV. Data", "Data"),
     ("**Intended _use_**", "Intended use"), (":rocket: Go", "Go"), ("모델 개요", "모델 개요")],
)  # fmt: skip
def test_plain_heading(heading: str, plain: str) -> None:
    assert plain_heading(heading) == plain


def test_read_chooses_markdown_by_name() -> None:
    assert read("docs/CARD.MD", b"# x\n").documents[0].kind == "markdown"
