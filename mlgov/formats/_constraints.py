"""What a column's values are held to, in the words that JSON Schema, Frictionless and both data contracts share."""

from collections.abc import Mapping
from typing import Any

from mlgov.finding import Origin
from mlgov.formats._draft import Draft
from mlgov.formats._quantities import count_of, text_of
from mlgov.units import literal

_EDGES = {"minimum": "min", "maximum": "max"}
_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_MOST_VALUES = 1000


def constrain(column: Draft, said: Any, where: Origin, *, anchored: bool = False) -> None:
    """State the bounds, values, lengths and pattern of `said`; `where` is the place of that mapping.

    anchored: the format's patterns are about whole values, as those of XML Schema are.
    """
    if not isinstance(said, Mapping):
        return
    for key, field in _EDGES.items():
        if said.get("exclusive" + key.capitalize()) is not True:
            column.put(field, text_of(said.get(key)), where.at(key))
    for key, field in _LENGTHS.items():
        column.put(field, count_of(said.get(key)), where.at(key))
    column.put("values", listed(said.get("enum")), where.at("enum"))
    if pattern := text_of(said.get("pattern")):
        column.put("pattern", f"^(?:{pattern})$" if anchored else pattern, where.at("pattern"))
    if said.get("unique") is True:
        column.put("unique", True, where.at("unique"))


def listed(values: Any) -> list[str] | None:
    """The texts of a list of scalars; None for anything else: `null` among them says nothing about the other values."""
    if not isinstance(values, list) or not values or len(values) > _MOST_VALUES:
        return None
    known = [value for value in values if value is not None]
    return None if any(isinstance(value, (dict, list)) for value in known) else [literal(value) for value in known]
