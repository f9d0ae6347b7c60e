"""Positions: lines and columns of mlgov, and those of an editor, meet at the same character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.documents import locate
from mlgov.finding import Place
from mlgov.server.changes import difference
from mlgov.server.positions import Text, backward, forward, moved

texts = st.text(st.sampled_from("ab :{}[]-#\n\r\t\u2028\x0c\x85é이😀\ufeff"), max_size=60)
encodings = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@given(texts, encodings, st.data())
def test_every_offset_comes_back(text: str, encoding: str, data: st.DataObject) -> None:
    made = Text(text, encoding)
    at = data.draw(st.integers(0, len(made.text)))
    if made.text[at - 1 : at + 1] == "\r\n":  # no position lies within a line end
        at -= 1
    position = made.position(at)
    assert made.at(position) == at
    row = made.text[made.rows[position.line] : at]
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    name = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]
    assert position.character == len(row.encode(name)) // width
    assert made.offset(*made.place(at)) in (at, at - 1, at - 2), "line ends of Windows belong to no column"


@given(texts, encodings, st.integers(0, 99), st.integers(0, 99))
def test_no_position_is_out_of_reach(text: str, encoding: str, line: int, column: int) -> None:
    made = Text(text, encoding)
    for end in (made.offset(line, column), made.at(made.position(made.offset(line, column)))):
        assert 0 <= end <= len(made.text)
    span = made.range_of(Place("a", line, column, line, column))
    assert (span.start.line, span.start.character) <= (span.end.line, span.end.character)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_place_covers_the_same_words_in_every_dress(end: str) -> None:
    text = end.join(["# 😀 이탈", "x-note: 😀", "a: {b: 이탈 😀, c: 0.93}", ""])
    span = locate("mlgov.yaml", text.encode(), "/a/c")
    made = Text("\ufeff" + text)
    found = made.range_of(Place("mlgov.yaml", *span))
    assert made.text[made.at(found.start) : made.at(found.end)] == "0.93"


@given(texts, texts)
def test_a_difference_makes_the_new_text(old: str, new: str) -> None:
    before = Text(old.replace("\r", "").replace("\ufeff", ""))
    after = new.replace("\r", "").replace("\ufeff", "")
    edit = difference(before, after)
    start, end = before.at(edit.range.start), before.at(edit.range.end)
    assert before.text[:start] + edit.new_text + before.text[end:] == after


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("xyz")))  # fmt: skip
def test_lines_outside_of_a_change_are_found_again(
    head: list[str], tail: list[str], gone: list[str], come: list[str]
) -> None:
    old, new = [*head, *gone, "end", *tail], [*head, *come, "end", *tail]
    change = moved("\n".join(old), "\n".join(new))
    for number, line in enumerate(old, 1):
        there = forward(number, change)
        assert 1 <= there <= len(new)
        if number <= len(head) or number > len(head) + len(gone):
            assert new[there - 1] == line
    assert all(1 <= backward(number, change) <= len(old) for number in range(1, len(new) + 1))
