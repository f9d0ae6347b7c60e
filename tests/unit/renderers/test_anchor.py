"""Findings are pinned to a line of a file that exists, because their readers refuse anything else."""

import pytest

from mlgov.finding import Finding, Place
from mlgov.renderers.anchor import Span, anchor, others, span
from mlgov.renderers.lines import Lines

from .reports import BOUND, CARD, finding, place, source

GONE = Place("gone.yaml", 3, 1, 3, 9, "before")
WAS = place("mlgov.yaml", "0.80", "before")


def of(files: dict[str, str]) -> Lines:
    return Lines(lambda path: files[path].encode())


@pytest.mark.parametrize(
    ("found", "pinned"),
    [
        (finding(CARD, BOUND), CARD),
        (finding(WAS, CARD), CARD),  # what stood there before stands in another tree
        (finding(WAS), Place("mlgov.yaml")),  # the file is still there, the line may be another one
        (finding(GONE), Place("mlgov.yaml")),
        (finding(Place("")), Place("mlgov.yaml")),
        (finding(Place("LICENSE")), Place("LICENSE")),
    ],
)
def test_a_finding_stands_where_it_can_be_shown(found: Finding, pinned: Place) -> None:
    assert anchor(found, Lines(source)) == pinned


def test_a_finding_about_a_repository_stands_at_its_settings_where_there_is_no_manifest() -> None:
    assert anchor(finding(Place("")), of({"pyproject.toml": "[tool]\n"})) == Place("pyproject.toml")


def test_every_other_place_of_a_file_is_an_other_end() -> None:
    assert others(finding(WAS, CARD, Place(""), BOUND), CARD) == [WAS, BOUND]


@pytest.mark.parametrize(
    ("where", "reach"),
    [
        (Place("f"), Span("f", 1, 1, 1)),
        (Place("f", 2, 3, 2, 5), Span("f", 2, 3, 5)),
        (Place("f", 1, 2, 2, 4), Span("f", 1, 2, 5)),  # to the end of its first line
        (Place("f", 9, 2, 9, 1), Span("f", 9, 2, 2)),
        (Place("f", 2, 0, 0, 0), Span("f", 2, 1, 1)),
    ],
)
def test_a_span_lies_within_one_line(where: Place, reach: Span) -> None:
    assert span(where, of({"f": "abcd\n가나다라마\n"})) == reach
