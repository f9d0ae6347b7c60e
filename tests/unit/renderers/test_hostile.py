"""Nothing that a checked repository says can act: not on a terminal, not on a runner, in no output."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlgov.finding import Abstention, Place, Severity
from mlgov.renderers import FORMATS, View, render
from mlgov.renderers.escaping import LIMIT, annotation_file, capped, json_text, terminal
from mlgov.report import Summary

from .reports import DONE, finding, report

EVIL = (
    "\n::error::pwned", "##[error]pwned", "::stop-commands::x", "\r\n  ::set-output name=a::b", "\x1b[31mred", "\x1b]8;;x\x07",
    "\u202egnp", "\u2066x", "\ud800", "\udc80", "\x00", "\x9b31m", "\u2028", "\u200b", "a" * 10_000, "%0A::error::x",
    "name, with: all % signs", "\U000e0041", "\ufeff", "\x7f",
)  # fmt: skip
TEXT = st.one_of(st.sampled_from(EVIL), st.text(st.characters(codec=None), max_size=30)).flatmap(
    lambda a: st.sampled_from(EVIL).map(lambda b: a + b)
)
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
COMMAND = re.compile(r"(?m)^\s*::|##\[")
OWN = re.compile(r"::(?:error|warning|notice) [a-zA-Z]+=[^:]*::")


def evil_report(text: str, file: str):  # type: ignore[no-untyped-def]
    places = (Place(file, 1, 2, 1, 9, text), Place(file, 3, 1, 3, 2, text), Place(text))
    more = {"message": text, "remedy": text, "project": text, "subject": text}
    return report(
        [finding(*places, severity=s, **more) for s in (Severity.ERROR, Severity.WARNING, Severity.INFO)],
        waived=[finding(*places, **more)],
        abstentions=[Abstention("EVA204", "x", text, text, text)],
        done=DONE._replace(projects=2, files_read=3, notes=(text,)),
        projects=[Summary(text, "validation", True, ("data",), (text,)), Summary(text, "x", False, ("data",))],
    )


@pytest.mark.parametrize("output", FORMATS)
@given(text=TEXT, file=TEXT)
@example(text="::error::x", file="::error file=x::y")
@example(text="a ::error::x", file="##[group]")
def test_no_output_lets_text_act(output: str, text: str, file: str) -> None:
    shown = render(
        output,
        evil_report(text, file),
        lambda _: f"{text}\n\n{text}".encode("utf-8", "replace"),
        View(abstentions=True),
    )
    assert not HIDDEN.search(shown)
    if output == "github":
        assert all(OWN.match(line) for line in shown.splitlines())
        assert "##[" not in shown
    else:
        assert not COMMAND.search(shown)


@pytest.mark.parametrize("output", FORMATS)
def test_no_field_is_endless(output: str) -> None:
    """Thirty fields of a megabyte: what is shown stays far below one of them."""
    text = "long " * 200_000
    assert len(render(output, evil_report(text, "f.yaml"), lambda _: text.encode(), View(abstentions=True))) < 200_000


@given(TEXT)
def test_text_of_a_terminal_is_one_short_line(text: str) -> None:
    shown = terminal(text)
    assert "\n" not in shown
    assert not HIDDEN.search(shown)
    assert not COMMAND.search(shown)
    assert not COMMAND.search(" " + shown)
    assert not re.search(r"\s::", shown)


@given(TEXT)
def test_json_text_is_the_same_data(text: str) -> None:
    raw = json.dumps({text: [text]})
    assert json.loads(json_text(raw)) == {text: [text]}
    assert not COMMAND.search(json_text(raw))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"])).filter(lambda t: "##[" not in t))
def test_a_path_survives_the_encoding_of_a_runner(path: str) -> None:
    coded = annotation_file(path)
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        coded = coded.replace(code, character)
    assert coded == path


@given(st.text(max_size=40), st.integers(2, 30))
def test_capped_text_says_that_it_was_cut(text: str, limit: int) -> None:
    assert len(capped(text, limit)) <= limit
    assert capped(text, limit) == text or capped(text, limit).endswith("…")


def test_ordinary_text_is_left_alone() -> None:
    text = "정확도 é 👩\u200d🔬 std::vector [x] #1 100 % a:b"
    assert terminal(text) == text
    assert len(terminal("a" * 5000)) == LIMIT
