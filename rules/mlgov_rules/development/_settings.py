"""Whether two written settings are one: `1e-4` is 0.0001, `True` is true, `Adam` is adam."""

import re
from typing import Any

from mlgov.rulekit import agree, literal

_NUMBER = re.compile(r"[-+]?(\d[\d_,]*\.?\d*|\.\d+)([eE][-+]?\d{1,3})?")
_WORDS = {"yes": "true", "on": "true", "no": "false", "off": "false", "null": "none", "": "none"}


def number(value: Any) -> float | None:
    """The number that a value is or spells; None for everything else, also for truth values."""
    text = literal(value).strip()
    if isinstance(value, (bool, dict, list)) or not _NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", "").replace("_", ""))


def is_equal(a: Any, b: Any) -> bool:
    """True if two machine-read values are one setting, however their numbers are written."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(is_equal, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return set(a) == set(b) and all(is_equal(a[k], b[k]) for k in a)
    first, second = number(a), number(b)
    if first is None or second is None:
        return _word(literal(a)) == _word(literal(b))
    return _close(first, second)


def same_setting(a: Any, b: Any) -> bool | None:
    """The same for what people wrote: None where the two cannot be compared, as a number and a phrase."""
    if isinstance(a, (dict, list)) or isinstance(b, (dict, list)):
        return True if is_equal(a, b) else None
    first, second = number(a), number(b)
    if first is not None and second is not None:
        return _close(first, second) or _is_rounded(literal(a), literal(b))
    if first is not None or second is not None:
        return None
    return _same_words(literal(a), literal(b))


def _close(first: float, second: float) -> bool:
    return abs(first - second) <= 1e-9 * max(abs(first), abs(second))


def _is_rounded(a: str, b: str) -> bool:
    """Settings are exact; only a decimal number of several digits may have been rounded in print."""
    coarse = min((a, b), key=lambda text: len(_digits(text)))
    return len(_digits(coarse)) >= 3 and "." in coarse and agree(a, b)


def _digits(text: str) -> str:
    """The significant digits of a number."""
    return re.sub(r"\D", "", re.split(r"[eE]", text)[0]).lstrip("0")


def _same_words(a: str, b: str) -> bool | None:
    """Single words are equal or different; of phrases, and of a word and a longer form of it, nothing can be told."""
    first, second = _word(a), _word(b)
    if first == second:
        return True
    single = all(re.fullmatch(r"[\w.\-]+", text.strip()) for text in (a, b))
    longer = first in second or second in first or "none" in (first, second)
    return False if single and not longer else None


def _word(text: str) -> str:
    plain = re.sub(r"[\W_]+", "", text).lower()
    return _WORDS.get(plain, plain)
