"""Measured numbers of structured model cards: name, value, slice and interval, most of them texts."""

import math
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact
from mlgov.documents import Flaw
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._draft import flaw_at, rows
from mlgov.formats._numbers import amount
from mlgov.formats._quantities import text_of
from mlgov.formats._results import Context, Said, result
from mlgov.lifecycle.fact import Fact

_WHOLE = frozenset({"all", "overall", "total", "none", "-", "full", "entire"})


def performance(
    artifact: Artifact, metrics: Any, where: Origin, interval: tuple[str, str, str], context: Context | None = None
) -> Iterator[Fact | Flaw]:
    """The rows of a list of metrics; `interval` names the field of the interval, its lower and its upper end."""
    for at, row in rows(metrics):
        name, here = text_of(row.get("type")), where.at(at)
        if name is None or is_placeholder(name):
            continue
        value = value_of(row.get("value"))
        if value is not None:
            yield result(
                name, Said(value, here.at("value")), {**(context or {}), **_beside(row, here, interval)}, "declared"
            )
        elif isinstance(row.get("value"), (int, float)) or text_of(row.get("value")):
            said = text_of(row.get("value")) or "true"
            yield flaw_at(
                artifact, here.at("value"), f"{name} is {said[:60]!r}, which is not a finite number"
            )._replace(code="INT004")


def value_of(value: Any) -> Any:
    """The number as it is written; None for anything else, and for texts of several numbers."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value if math.isfinite(value) else None
    found = amount(value) if isinstance(value, str) else None
    return found.text if found and not found.rest else None


def _beside(row: dict[str, Any], where: Origin, interval: tuple[str, str, str]) -> dict[str, Said]:
    found: dict[str, Said] = {}
    part = text_of(row.get("slice"))
    if part and part.lower() not in _WHOLE and not is_placeholder(part):
        found["slice"] = Said(part, where.at("slice"))
    ends = row.get(interval[0])
    if isinstance(ends, dict):
        low, high = value_of(ends.get(interval[1])), value_of(ends.get(interval[2]))
        if low is not None and high is not None:
            found["ci"] = Said({"low": low, "high": high}, where.at(interval[0]))
            # the names of the ends differ from those of the model
            found["ci.low"] = Said(low, where.at(interval[0], interval[1]))
            found["ci.high"] = Said(high, where.at(interval[0], interval[2]))
    return found


def stated(value: Any) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """The filled-in texts of a text, a list of texts or a list of `{description: text}`, each with the way to it."""
    listed = value if isinstance(value, list) else [value]
    for at, row in enumerate(listed):
        way: tuple[int | str, ...] = (at,) if isinstance(value, list) else ()
        key = next((k for k in ("description", "name", "reference") if isinstance(row, dict) and k in row), None)
        text = text_of(row[key] if isinstance(row, dict) and key else row)
        if text and not is_placeholder(text):
            yield (*way, key) if key else way, text
