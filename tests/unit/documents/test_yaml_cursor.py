"""What stands at a cursor in a YAML text, and what may be written there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.documents.yaml_cursor import gaps, here


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\n|", [((), True)]),
        ("a: 1\nme|\nb: 2\n", [((), True)]),
        ("a:\n  - {id: x, metric: |}\n", [(("a", 0, "metric"), False)]),
        ("a:\n  - {id: x, met|\n  - {id: y}\n", [(("a", 0), True)]),
        ("a:\n  - id: x\n    |\n  - id: y\n", [(("a", 0), True)]),
        ("a:\n  - id: x\n    metric: |\n    z: 1\n", [(("a", 0, "metric"), False)]),
        ("a:\n  - |\n", [(("a", 0), True), (("a", 0), False)]),
        ("a:\n  serves: [x, |\nb: 1\n", [(("a", "serves", 1), True), (("a", "serves", 1), False)]),
        ("a: [https://x?y: 1]\nb:\n  c: |\n", [(("b", "c"), False)]),  # libyaml gives up on the first line
        ("x: [\ny: 1\nz|", [((), True)]),
    ],
)
def test_the_way_to_the_cursor_is_found_in_texts_that_are_not_finished(text: str, found: list[object]) -> None:
    at = text.index("|")
    assert [(gap.steps, gap.is_key) for gap in gaps(text.replace("|", "", 1), at)][: len(found)] == found


def test_what_is_there_already_is_told() -> None:
    (gap,) = gaps("a: 1\nmetr: 2\nb: 3\n", 7)
    assert (gap.keys, gap.start, gap.end) == ({"a", "b"}, 5, 9)


@pytest.mark.parametrize(
    ("line", "column", "steps", "on_key"),
    [(1, 2, ("abc",), True), (2, 6, ("m", 0, "id"), True), (2, 11, ("m", 0, "id"), False), (2, 20, ("m", 0, "k", "a"), False)],
)  # fmt: skip
def test_the_innermost_value_is_found(line: int, column: int, steps: tuple[object, ...], on_key: bool) -> None:
    found = here("abc: def\nm: [{id: x, k: {a: 1}}]\n", line, column)
    assert found is not None
    assert (found.steps, found.on_key) == (steps, on_key)


@given(st.text(st.sampled_from("ab: {}[],-#|>&*!%'\"\n\r\t?é이😀\x00\x85\u2028"), max_size=40), st.data())
def test_nothing_that_is_typed_does_harm(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    for gap in gaps(text, at):
        assert gap.start <= at <= gap.end
    here(text, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
