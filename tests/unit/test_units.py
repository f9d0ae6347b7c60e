"""The value grammar."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov import units


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5%", 0.05, "fraction"), ("85.7 %", 0.857, "fraction"), ("200ms", 0.2, "s"), ("0.2s", 0.2, "s"),
        ("1h30m", 5400.0, "s"), ("14d", 1209600.0, "s"), ("20MB", 2e7, "bytes"), ("20MiB", 20 * 2**20, "bytes"),
        ("~24000", 24000.0, ""), ("24_000", 24000.0, ""), ("4,794", 4794.0, ""), (0.5, 0.5, ""), (3, 3.0, ""),
    ],
)  # fmt: skip
def test_what_people_write(text: object, value: float, unit: str) -> None:
    found = units.quantity(text)
    assert (float(found), found.unit) == (value, unit)


@pytest.mark.parametrize(
    "text", ["12 parsecs", "", "abc", True, None, [], "5 %%", "1..2", "nan", "1e999", float("nan"), "--3"]
)
def test_what_is_no_quantity(text: object) -> None:
    with pytest.raises(ValueError, match="number"):
        units.quantity(text)


@pytest.mark.parametrize("value", [5, -0.1, "5", "500%", "3s"])
def test_a_fraction_is_never_rescaled(value: object) -> None:
    with pytest.raises(ValueError, match="fraction"):
        units.fraction(value)


@pytest.mark.parametrize("value", [30, "-5m", "3MB"])
def test_a_duration_needs_its_unit(value: object) -> None:
    with pytest.raises(ValueError, match="duration"):
        units.duration(value)


@pytest.mark.parametrize("value", ["2026-02-30", "2026-13-01", "yesterday", 20260101, "2026-1-1"])
def test_a_date_exists(value: object) -> None:
    with pytest.raises(ValueError, match="date"):
        units.day(value)


@given(st.integers(0, 10**9))
def test_milliseconds_and_seconds_are_one_duration(ms: int) -> None:
    assert float(units.duration(f"{ms}ms")) == pytest.approx(float(units.duration(f"{ms / 1000:f}s")))


@given(st.floats(0, 1), st.integers(0, 6))
def test_percent_and_fraction_are_one_number(value: float, digits: int) -> None:
    percent = f"{value * 100:.{digits}f}"
    assert float(units.fraction(f"{percent}%")) == pytest.approx(float(percent) / 100)


@given(st.text(max_size=30))
def test_any_text_is_survived(text: str) -> None:
    with contextlib.suppress(ValueError):
        units.quantity(text)


def test_numbers_in_the_unit_of_their_metric() -> None:
    assert units.in_base(200, "ms") == 0.2
    assert units.in_base(units.quantity("0.2s"), "ms") == 0.2
    assert units.in_base(97, "percent") == pytest.approx(0.97)
    assert units.in_base(3, None) == 3


def test_an_integer_of_hundreds_of_digits_is_no_number() -> None:
    with pytest.raises(ValueError, match="finite"):
        units.quantity(10**400)
