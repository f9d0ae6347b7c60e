"""Finding a value in plain data by a path such as `monitoring.alerts[op=gt].threshold`.

`[]` is the first item of a list that has the rest of the path, `[key=value]` the first of those with that value;
`[key]` and `[!key]` are items with and without a key; conditions are joined by commas. `[*]` are all such items.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.units import literal

_STEP = re.compile(r"([\w-]+)((?:\[[^\]]*\])?)(?:\.|$)")


class Spot(NamedTuple):
    """Where a value stands: in which mapping or list, under which key."""

    inside: Any
    key: Any

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.inside[self.key]


def spots(data: Any, path: str) -> list[Spot]:
    """Every place at which the path ends, where it says `[*]`; else the first one, or none."""
    found = _spots(data, [(name, choice[1:-1] if choice else None) for name, choice in _STEP.findall(path)])
    return list(found) if "[*" in path else list(found)[:1]


def _spots(data: Any, steps: list[tuple[str, str | None]]) -> Iterator[Spot]:
    (name, choice), *more = steps
    if not isinstance(data, dict) or name not in data:
        return
    here = Spot(data, name)
    if choice is None:
        yield from _spots(here.value, more) if more else (here,)
    elif isinstance(here.value, list):
        for number, item in enumerate(here.value):
            if _meets(item, choice.lstrip("*").lstrip(",")):
                yield from _spots(item, more) if more else (Spot(here.value, number),)


def _meets(item: Any, choice: str) -> bool:
    if not isinstance(item, dict):
        return not choice
    for condition in filter(None, choice.split(",")):
        key, equals, value = condition.partition("=")
        is_there = key.lstrip("!") in item
        if equals and (not is_there or literal(item[key]) != value):
            return False
        if not equals and is_there == key.startswith("!"):
            return False
    return True
