"""Numbers as documents print them, in the grammar of the manifest: `$4,794`, `0.806 (80.6%)`, `around 85%`, `≥ 0.80`."""

import re
from typing import NamedTuple

LONGEST = 300  # characters; a longer text is prose, not a value

_AMOUNT = re.compile(
    r"(?P<about>[~≈∼]|(?:about|around|approximately|approx\.?|circa|ca\.|roughly|nearly|약)\s)?\s*"
    r"(?:[$€£₩]\s*)?(?P<sign>[-+−]?)(?:[$€£₩]\s*)?"
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?)"
    r"(?P<unit>\s*%|\s?(?:ms|s)(?![\w/]))?",
    re.IGNORECASE,
)
_LEADING = re.compile(r"[^\w~≈∼$€£₩.+−<>≤≥=\-]+")
_OPERATOR = re.compile(
    r"(?P<low>>=|≥|=>|≧|>|at least|no less than|not below|minimum|min\b|above|over)|"
    r"(?P<high><=|≤|=<|≦|<|at most|no more than|not above|maximum|max\b|below|under)",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\s*(?:(?P<low>or (?:more|better|higher|above)|이상|초과|\+$)|(?P<high>or (?:less|lower|below)|이하|미만))",
    re.IGNORECASE,
)
_SPREAD = re.compile(r"\s*(?:±|\+/-|\+-)\s*(?P<by>\d+(?:\.\d+)?\s*%?|\.\d+)")
_ATTACHED = re.compile(r"[\w/:%]|\s*(?:[-–—/]|to|vs\.?|versus|x|×)\s*[\d.$€£₩]", re.IGNORECASE)


class Amount(NamedTuple):
    """One printed number. text: in the grammar of the manifest. spread: the number after `±`. rest: what follows."""

    text: str
    spread: str = ""
    rest: str = ""


class Limit(NamedTuple):
    """A printed bound: `side` is `min`, `max`, or "" where only a number is printed."""

    side: str
    text: str


def amount(text: str) -> Amount | None:
    """The number that a text begins with; None where it begins with something else, a range or a comparison."""
    text = text[:LONGEST]
    start = found.end() if (found := _LEADING.match(text)) else 0
    match = _AMOUNT.match(text, start)
    if match is None:
        return None
    rest = text[match.end() :]
    if _ATTACHED.match(rest):
        return None
    spread = _SPREAD.match(rest)
    if spread:
        rest = rest[spread.end() :]
    return Amount(_written(match), spread["by"].strip() if spread else "", rest.strip())


def _written(match: re.Match[str]) -> str:
    sign = "-" if match["sign"] in ("-", "−") else ""
    return ("~" if match["about"] else "") + sign + match["number"] + (match["unit"] or "").lower()


def limit(text: str) -> Limit | None:
    """The bound a text prints: `≥ 0.80`, `at most 200 ms`, `0.8 or better`; a bare number has no side."""
    text = text[:LONGEST].strip()
    start = found.end() if (found := _LEADING.match(text)) else 0
    operator = _OPERATOR.match(text, start)
    found_amount = amount(text[operator.end() :] if operator else text)
    if found_amount is None:
        return None
    if operator:
        return Limit("min" if operator["low"] else "max", found_amount.text)
    late = _LATE.match(found_amount.rest)
    side = "" if late is None else "min" if late["low"] else "max"
    return Limit(side, found_amount.text)
