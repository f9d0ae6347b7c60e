"""What a printed number claims: `0.93` claims [0.925, 0.935], and two texts agree if their claims overlap.

Comparing at the printed precision of the coarser text is what keeps `0.972` and `0.97156` equal, and
`0.910` and `0.914` different.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from mlgov.units import BYTES, SECONDS, Quantity, literal, quantity

# an end of an interval: exact, or in base units after arithmetic
N = TypeVar("N", float, Decimal)

_SPREAD = re.compile(r"\s*(?:±|\+/-|\+-)\s*")
FEW = 2  # digits that have to be left of a number that is rounded
_PRINTED = re.compile(r"[-+]?(?:\d[\d_,]*\.?\d*|\.\d+)")
_THOUSANDS = re.compile(r"(?<=\d)[,_](?=\d{3})")
_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,4})?)\s*(%|[a-zA-Z]{0,3})")
_SCALES = {"": Decimal(1), "%": Decimal("0.01")}
_SCALES |= {unit: Decimal(str(factor)) for unit, factor in (SECONDS | BYTES).items()}


def decimals(value: Any) -> int | None:
    """How many decimals the literal text prints, in the scale of the text; None for what is no number."""
    found = _parse(literal(value))
    return max(0, -_exponent(found[0])) if found else None


def interval(value: Any) -> tuple[float, float] | None:
    """The numbers a printed text can stand for, in base units; None where it is no number.

    An approximate text (`~28`) claims one more digit's worth on each side, and the zeros at the end of an
    approximate whole number are not significant: `~24000` claims [23500, 24500].
    """
    claim = _claim(literal(value))
    return (float(claim[0]), float(claim[1])) if claim else None


def agree(a: Any, b: Any) -> bool:
    """True if two printed values can stand for the same number, or are the same text.

    Intervals that only touch do not agree: 0.93 and 0.94 claim different numbers.
    """
    first, second = _claim(literal(a)), _claim(literal(b))
    if first is None or second is None:
        return literal(a).strip() == literal(b).strip()
    return overlap(first, second)


def in_the_form_of(value: Any, form: Any) -> Quantity | None:
    """A number as another one is printed: with its decimals, its unit and what stands around it.

    0.8712 in the form of `93 %` is `87 %`. None where either is no number, or the text would not say the same.
    """
    new, old = _parse(literal(value)), _parse(literal(form))
    text = literal(form)
    found = _PRINTED.search(text)
    if new is None or old is None or found is None or _SPREAD.search(text):
        return None
    exact = new[0] * new[1] / old[1]
    rounded = exact.quantize(Decimal(1).scaleb(min(_exponent(old[0]), 0)))
    digits = format(rounded if len(rounded.as_tuple().digits) >= FEW or rounded == exact else exact.normalize(), "f")
    made = text[: found.start()] + digits + text[found.end() :]
    try:
        return quantity(made) if agree(made, value) else None
    except ValueError:
        return None


def overlap(first: tuple[N, N], second: tuple[N, N]) -> bool:
    """True if two claimed intervals share more than a point."""
    return first[0] < second[1] and second[0] < first[1]


def off_by_hundred(a: Any, b: Any) -> bool:
    """True if two values that do not agree would agree after one of them is multiplied by 100."""
    first, second = _claim(literal(a)), _claim(literal(b))
    return first is not None and second is not None and hundredfold(first, second)


def hundredfold(first: tuple[N, N], second: tuple[N, N]) -> bool:
    """True if two claimed intervals that do not overlap would after one of them is multiplied by 100."""
    return not overlap(first, second) and (_hundred(first, second) or _hundred(second, first))


def _hundred(small: tuple[N, N], large: tuple[N, N]) -> bool:
    return abs(large[1]) > 1.5 and small[0] * 100 < large[1] and large[0] < small[1] * 100


@lru_cache(maxsize=4096)
def _claim(text: str) -> tuple[Decimal, Decimal] | None:
    """The interval of a text, exactly, in base units."""
    if (found := _parse(text)) is None:
        return None
    number, scale = found
    half = Decimal(1).scaleb(min(_exponent(number), 0)) / 2
    if text.strip().startswith(("~", "≈")):
        half = max(half * 10, Decimal(1).scaleb(_exponent(number.normalize())) / 2)
    return (number - half) * scale, (number + half) * scale


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _parse(text: str) -> tuple[Decimal, Decimal] | None:
    """The printed number and the scale of its unit: without ~, currency, thousands marks or spread."""
    body = _SPREAD.split(text.strip()[:80].lstrip("~≈").strip())[0]
    body = _THOUSANDS.sub("", re.sub(r"^[$€£₩]\s*", "", body))
    found = _NUMBER.fullmatch(body)
    if not found or len(found[1]) > 60:
        return None
    number = Decimal(found[1])
    small = -400 < number.adjusted() < 400 or not number  # beyond that, arithmetic would print millions of digits
    return (number, _SCALES[found[2]]) if small and found[2] in _SCALES else None
