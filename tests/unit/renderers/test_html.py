"""The HTML page as text: only its own style and script may run, and it says what the report says; browsers come elsewhere."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlgov.finding import Finding, Place, Severity
from mlgov.renderers import View, render
from mlgov.renderers.html.frames import Frames
from mlgov.renderers.html.texts import harmless, prose
from mlgov.renderers.html.waivers import terms
from mlgov.renderers.lines import Lines
from mlgov.report import Report

from .reports import CARD, CASES, WAIVER, finding, report, source


class Read(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._open[-1] if self._open else "", []).append(data)


@pytest.mark.parametrize("case", CASES)
def test_only_what_the_policy_names_can_run(case: str) -> None:
    page = Read(render("html", CASES[case], source))
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    assert policy.startswith("default-src 'none'; ")
    for name in ("style", "script"):
        (text,) = page.texts[name]
        assert f"{name}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
        assert [tag for tag, _ in page.tags].count(name) == 1
    for tag, attributes in page.tags:
        assert not [a for a in attributes if a.startswith("on") or a in ("style", "src", "srcset", "action", "ping")], (
            tag
        )
        assert (attributes.get("href") or "#").startswith(("#", "https://"))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("case", CASES)
def test_the_page_has_the_findings_of_the_report_in_its_order(case: str) -> None:
    page = Read(render("html", CASES[case], source))
    found = [a["data-rule"] for tag, a in page.tags if tag == "article"]
    assert found == [f.code for f in CASES[case].findings]


def test_the_verdict_says_what_other_outputs_say() -> None:
    shown = {case: render("html", CASES[case], source) for case in ("nothing", "incomplete", "one-file")}
    assert '<h1 id="verdict">All clear</h1>' in shown["nothing"]
    assert '<h1 id="verdict">Incomplete</h1>' in shown["incomplete"]
    assert "this run decides nothing" in shown["incomplete"]
    assert '<h1 id="verdict">Found 1 warning</h1>' in shown["one-file"]


def test_places_link_to_a_forge_that_is_known_and_to_nothing_else() -> None:
    def links(blob: str) -> list[str]:
        page = render("html", report([finding(CARD)]), source, View(blob=blob))
        return [a for a in re.findall(r'href="(?!#)([^"]*)"', page) if "/rules/" not in a]

    assert links("https://github.com/o/r/blob/abc") == ["https://github.com/o/r/blob/abc/MODEL_CARD.md#L5"]
    assert links("javascript:alert(1)") == links("") == []


TEXT = st.text(st.characters(codec=None), max_size=40)


@given(TEXT)
@example("::error::x")
@example("##[error]")
@example("</script>")
@example("\u202e\x1b[0m\ud800\x00")
def test_text_is_only_ever_text(text: str) -> None:
    shown = str(harmless(text))
    assert "<" not in shown
    assert '"' not in shown
    assert "'" not in shown
    assert not re.search(r"::|##\[", shown)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


@given(TEXT)
def test_prose_pairs_its_backticks_or_leaves_them(text: str) -> None:
    shown = str(prose(text))
    assert shown.count("<code>") == shown.count("</code>")
    assert "<" not in shown.replace("<code>", "").replace("</code>", "")


LINE = st.text("ab가é👍<&\t:", max_size=600)


@given(LINE, LINE, st.integers(1, 700), st.integers(1, 700))
def test_a_frame_marks_a_place_in_any_line(before: str, after: str, start: int, wide: int) -> None:
    line = f"{before}0.93{after}"
    place = Place("f", 1, len(before) + 1, 1, len(before) + 5)
    other = Place("f", 1, min(start, len(line)), 1, min(start, len(line)) + wide)
    shown = str(Frames(Lines(lambda _: line.encode())).of((place, other)))
    marked = "".join(re.findall(r'<mark class="main">(.*?)</mark>', shown))
    assert marked == "0.93"
    assert shown.count("<mark") == shown.count("</mark>")
    assert len(shown) < 9000  # however long the line


def test_two_findings_of_one_fingerprint_have_places_of_their_own() -> None:
    page = Read(render("html", report([finding(CARD), finding(CARD, message="another")]), source))
    assert [a["id"] for tag, a in page.tags if tag == "article"] == [
        "f-EVA2040123456789abcdef",
        "f-EVA2040123456789abcdef-2",
    ]


def with_waivers(*waivers: tuple[str, str]) -> Report:
    from mlgov.background import Background

    stated = tuple(WAIVER._replace(expires=expires, state=state) for expires, state in waivers)
    return report()._replace(waivers=stated, background=Background((), (), "2026-11-20"))


def test_waivers_say_how_long_they_hold_and_the_next_to_end_comes_first() -> None:
    stated = with_waivers(
        ("2027-06-01", "active"), ("2026-11-21", "active"), ("2026-11-19", "expired"), ("soon", "invalid")
    )
    assert [(term.left, term.state) for term in terms(stated)] == [
        ("1 day ago", "expired"),
        ("in 1 day", "ending"),
        ("in 193 days", "active"),
        ("", "invalid"),
    ]


def test_equal_reports_make_equal_pages() -> None:
    made: Finding = finding(CARD, severity=Severity.INFO)
    assert render("html", report([made]), source) == render("html", report([made]), source)
