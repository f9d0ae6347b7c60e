"""Numbers as documents print them."""

import pytest

from mlgov.formats._numbers import LONGEST, amount, limit
from mlgov.lifecycle.printed import interval


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("0.972", "0.972"), ("**0.972**".strip("*"), "0.972"), ("85.7 %", "85.7 %"), ("85.7%", "85.7%"),
        ("0.806 (80.6%)", "0.806"), ("~28", "~28"), ("≈ 28", "~28"), ("around 85%", "~85%"), ("$4,794", "4,794"),
        ("약 85%", "~85%"), ("0.71 ± 0.02", "0.71"), ("✅ 0.91", "0.91"), ("0.91 ↑", "0.91"), (".5", ".5"),
        ("-0.3", "-0.3"), ("−0.3", "-0.3"), ("1e-4", "1e-4"), ("120 ms", "120 ms"), ("1,234,567", "1,234,567"),
    ],
)  # fmt: skip
def test_reads_a_value(printed: str, text: str) -> None:
    found = amount(printed)
    assert found is not None
    assert found.text == text
    assert interval(found.text) is not None


@pytest.mark.parametrize(
    "printed", ["", "—", "n/a", "0.7-0.8", "0.7 – 0.8", "0.7 to 0.8", "1/5", "10x", "v1.2.3", "5.1M", "high", "≥ 0.8"]
)
def test_reads_no_value(printed: str) -> None:
    assert amount(printed) is None


@pytest.mark.parametrize(
    ("printed", "side", "text"),
    [
        ("≥ 0.80", "min", "0.80"), (">= 0.80", "min", "0.80"), ("at least 75 %", "min", "75 %"), ("≤ 15%", "max", "15%"),
        ("< 200 ms", "max", "200 ms"), ("0.8 or better", "min", "0.8"), ("0.8 이상", "min", "0.8"), ("0.80", "", "0.80"),
        ("200 ms 이하", "max", "200 ms"),
    ],
)  # fmt: skip
def test_reads_a_bound(printed: str, side: str, text: str) -> None:
    assert limit(printed) == (side, text)


@pytest.mark.parametrize("printed", ["—", "high", "≥", ""])
def test_reads_no_bound(printed: str) -> None:
    assert limit(printed) is None


def test_keeps_what_follows() -> None:
    assert amount("0.95 on the test set (n = 500)") == ("0.95", "", "on the test set (n = 500)")
    assert amount("0.758 ± 0.023 (cv)") == ("0.758", "0.023", "(cv)")


@pytest.mark.parametrize(
    "hostile", ["1" * 100_000, "," * 100_000, "1," * 50_000, "~" * 100_000, " " * 100_000 + "1", "≥" * 100_000]
)
def test_hostile_text_gives_a_short_value_or_none(hostile: str) -> None:
    for found in (amount(hostile), limit(hostile)):
        assert found is None or len(found.text) <= LONGEST
