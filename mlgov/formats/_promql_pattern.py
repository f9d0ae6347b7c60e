"""What patterns can tell about a PromQL text that has no tree: its series, and the comparison it ends with."""

import re
from collections.abc import Iterator

from mlgov.formats._promql import masked

_BRACES = re.compile(r"\{[^{}]*+\}")
_GROUPS = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*+\)", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w:$.])([a-zA-Z_:][\w:]*+)(?!\s*[(.])")
_WORDS = frozenset(
    "and or unless by without on ignoring group_left group_right bool offset inf nan atan2 smoothed anchored start end".split()
)
_COMPARISON = re.compile(r"(<=|>=|==|!=|<|>)(?:\s*bool\b)?")
_NUMBER = re.compile(r"\s*([-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?)\s*").fullmatch
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_BRANCH = re.compile(r"\b(?:and|or|unless)\b", re.IGNORECASE)


def series_in(text: str) -> Iterator[str]:
    """The names of series, each once, in their order."""
    plain = _GROUPS.sub(" ", _BRACES.sub(lambda found: " " * len(found[0]), masked(text)))
    found = (name[1] for name in _NAME.finditer(plain))
    yield from dict.fromkeys(name for name in found if name.lower() not in _WORDS)


def comparison_in(text: str) -> tuple[str, str] | None:
    """Operator and number of `<expression> > 5`; None where the text compares in any other way."""
    plain = _unbracketed(_BRACES.sub(lambda found: " " * len(found[0]), masked(text)).strip())
    if _BRANCH.search(plain):
        return None
    outside = _outside(plain)
    signs = [sign for sign in _COMPARISON.finditer(plain) if sign.start() in outside]
    if len(signs) != 1:
        return None
    left, right = plain[: signs[0].start()], plain[signs[0].end() :]
    if number := _NUMBER(right):
        return signs[0][1], number[1]
    number = _NUMBER(left)
    return (_TURNED[signs[0][1]], number[1]) if number else None


def _unbracketed(text: str) -> str:
    """The text without brackets around all of it."""
    for _ in range(20):
        if not (text.startswith("(") and text.endswith(")")) or len(_outside(text)) > 1:
            break
        text = text[1:-1].strip()
    return text


def _outside(text: str) -> set[int]:
    """The places outside brackets; the opening bracket counts as outside."""
    depth, found = 0, set()
    for at, character in enumerate(text):
        if depth == 0:
            found.add(at)
        depth += (character == "(") - (character == ")" and depth > 0)
    return found
