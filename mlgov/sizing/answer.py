"""What the calculator answers: numbers with words, the formula and its source, and what to paste into mlgov.yaml."""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from mlgov import units
from mlgov.errors import UsageError
from mlgov.statistics import domain

N = TypeVar("N", int, float)
_WIDE = 110
_WORDS = ("true", "false", "null", "yes", "no", "on", "off", "nan", "inf")


class Figure(NamedTuple):
    """One number of an answer. name: its key in JSON; words: what it is, for people."""

    name: str
    value: float | int
    words: str


class Answer(NamedTuple):
    """One answered question. manifest: plain data of the lifecycle model; hints: comments above the pasted text."""

    question: str
    figures: tuple[Figure, ...]
    formula: str
    source: str
    assumptions: tuple[str, ...]
    manifest: dict[str, Any]
    hints: tuple[str, ...] = ()

    @property
    def yaml(self) -> str:
        """The text to paste into mlgov.yaml."""
        return "\n".join([*(f"# {hint}" for hint in self.hints), *_block(self.manifest, 0)]) + "\n"


def rate(option: str, value: float, why: str = "it is a share of all cases") -> float:
    """A number strictly between 0 and 1; the refusal names the option and says why."""
    return _held(lambda: domain.probability(option, value), why)


def amount(option: str, value: float, why: str) -> float:
    """A number above 0."""
    return _held(lambda: domain.positive(option, value), why)


def number(option: str, value: float, why: str) -> float:
    """A finite number."""
    return _held(lambda: domain.number(option, value), why)


def per_day(value: float) -> float:
    """What comes in a day."""
    if amount("--daily-units", value, "it is how many come in a day") < 1:
        raise UsageError(f"--daily-units must be at least 1, not {plain(value)}: it is how many come in a day")
    return value


def whole(option: str, value: float, least: int, why: str) -> int:
    """A whole number of at least `least`."""
    return _held(lambda: domain.count(option, value, least), why)


def named(metric: str) -> str:
    """The id of a metric that can be pasted as it is."""
    if re.fullmatch(r"[A-Za-z][\w@.-]*", metric, re.ASCII) and metric.lower() not in _WORDS:
        return metric
    raise UsageError(f"--metric {metric!r} is no id: letters, digits and underscores, and a letter first")


def _held(check: Callable[[], N], why: str) -> N:
    try:
        return check()
    except ValueError as error:
        raise UsageError(f"{error}: {why}") from error


def plain(value: float) -> str:
    """A number as people write it: 0.02 and 3841, at most ten digits behind the point."""
    return units.plain(round(value, 10) or value)


def _block(data: dict[str, Any], depth: int) -> Iterable[str]:
    for key, value in data.items():
        start = "  " * depth + f"{key}:"
        if isinstance(value, dict) and depth == 0:
            yield start
            yield from _block(value, depth + 1)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield start
            yield from ("  " * depth + line for item in value for line in _item(item))
        else:
            yield f"{start} {_flow(value)}"


def _item(item: dict[str, Any]) -> Iterable[str]:
    """One item of a list: on one line where it fits, else one line for each key."""
    if len(flow := _flow(item)) <= _WIDE:
        return [f"- {flow}"]
    return [f"{'  ' if number else '- '}{key}: {_flow(value)}" for number, (key, value) in enumerate(item.items())]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, int | float) else str(value)
