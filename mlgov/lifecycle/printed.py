"""What a printed number claims: `0.93` claims [0.925, 0.935], and two texts agree if their claims overlap.

Comparing at the printed precision of the coarser text is what keeps `0.972` and `0.97156` equal, and
`0.910` and `0.914` different.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from mlgov.units import literal, quantity

_SPREAD = re.compile(r"\s*(?:±|\+/-|\+-)\s*")


def decimals(value: Any) -> int | None:
    """How many decimals the literal text prints, in the scale of the text; None for what is no number."""
    text = _core(literal(value))
    if text is None:
        return None
    exponent = Decimal(text).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else None


def interval(value: Any) -> tuple[float, float] | None:
    """The numbers a printed text can stand for, in base units; None where it is no number.

    An approximate text (`~28`) claims one more digit's worth on each side.
    """
    text = literal(value)
    core = _core(text)
    if core is None:
        return None
    number = Decimal(core)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        return None
    half = Decimal(1).scaleb(min(exponent, 0)) / 2 * (10 if text.strip().startswith("~") else 1)
    try:
        scale = float(quantity(value)) / float(number) if number else _scale(text)
    except (ValueError, OverflowError):
        scale = 1.0
    low, high = sorted((float(number - half) * scale, float(number + half) * scale))
    return low, high


def agree(a: Any, b: Any) -> bool:
    """True if two printed values can stand for the same number, or are the same text.

    Intervals that only touch do not agree: 0.93 and 0.94 claim different numbers.
    """
    first, second = interval(a), interval(b)
    if first is None or second is None:
        return literal(a).strip() == literal(b).strip()
    slack = 1e-9 * max(abs(first[0]), abs(second[0]), 1e-300)
    return first[0] < second[1] - slack and second[0] < first[1] - slack


def off_by_hundred(a: Any, b: Any) -> bool:
    """True if two values that do not agree would agree after one of them is multiplied by 100."""
    first, second = interval(a), interval(b)
    if first is None or second is None or agree(a, b):
        return False
    return _hundred(first, second) or _hundred(second, first)


def _hundred(small: tuple[float, float], large: tuple[float, float]) -> bool:
    return abs(large[1]) > 1.5 and small[0] * 100 <= large[1] * (1 + 1e-9) and large[0] <= small[1] * 100 * (1 + 1e-9)


def _core(text: str) -> str | None:
    """The decimal digits of a printed number: without ~, currency, thousands marks, percent sign or spread."""
    body = _SPREAD.split(text.strip().lstrip("~≈").strip())[0]
    body = re.sub(r"^[$€£₩]\s*", "", body)
    body = re.sub(r"(?<=\d)[,_](?=\d{3})", "", body)
    body = re.sub(r"\s*(%|ms|s|m|h|d|w|y|[kKMGT]i?B|B)$", "", body)
    try:
        return body if Decimal(body).is_finite() else None
    except InvalidOperation:
        return None


def _scale(text: str) -> float:
    return 0.01 if text.strip().endswith("%") else 1.0
