"""How a rule offers a repair: operations on the data of the files, and whether anybody has to look at them first."""

import json
from typing import Any

from mlgov.finding import Fix, Operation, Origin
from mlgov.units import literal


def fix(message: str, *operations: Operation, safe: bool = False) -> Fix:
    """A repair to yield as the fourth part of an observation: `yield place, words, others, repair.fix("...", repair.replace(...))`.

    message: what it does, an order in lower case: "call it 'latency_p95'". safe: nobody has to look at it first, since
    it changes no meaning, or nothing else can be meant. A repair that cannot be written without touching anything else
    is not offered; it never makes up evidence.
    """
    return Fix(message, operations, safe)


def replace(place: Origin, value: Any, was: str = "") -> Operation:
    """Another value at a place; numbers of a file keep their digits. was: the literal text of the old one.

    In the prose of a page nothing is replaced but `was`, or the number that it begins with.
    """
    return Operation("replace", place, _json(value), was)


def rename(place: Origin, key: str) -> Operation:
    """Another key for the value at a place."""
    return Operation("rename", place, _json(key))


def remove(place: Origin) -> Operation:
    """Neither key nor value at a place, nor the item of a list."""
    return Operation("remove", place)


def add(place: Origin, value: Any) -> Operation:
    """A value at a place where there is none yet: a new key, or `-` behind the last item of a list."""
    return Operation("add", place, _json(value))


def order(place: Origin, positions: list[int]) -> Operation:
    """The list at a place in another order. positions: for each item of the new list where it stood before."""
    return Operation("order", place, _json(positions))


def _json(value: Any) -> str:
    """A value as JSON text; a number as it is spelled, where JSON knows the spelling."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(k), ensure_ascii=False)}: {_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_json, value)) + "]"
    if isinstance(value, float) and not isinstance(value, bool):
        return _number(literal(value))
    return json.dumps(value, ensure_ascii=False)


def _number(text: str) -> str:
    """The digits as they stand, where they are a JSON number; else as text, which YAML reads as the same number."""
    try:
        return text if isinstance(json.loads(text), (int, float)) else json.dumps(text)
    except ValueError:
        return json.dumps(text)
