"""Weights, percentages and times of manifests as values that carry their unit: `5%`, `60s`, `0.25`."""

import math
import re
from collections.abc import Iterable
from typing import Any

from mlgov.documents import Tagged
from mlgov.units import duration, literal, plain, quantity

_MOST = 1e12  # weights and seconds beyond are mistakes, and would overflow when they are added
_UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
_TEMPLATES = re.compile(r"\{[{%]|\$[{(]|<%").search


def is_templated(text: str) -> bool:
    """True if something else fills the text in later: `{{ .Values.tag }}`, `${TAG}`, `$(TAG)`."""
    return _TEMPLATES(text) is not None


def text_of(value: Any) -> str | None:
    """A text or number as it is written; None for anything else, for nothing and for what is filled in later."""
    if value.__class__ is str:  # by far the commonest
        text = value.strip()
    elif value is None or isinstance(value, (bool, dict, list, Tagged)):
        return None
    else:
        text = literal(value).strip()
    return None if not text or is_templated(text) else text


def number_of(value: Any) -> float | None:
    """A finite number; also one in quotes, as templates leave it."""
    text = text_of(value)
    if text is None:
        return None
    try:
        found = quantity(text)
    except ValueError:
        return None
    return None if found.unit or found.approximate else float(found)


def count_of(value: Any) -> str | None:
    """A whole number of at least 0, as it is written."""
    number = number_of(value)
    return text_of(value) if number is not None and number >= 0 and number == int(number) else None


def is_percentage(value: Any) -> bool:
    """True for a number from 0 to 100."""
    number = number_of(value)
    return number is not None and 0 <= number <= 100


def percent(value: Any) -> str | None:
    """`5` of a field that counts percent as `5%`; None outside 0 to 100."""
    return f"{text_of(value)}%" if is_percentage(value) else None


def share(part: Any, whole: float) -> str | None:
    """A part of a whole: `5%` of 100, else a fraction; None where it is no share."""
    number = number_of(part)
    if number is None or whole <= 0 or not 0 <= number <= whole:
        return None
    return percent(part) if whole == 100 else plain(number / whole)


def shares(weights: Iterable[Any]) -> list[str] | None:
    """Relative weights as shares of their sum; None where one of them is unknown, or all are 0."""
    numbers = [number_of(weight) for weight in weights]
    known = [n for n in numbers if n is not None and 0 <= n <= _MOST]
    total = math.fsum(known)
    if len(known) < len(numbers) or total <= 0:
        return None
    return [plain(n / total) if total != 100 else f"{plain(n)}%" for n in known]


def seconds(value: Any) -> float | None:
    """A bare number counts seconds, a text has its unit."""
    time = number_of(value)
    if time is None:
        try:
            time = float(duration(text_of(value)))
        except ValueError:
            return None
    return time if 0 <= time <= _MOST else None


def time_of(value: Any) -> str | None:
    """A time with its unit: `60` of a field that counts seconds as `60s`; `10m` as it is."""
    if seconds(value) is None:
        return None
    text = text_of(value)
    return f"{text}s" if number_of(value) is not None else text


def written(time: float) -> str:
    """Seconds in the largest unit that divides them: 180 is `3m`."""
    unit, size = next(((u, s) for u, s in _UNITS if time and time % s == 0), ("s", 1))
    return f"{plain(time / size)}{unit}"


def together(times: Iterable[str]) -> str | None:
    """The sum of times; one alone keeps its text, none has no sum."""
    every = list(times)
    if len(every) < 2:
        return every[0] if every else None
    return written(math.fsum(seconds(time) or 0 for time in every))
