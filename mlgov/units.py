"""Numbers as people write them: `5%`, `200ms`, `20MB`, `~24000` become typed, finite quantities.

The grammar is the one of the lifecycle model, section 2. Everything is normalised to one base unit per
dimension: fraction, seconds, bytes. The literal text is kept, because `0.910` and `0.91` are different claims.
"""

import math
import re
from datetime import date
from functools import lru_cache
from typing import Any, Self

SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0, "y": 31536000.0}
BYTES = {"B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
BYTES |= {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}

# what a metric's `unit` multiplies a bare number with, and the base unit it then has
SCALE: dict[str, tuple[float, str]] = {
    "fraction": (1.0, "fraction"),
    "ratio": (1.0, "fraction"),
    "percent": (0.01, "fraction"),
    "%": (0.01, "fraction"),
    "us": (1e-6, "s"),
    "ms": (0.001, "s"),
    "milliseconds": (0.001, "s"),
    "s": (1.0, "s"),
    "seconds": (1.0, "s"),
    "min": (60.0, "s"),
    "minutes": (60.0, "s"),
    "h": (3600.0, "s"),
    "hours": (3600.0, "s"),
    "d": (86400.0, "s"),
    "days": (86400.0, "s"),
    "bytes": (1.0, "bytes"),
    "KB": (1e3, "bytes"),
    "MB": (1e6, "bytes"),
    "GB": (1e9, "bytes"),
    "MiB": (2.0**20, "bytes"),
    "GiB": (2.0**30, "bytes"),
}

_SHORT = 40  # characters of a text whose reading is remembered
_NUMBER = re.compile(r"[-+]?(?:\d[\d_,]*(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?")
_DURATION_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w|y)")
_BYTES = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*([kKMGT]i?B|B)")


class Quantity(float):
    """A finite-or-not number with its literal text and, where the text states one, its base unit.

    text: what stands in the file. unit: `fraction`, `s`, `bytes`, or "" where the text is a bare number.
    approximate: the text began with `~`.
    """

    text: str
    unit: str
    approximate: bool

    def __new__(cls, value: float, text: str = "", unit: str = "", approximate: bool = False) -> Self:
        """`text` defaults to the shortest decimal text of `value`."""
        made = super().__new__(cls, value)
        made.text = text or plain(value)
        made.unit = unit
        made.approximate = approximate
        return made

    def __repr__(self) -> str:
        return f"Quantity({self.text})"

    def __str__(self) -> str:
        return self.text

    def __format__(self, spec: str) -> str:
        return format(float(self), spec) if spec else self.text

    def __reduce__(self) -> tuple[Any, ...]:
        return (Quantity, (float(self), self.text, self.unit, self.approximate))


def plain(value: float) -> str:
    """The shortest text of a number: `3` for 3.0, `0.1` for 0.1."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))


def literal(value: object) -> str:
    """The literal text of a scalar: its `text` where the reader kept one."""
    if value.__class__ is str:  # by far the commonest
        return value
    kept = getattr(value, "text", None)
    if isinstance(kept, str):
        return kept
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    return "null" if value is None else str(value)


def quantity(value: object) -> Quantity:
    """A number, percent, duration or size text as a quantity in base units; `ValueError` says what was expected."""
    if isinstance(value, Quantity):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("a number")
    if not isinstance(value, str):
        try:
            return _finite(Quantity(value, literal(value)))
        except OverflowError:  # an integer of hundreds of digits
            raise ValueError("a finite number") from None
    found = _spelled(value) if len(value) <= _SHORT else _spelled.__wrapped__(value)
    if found is None:
        raise ValueError("a number, a percent, a duration such as 200ms or a size such as 20MB")
    return _finite(found)


@lru_cache(maxsize=4096)
def _spelled(value: str) -> Quantity | None:
    """The quantity that a text spells, None for other texts; files repeat the same short ones again and again."""
    text = value.strip()
    approximate = text.startswith("~")
    body = text.lstrip("~").strip()
    for read in (_bare, _percent, _duration, _size) if any(c.isdecimal() for c in body) else ():
        if (found := read(body)) is not None:
            return Quantity(found[0], text, found[1], approximate)
    return None


def _finite(number: Quantity) -> Quantity:
    if not math.isfinite(number):
        raise ValueError("a finite number")
    return number


def _bare(text: str) -> tuple[float, str] | None:
    return (float(text.replace("_", "").replace(",", "")), "") if _NUMBER.fullmatch(text) else None


def _percent(text: str) -> tuple[float, str] | None:
    if not text.endswith("%"):
        return None
    found = _bare(text[:-1].strip())
    # a decimal shift of the printed digits, so that 85.7% is 0.857 and not 0.8569999
    return (float(f"{text[:-1].strip().replace('_', '').replace(',', '')}e-2"), "fraction") if found else None


def _duration(text: str) -> tuple[float, str] | None:
    parts = _DURATION_PART.findall(text)
    if not parts or "".join(f"{n}{u}" for n, u in parts) != re.sub(r"\s+", "", text):
        return None
    return (math.fsum(float(n) * SECONDS[u] for n, u in parts), "s")


def _size(text: str) -> tuple[float, str] | None:
    found = _BYTES.fullmatch(text)
    return (float(found[1]) * BYTES[found[2]], "bytes") if found else None


def fraction(value: object) -> Quantity:
    """`0.05` or `5%`: 0 to 1. A bare 5 is an error and never rescaled."""
    number = quantity(value)
    if number.unit not in ("", "fraction") or not 0 <= number <= 1:
        raise ValueError("a fraction between 0 and 1, or a percent such as 5%")
    return Quantity(number, number.text, "fraction", number.approximate)


def duration(value: object) -> Quantity:
    """`30m`, `14d`, `1h30m`, `0.2s` as seconds; 0 is allowed, any other number needs its unit."""
    number = quantity(value)
    if number.unit != "s" and float(number) != 0.0 or number < 0:
        raise ValueError("a duration such as 200ms, 30m, 14d or 1h30m")
    is_so = number.unit == "s" and not number.approximate
    return number if is_so else Quantity(number, number.text, "s")


def size(value: object) -> Quantity:
    """`20MB`, `20MiB` or a count of bytes."""
    number = quantity(value)
    if number.unit not in ("", "bytes") or number < 0:
        raise ValueError("a size such as 20MB or 20MiB")
    return Quantity(number, number.text, "bytes")


def count(value: object) -> Quantity:
    """`24000`, `24_000`, `~24000`: an integer of at least 0."""
    number = quantity(value)
    if number.unit or number < 0 or float(number) != int(number):
        raise ValueError("a count: an integer of at least 0, ~ marks an approximate one")
    return number


def day(value: object) -> str:
    """An ISO 8601 date or timestamp, kept as text; `ValueError` where that day does not exist."""
    text = literal(value)
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?", text):
        raise ValueError("a date such as 2026-09-30")
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError("a date that exists") from None
    return text


def in_base(number: float, unit: str | None) -> float:
    """`number` in base units: what its own text states, else scaled by the `unit` of its metric."""
    if getattr(number, "unit", ""):
        return float(number)
    return float(number) * SCALE.get(unit or "", (1.0, ""))[0]


def base_of(unit: str | None) -> str:
    """The base unit of a unit (`ms` -> `s`), the unit itself where it has none, "" where it is not stated."""
    return SCALE.get(unit or "", (1.0, unit or ""))[1]
