"""Refuses arguments that a formula is not defined for, and says which argument it was.

Every check returns the value it was given, as a plain number, so that a caller can check and bind in one
line. Every refusal is a `ValueError` whose message starts with the name of the argument.
"""

import math
from collections.abc import Sequence


def number(name: str, value: float) -> float:
    """Return a finite number; refuse NaN, infinity, booleans and anything that is no number."""
    # bool is an int in Python, and True read as "1 failure" would be a silent mistake.
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{name} must be a number, not {value!r}")
    try:
        plain = float(value)
    except OverflowError:
        raise ValueError(f"{name} is too large") from None
    if not math.isfinite(plain):
        raise ValueError(f"{name} must be finite, not {value!r}")
    return plain


def probability(name: str, value: float) -> float:
    """Return a number strictly between 0 and 1: a rate, a level, a power."""
    if not 0.0 < (plain := number(name, value)) < 1.0:
        raise ValueError(f"{name} must lie strictly between 0 and 1, not {value!r}")
    return plain


def share(name: str, value: float) -> float:
    """Return a number from 0 to 1, ends included: an observed proportion may be perfect."""
    if not 0.0 <= (plain := number(name, value)) <= 1.0:
        raise ValueError(f"{name} must lie between 0 and 1, not {value!r}")
    return plain


def positive(name: str, value: float) -> float:
    """Return a number above 0."""
    if (plain := number(name, value)) <= 0.0:
        raise ValueError(f"{name} must be above 0, not {value!r}")
    return plain


def not_negative(name: str, value: float) -> float:
    """Return a number of at least 0."""
    if (plain := number(name, value)) < 0.0:
        raise ValueError(f"{name} must not be negative, not {value!r}")
    return plain


def count(name: str, value: float, least: int = 0) -> int:
    """Return a whole number of at least `least`; 500.0 is taken as 500, 500.5 is refused."""
    plain = number(name, value)
    if not plain.is_integer() or plain < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}")
    return int(value)


def part(name: str, value: float, whole_name: str, whole: float) -> tuple[int, int]:
    """Return `k` of `n` as whole numbers with 0 <= k <= n and n >= 1."""
    n = count(whole_name, whole, 1)
    if (k := count(name, value)) > n:
        raise ValueError(f"{name} must not exceed {whole_name}: {k} > {n}")
    return k, n


def one_of(name: str, value: object, *allowed: object) -> None:
    """Refuse a value that is not among the allowed ones."""
    # The bool test keeps True from passing as 1.
    if isinstance(value, bool) or value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(map(str, allowed))}, not {value!r}")


def numbers(name: str, values: Sequence[float], least: int = 1) -> list[float]:
    """Return a list of at least `least` finite numbers."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Sequence):
        raise ValueError(f"{name} must be a list of numbers, not {values!r}")
    if len(values) < least:
        raise ValueError(f"{name} needs at least {least} values, not {len(values)}")
    return [number(name, value) for value in values]


def weights(name: str, values: Sequence[float], least: int = 1) -> list[float]:
    """Return a list of numbers of at least 0 that do not all vanish."""
    plain = numbers(name, values, least)
    if min(plain) < 0.0 or not any(plain):
        raise ValueError(f"{name} must not be negative and not all zero")
    return plain
