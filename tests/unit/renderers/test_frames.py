"""Frames underline exactly what a place says, however wide the characters and however long the line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.finding import Place
from mlgov.renderers.colours import painter
from mlgov.renderers.frames import Frames


def drawn(text: str, *places: Place, columns: int = 100) -> list[str]:
    """The frame of places in one file."""
    return list(Frames(lambda _: text.encode(), columns, painter(False)).draw(places, "error"))


def columns_of(text: str) -> int:
    """How many columns a terminal needs."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def underlined(rows: list[str], sign: str = "^") -> str:
    """The part of the source row that stands above the signs."""
    at = next(i for i, row in enumerate(rows) if sign in row and "-->" not in row and row.strip(" |")[:1] == sign)
    start = rows[at].index(sign)
    wide = rows[at].count(sign)
    source, column, found = rows[at - 1], 0, ""
    for character in source:
        if start <= column < start + wide:
            found += character
        column += columns_of(character)
    return found


def at(line: str, part: str) -> Place:
    column = line.index(part) + 1
    return Place("f", 1, column, 1, column + len(part))


@pytest.mark.parametrize(
    "line",
    ["a: 0.93", "정확도: 0.93", "\ta:\t0.93", "👍👍 0.93", "e\u0301e\u0301: 0.93", "x" * 500 + " 0.93 " + "y" * 500,
     "가" * 500 + " 0.93 " + "나" * 500, "\t" * 100 + "0.93"],
)  # fmt: skip
@pytest.mark.parametrize("columns", [60, 100])
def test_the_marks_stand_under_the_value(line: str, columns: int) -> None:
    rows = drawn(line, at(line, "0.93"), columns=columns)
    assert underlined(rows) == "0.93"
    assert all(columns_of(row) <= columns for row in rows[1:])


WORD = st.text("ab가é\u0301👍\t:", min_size=0, max_size=120)


@given(before=WORD, after=WORD, columns=st.integers(44, 130))
def test_the_marks_stand_under_the_value_in_any_line(before: str, after: str, columns: int) -> None:
    line = f"{before}0.93{after}"
    rows = drawn(line, Place("f", 1, len(before) + 1, 1, len(before) + 5), columns=columns)
    assert underlined(rows).strip("\u0301") == "0.93"
    assert all(columns_of(row) <= columns for row in rows[1:])


def test_places_of_one_line_share_a_row_where_they_fit() -> None:
    line = "a: 1, b: 2"
    rows = drawn(line, at(line, "2"), at(line, "1"))
    assert rows == [" --> f:1:10", "  |", "1 | a: 1, b: 2", "  |    - also here", "  |          ^", "  |"]


@given(
    before=st.integers(0, 200),
    wide=st.integers(1, 200),
    role=st.sampled_from(["", "x", "a longer role"]),
    columns=st.integers(44, 130),
)
def test_a_label_never_leaves_the_screen(before: int, wide: int, role: str, columns: int) -> None:
    line = "x" * before + "y" * wide
    mark = Place("f", 1, before + 1, 1, before + wide + 1, role)
    rows = drawn(line, Place("f", 1, 1, 1, 1), mark, columns=columns)
    assert all(columns_of(row) <= columns for row in rows[1:])
    assert any((role or "also here") in row for row in rows[1:])


def test_places_far_apart_in_one_line_are_both_shown() -> None:
    line = "first: 1, " + "x" * 300 + ", second: 2"
    rows = drawn(line, at(line, "second"), at(line, "first"))
    assert underlined(rows) == "second"
    assert underlined(rows, "-") == "first"


def test_lines_between_are_left_out() -> None:
    text = "a\nb\nc\nd\n"
    rows = drawn(text, Place("f", 4, 1, 4, 2), Place("f", 1, 1, 1, 2), Place("f", 2, 1, 2, 2))
    assert [row[:3] for row in rows[2:]] == ["1 |", "  |", "2 |", "  |", "...", "4 |", "  |", "  |"]


def test_a_span_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    assert underlined(drawn("key: |\n  a\n  b\n", Place("f", 1, 6, 3, 4))) == "|"


@pytest.mark.parametrize(
    "place",
    [Place("f"), Place("f", 9, 1, 9, 2), Place("f", 1, 500, 1, 600), Place("f", 1, 3, 1, 3), Place("f", 1, 5, 1, 2)],
)
def test_places_that_are_not_there_do_no_harm(place: Place) -> None:
    assert drawn("a: 1\n", place)[0].endswith(f"--> {place}")


def test_a_file_that_cannot_be_read_any_more_has_no_frame() -> None:
    def gone(path: str) -> bytes:
        raise OSError(path)

    assert list(Frames(gone, 100, painter(False)).draw([Place("f", 1, 1, 1, 2)], "error")) == [" --> f:1:1"]


def test_a_line_of_a_megabyte_is_cut_quickly() -> None:
    line = "x" * 2_000_000 + "0.93" + "y" * 2_000_000
    rows = drawn(line, Place("f", 1, 2_000_001, 1, 2_000_005))
    assert underlined(rows) == "0.93"
    rows = drawn(line, Place("f", 1, 1, 1, 4_000_000))
    assert all(len(row) <= 100 for row in rows)
