"""One number of a bound, an alert or an objective in base units, and whether two of them can be compared at all.

A bare 500 beside `200ms` is nobody knows what; a bare 0.05 beside `5%` is a fraction.
"""

import re
from typing import NamedTuple

from mlgov.units import base_of, in_base

_SLACK = 1e-9


class Level(NamedTuple):
    """A number in base units. base: `fraction`, `s`, `bytes`, another unit as stated, "" where nobody states one."""

    value: float
    base: str

    def is_comparable_with(self, other: "Level") -> bool:
        """True if both are told in one unit; a bare number of at most 1 may be a fraction."""
        small = abs(self.value) <= 1 and abs(other.value) <= 1
        if {self.base, other.base} == {"", "fraction"}:
            return small
        return self.base == other.base and (small or not self._looks_like_percent_of(other))

    def _looks_like_percent_of(self, other: "Level") -> bool:
        """True if one of two fractions can only be a percent."""
        low, high = sorted((abs(self.value), abs(other.value)))
        return self.base == "fraction" and low <= 1 and 1.5 < high <= 100

    def is_above(self, other: "Level") -> bool:
        """True if the number is greater, beyond what floats round."""
        return self.value > other.value + _SLACK * max(1e-3, abs(other.value))

    def is_laxer_than(self, other: "Level", side: str) -> bool:
        """True if, as `max` or `min`, it lets values through that `other` forbids."""
        return self.is_above(other) if side == "max" else other.is_above(self)


def level(number: float, *units: str | None) -> Level:
    """A number in base units: by the unit of its own text, else by the first of `units` that is stated."""
    own = getattr(number, "unit", "")
    if own:
        return Level(float(number), own)
    for unit in units:
        if unit:
            return Level(in_base(number, unit), base_of(unit))
    return Level(float(number), "")


def percentile_of(text: str | None) -> str | None:
    """`p95` for `p95`, `95%`, `95th`, `0.95` and `P95`; other words as they are; None for nothing."""
    if not text or not text.strip():
        return None
    word = re.sub(r"^p(?=\d)|(%|th|st|nd|rd)$", "", text.lower().strip())
    try:
        rank = float(word)
    except ValueError:
        return "p50" if word == "median" else word
    if rank > 100:  # p999 is 99.9
        rank /= 10
    return f"p{rank * 100 if rank < 1 else rank:g}"


def same_percentile(a: str | None, b: str | None) -> bool | None:
    """Whether two texts name one percentile; None where only one side states it."""
    first, second = percentile_of(a), percentile_of(b)
    return None if (first is None) != (second is None) else first == second
