"""Reads the success and failure conditions of Argo Rollouts: comparisons of the result with numbers become bounds."""

import re
from typing import Any

from mlgov.formats._quantities import text_of

_NUMBER = r"[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?"
_RESULT = r"result(?:\[0\])?"
_VALUE = rf"(?:{_RESULT}|(?:asFloat|asInt|float|int)\(\s?{_RESULT}\s?\)|default\(\s?{_RESULT}\s?,\s?{_NUMBER}\s?\))"
_AFTER = re.compile(rf"{_VALUE}\s?(<=|>=|==|<|>)\s?({_NUMBER})").fullmatch
_BEFORE = re.compile(rf"({_NUMBER})\s?(<=|>=|==|<|>)\s?{_VALUE}").fullmatch
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}
_SIDES = {"<": ("max",), "<=": ("max",), ">": ("min",), ">=": ("min",), "==": ("min", "max")}
_LONGEST = 1000

Bounds = dict[str, str]


def bounds(condition: Any, *, fails: bool = False) -> Bounds:
    """`{"max": "0.25"}` for `result[0] < 0.25`; empty where the condition is more than a bound.

    fails: the condition tells when the check fails, so that its opposite must hold.
    """
    text = text_of(condition)
    if text is None or len(text) > _LONGEST:
        return {}
    found: Bounds = {}
    for clause in " ".join(text.split()).split("||" if fails else "&&"):
        one = _of_clause(_bare(clause), fails)
        if not one or found.keys() & one.keys():
            return {}
        found |= one
    return found


def _of_clause(clause: str, fails: bool) -> Bounds:
    after, before = _AFTER(clause), _BEFORE(clause)
    if after:
        sign, number = after[1], after[2]
    elif before:
        sign, number = _TURNED[before[2]], before[1]
    else:
        return {}
    if fails and sign == "==":
        return {}
    return dict.fromkeys(_SIDES[_TURNED[sign] if fails else sign], number)


def _bare(clause: str) -> str:
    """The clause without the brackets around it."""
    clause = clause.strip()
    while clause.startswith("(") and clause.endswith(")") and "(" not in clause[1:]:
        clause = clause[1:-1].strip()
    return clause


def together(success: Any, failure: Any) -> Bounds:
    """What a check asks for: the success condition decides, the failure condition adds the side it leaves open."""
    wanted = bounds(success)
    if text_of(success) is not None and not wanted:
        return {}
    return bounds(failure, fails=True) | wanted
