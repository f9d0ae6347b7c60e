"""Markdown shows what was found and nothing else, in a renderer that knows tables, HTML and bare links, as forges do."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mlgov.finding import Place, Severity
from mlgov.renderers import View, render
from mlgov.renderers.escaping import terminal
from mlgov.renderers.markdown import MOST, plain

from .reports import CASES, finding, report, source

FORGE = MarkdownIt("gfm-like", {"html": True, "linkify": True})
OWN = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "br", "a", "details", "summary", "ul", "li", "strong"}
SPICE = (
    "|", "`", "``", "*", "_", "~~", "[", "](", ")", "<", ">", "!", "#", "#1", "@team", "GH-1", "\\", "&", "&lt;", "$", "$$", "www.",
    "https://evil.example", "http:", "mailto:a@b.c", "<img src=x onerror=y>", "<!--", "-->", "</td>", "</table>", "\n", "\n\n", "- ",
    "1. ", "    ", "---", "^[x]", "[^1]", ":tada:", "{{", "::", "a", "가", " ",
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(SPICE), max_size=12).map("".join)


class Page(HTMLParser):
    """What a browser would make of a page: its tags, where its links lead, and the text of its cells."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.cells: list[str] = []
        self.text = ""
        self.inside = False
        self.feed(FORGE.render(markdown))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.text += "\n"  # what stands in two elements is not one word
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "td":
            self.cells.append("")
            self.inside = True
        if tag == "br" and self.inside:
            self.cells[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        self.inside = tag not in ("td", "table") and self.inside

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.inside:
            self.cells[-1] += data


@given(text=HOSTILE, name=HOSTILE)
@example(text="@team", name="a|b.md")
@example(text="see #12, GH-3 and www.evil.example", name="`a`.md")
def test_texts_of_strangers_are_shown_as_they_are(text: str, name: str) -> None:
    words = {"message": text, "remedy": text, "subject": text, "project": text}
    bad = finding(Place(name or "f", 1, 1, 1, 2), **words)
    made = report([bad], waived=[bad], ratcheted=[bad])
    page = Page(render("markdown", made, source))
    assert page.tags <= OWN
    assert set(page.links) == {"https://mlgov.dev/rules/EVA204"}
    assert len(page.cells) >= 4
    assert re.search(r"[@#](?=\w)", page.text) is None
    shown = page.cells[3].replace("\u200b", "").partition("help:")[0]
    assert " ".join(shown.split()) == " ".join(terminal(text).split())


def test_ordinary_text_stays_readable_in_the_source() -> None:
    assert plain("auc fell from 0.91 to 0.87, which is 4 % less (n = 500)") == (
        "auc fell from 0.91 to 0.87, which is 4 % less &#40;n = 500&#41;"
    )


def test_many_findings_fit_into_a_comment_and_the_cut_is_told() -> None:
    levels = (Severity.INFO, Severity.WARNING, Severity.ERROR)
    every = [finding(Place("f", n, 1, n, 2), severity=levels[n % 3], message="가" * 200) for n in range(1, 5001)]
    text = render("markdown", report(every, waived=every, ratcheted=every), source)
    assert MOST / 2 < len(text) < 65_536
    assert len(text.encode()) < 2**20
    shown = text.count("\n| error ")
    assert 50 < shown < len(every)
    assert "\n| info " not in text
    assert f"{shown} of 5000 findings are shown" in text
    assert Page(text).tags <= OWN


@pytest.mark.parametrize("case", sorted(CASES))
def test_links_lead_to_pages_of_rules_and_to_lines(case: str) -> None:
    blob = "https://github.com/o/r/blob/abc/"
    page = Page(render("markdown", CASES[case], source, View(blob=blob)))
    assert page.tags <= OWN
    assert all(link.startswith((blob, "https://mlgov.dev/rules/")) for link in page.links)
