"""What printed numbers claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlgov.lifecycle.printed import agree, decimals, interval, off_by_hundred


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("0.972", 0.97156), ("0.93", 0.925), ("85.7 %", 0.857), ("200ms", "0.2s"), ("~28", "27.6"), ("$4,794", 4794.2),
        ("1e-4", 0.0001), ("0.0001", "1e-4"), ("0.93 ± 0.01", 0.934), ("24_000", 24000), ("v1", "v1"), (0, "0.0"),
    ],
)  # fmt: skip
def test_equal_at_printed_precision(a: object, b: object) -> None:
    assert agree(a, b)
    assert agree(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("0.93", 0.9187),
        ("0.910", "0.914"),
        ("0.910", 0.9106),
        ("200ms", "0.3s"),
        ("v1", "v2"),
        ("0.93", "0.94"),
        (3, 4),
        (48212, 48213),
    ],
)
def test_different_at_printed_precision(a: object, b: object) -> None:
    assert not agree(a, b)
    assert not agree(b, a)


def test_percent_against_fraction_is_told_from_a_difference() -> None:
    assert off_by_hundred("93.1", 0.931)
    assert not off_by_hundred("93.1", 0.7)
    assert not off_by_hundred(0.93, 0.931)


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", None, [], "12 parsecs", "1/2"])
def test_what_is_no_number_claims_nothing(text: object) -> None:
    assert interval(text) is None
    assert decimals(text) is None


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 8))
def test_rounding_never_makes_a_contradiction(value: float, digits: int) -> None:
    assert agree(f"{value:.{digits}f}", value)


@given(st.text(max_size=40))
def test_any_text_is_survived(text: str) -> None:
    interval(text)
    assert agree(text, text)


def test_an_approximate_whole_number_claims_no_more_than_its_digits() -> None:
    assert agree("~50000", 48_212)
    assert not agree("50000", 48_212)
    assert not agree("~24000", 25_100)
    assert interval("~24000") == (23_500, 24_500)
    assert interval("24000") == (23_999.5, 24_000.5)
