"""Limits in files that hold nothing else: thresholds, quality gates, release criteria; of any metric, known or not."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.finding import Origin
from mlgov.formats._metric_keys import is_bookkeeping
from mlgov.formats._metric_words import known, normalised, side_of, sides
from mlgov.lifecycle.metric_name import words

_SIDES = {"min": "min", "minimum": "min", "at_least": "min", "lower": "min", "gte": "min", "ge": "min", "floor": "min",
          "max": "max", "maximum": "max", "at_most": "max", "upper": "max", "lte": "max", "le": "max", "ceiling": "max",
          "threshold": "", "value": "", "target": "", "bound": "", "limit": ""}  # fmt: skip
_SECTIONS = frozenset(
    "thresholds threshold metrics gates quality_gates acceptance acceptance_criteria release_criteria criteria minimums targets "
    "limits requirements evaluation eval model quality offline test performance".split()
)
_NAMES = ("metric", "name", "id")
_DEEPEST = 6


class Limit(NamedTuple):
    """One bound. side: `min` or `max`, "" where neither the keys nor the metric tell."""

    metric: str
    side: str
    value: Any
    origin: Origin


def limits_of(data: Any, origin: Origin, above: tuple[str, ...] = ()) -> Iterator[Limit]:
    """`groundedness: {min: 0.9}`, `min_groundedness: 0.9`, `groundedness: 0.9`, `- {metric: groundedness, min: 0.9}`."""
    if isinstance(data, list) and len(above) < _DEEPEST:
        for at, row in enumerate(data):
            name = next((row[k] for k in _NAMES if isinstance(row.get(k), str)), "") if isinstance(row, dict) else ""
            if name:
                yield from limits_of(row, origin.at(at), (*above, normalised(name)))
    for key, value in data.items() if isinstance(data, dict) and len(above) < _DEEPEST else ():
        here, name = origin.at(key), normalised(str(key))
        if isinstance(value, (dict, list)):
            yield from limits_of(value, here, above if name in _SECTIONS else (*above, name))
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            yield from _limit(name, value, here, above)


def _limit(name: str, value: Any, origin: Origin, above: tuple[str, ...]) -> Iterator[Limit]:
    if name in _SIDES:
        if above:
            yield _of(above[-1], _SIDES[name], value, origin)
        return
    first, *rest = words(name) or ("",)
    said = sides(first, rest) if rest else []
    side, metric = said[0] if said else ("", name)
    if metric and not is_bookkeeping(metric):
        yield _of(metric, side, value, origin)


def _of(metric: str, side: str, value: Any, origin: Origin) -> Limit:
    return Limit(metric, side or (side_of(metric) if known(metric) else ""), value, origin)
