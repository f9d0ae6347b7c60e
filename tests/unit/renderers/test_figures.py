"""Figures are drawn from any numbers, and the figures of all rules come back from JSON and can be drawn."""

import json
import math
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov import figure
from mlgov.catalogue import installed_rules
from mlgov.figure import Curve, Figure, Intervals, Line, Point, Row
from mlgov.renderers.html.axis import around, told
from mlgov.renderers.html.figures import drawn
from mlgov.rule import Rule
from mlgov.testkit import cases, judged

# rules whose findings rest on a computation; whoever adds one may add it here
STATISTICAL = (
    "DAT301 DEP301 EVA203 EVA208 EVA213 EVA301 EVA302 EVA304 EVA305 EVA306 EXP103 EXP203 EXP204 EXP301 EXP302 EXP303 "
    "EXP304 MOD301 MON201 MON301 MON302 MON303 UXD301"
).split()
numbers = st.floats(-1e12, 1e12, allow_nan=False) | st.sampled_from([0.0, 1e-9, 0.05, 1e300, -1e300])
maybe = st.none() | numbers


def figures_of(rule: Rule) -> Iterator[tuple[str, Figure]]:
    for case in cases(rule.doc):
        if case.kind == "Fails":
            yield from (
                (v.message, f) for v in judged(rule, case.files).verdicts if v.code == rule.code for f in v.figures
            )


@pytest.mark.parametrize("code", STATISTICAL)
def test_the_figures_of_a_rule_are_drawn_and_come_back(code: str) -> None:
    (rule,) = (rule for rule in installed_rules() if rule.code == code)
    found = list(figures_of(rule))
    assert found, "no example of this rule has a figure"
    for message, made in found:
        assert figure.from_data(json.loads(json.dumps(figure.to_data(made)))) == made
        picture = ElementTree.fromstring(str(drawn(made)))
        name = picture.get("aria-label") or ""
        assert made.quantity in name, message
        assert all(line.label in name for line in made.lines)
        if isinstance(made, Curve):
            assert len(made.points) == len(picture.findall("circle")), message  # every point lies on the curve


def test_the_power_that_is_drawn_is_the_power_that_is_told() -> None:
    (rule,) = (rule for rule in installed_rules() if rule.code == "EXP301")
    said = [(re.search(r"gives power ([\d.]+)", message), str(drawn(made))) for message, made in figures_of(rule)]
    told_of = [(float(found[1]), picture) for found, picture in said if found]
    assert told_of
    for power, picture in told_of:
        shown = re.search(r"planned [\d,]+: ([\d.]+)", picture)
        assert shown
        assert abs(float(shown[1]) - power) < 0.006


@given(st.lists(st.builds(Row, st.text(max_size=40), maybe, maybe, maybe), min_size=1, max_size=4),
       st.lists(st.builds(Line, st.text(max_size=20), numbers, st.sampled_from(["min", "max", ""])), max_size=3))  # fmt: skip
def test_any_intervals_are_drawn(rows: list[Row], lines: list[Line]) -> None:
    picture = str(drawn(Intervals("x", tuple(rows), tuple(lines))))
    if picture:
        ElementTree.fromstring(picture)
        assert not any(word in picture for word in ('"nan', '"inf', '"-inf'))


@given(st.sampled_from(["fwer", "power_one_proportion", "psi_noise_floor", "no such thing", "Interval"]),
       st.dictionaries(st.sampled_from(["alpha", "p0", "p1", "bins", "n_ref", "x"]), numbers | st.text(max_size=5)),
       st.sampled_from(["m", "n", "n_cur"]), st.floats(0.1, 1e9), numbers)  # fmt: skip
def test_any_curve_is_drawn_or_left_out(
    function: str, given: dict[str, float | str], varied: str, x: float, at: float
) -> None:
    made = Curve("y", "x", function, tuple(given.items()), ((varied, 1.0),), (Point("p", x),), (Line("l", at, "min"),))
    picture = str(drawn(made))
    if picture:
        ElementTree.fromstring(picture)


@given(st.lists(numbers, min_size=1, max_size=5))
def test_an_axis_shows_all_its_values_between_round_numbers(values: list[float]) -> None:
    axis = around(values, 0.0, 100.0)
    assert all(0 <= axis.at(value) <= 100 for value in values)
    ticks = axis.ticks()
    assert len(ticks) <= 12
    assert all(math.isfinite(tick) for tick in ticks)
    assert ticks == sorted(ticks)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.05, "0.05"), (12000.0, "12,000"), (0.39342, "0.393"), (1e-7, "1e-07"), (5528.4, "5,528"), (2.0, "2")],
)
def test_numbers_are_told_as_people_read_them(value: float, text: str) -> None:
    assert told(value) == text


def test_a_figure_without_a_finite_number_is_no_figure() -> None:
    assert figure.is_sound(Intervals("x", (Row("a", 1.0),)))
    assert not figure.is_sound(Intervals("x", (Row("a", math.nan),)))
    assert not figure.is_sound(Intervals("x", (), (Line("a", 1.0),)))
    assert not figure.is_sound(Curve("y", "x", "fwer", (("alpha", math.inf),), (("m", 1.0),)))
