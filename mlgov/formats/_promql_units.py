"""The unit of what a PromQL expression gives: told by the suffixes of its series, followed through functions and arithmetic."""

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from mlgov.formats._promql import Node, arguments, number, selectors
from mlgov.lifecycle.metric_name import words
from mlgov.lifecycle.watching import plain_series
from mlgov.units import SCALE

_SUFFIXES = {
    "seconds": "s", "milliseconds": "ms", "millis": "ms", "ms": "ms", "microseconds": "us", "us": "us",
    "minutes": "minutes", "hours": "hours", "days": "days", "bytes": "bytes", "ratio": "fraction",
    "percent": "percent", "percentage": "percent", "pct": "percent",
}  # fmt: skip
_FAMILIES = (
    ("us", "ms", "s", "minutes", "hours", "days"),
    ("bytes", "KB", "MB", "GB", "MiB", "GiB"),
    ("fraction", "percent"),
)
_PER_SECOND = frozenset({"rate", "irate"})
_KEPT = frozenset(
    "sum avg min max topk bottomk quantile stddev limitk limit_ratio abs ceil floor round clamp clamp_min clamp_max scalar "
    "vector sort sort_desc label_replace label_join increase delta idelta avg_over_time min_over_time max_over_time "
    "sum_over_time last_over_time first_over_time quantile_over_time stddev_over_time mad_over_time predict_linear "
    "holt_winters double_exponential_smoothing".split()
)
_OF_BUCKETS = frozenset({"histogram_quantile", "histogram_avg", "histogram_stddev"})
_MOST_RECORDS = 8  # recording rules that one expression rests on
_COUNTING = frozenset("count count_over_time changes resets".split())
_FILTERS = frozenset("> < >= <= == != and or unless".split())
_ERRORS = frozenset("error errors failed failure failures exception exceptions".split())

Records = Mapping[str, Node]  # the trees of recording rules by name


class Measured(NamedTuple):
    """What an expression measures. unit: "" where nothing tells. series: the one whose own quantity it is, if it is one."""

    unit: str = ""
    is_rate: bool = False
    series: str = ""


UNKNOWN = Measured()


class _Seen(dict[str, Measured]):
    """What recording rules measure, each looked at once; those in work measure nothing known."""

    def __init__(self, records: Records) -> None:
        super().__init__()
        self.records = records

    def of(self, name: str) -> Measured:
        if name not in self.records or len(self) > _MOST_RECORDS:
            return _of_series(name)
        if name not in self:
            self[name] = UNKNOWN
            self[name] = _of(self.records[name], self)
        return self[name]


def measured(node: Node, records: Records) -> Measured:
    """What a tree measures."""
    return _of(node, _Seen(records))


def _of(node: Node, seen: _Seen) -> Measured:
    if node.kind == "VectorSelector":
        return seen.of(node.name)
    if node.kind == "BinaryExpr":
        return _of_two(node, seen)
    if node.kind in ("SubqueryExpr", "UnaryExpr"):
        return _of(node.below[0], seen)
    if node.kind == "MatrixSelector":
        return _of(node.below[0], seen)
    return _of_function(*arguments(node), seen)


def _of_series(name: str) -> Measured:
    """`x_seconds_bucket` counts in seconds, `x_total` and `x_count` count things; `level:metric:operations` is a record."""
    level, _, rest = name.partition(":")
    metric, _, operations = rest.partition(":")
    if rest and "ratio" in words(operations or metric):
        return Measured("fraction", series=name)
    if rest and "rate" in "".join(words(operations)):
        return Measured(series=name, is_rate=True)
    last = (words(plain_series(metric or level)) or [""])[-1]
    if name.endswith("_count"):
        return Measured("count", series=name)
    if unit := _SUFFIXES.get(last):
        return Measured(unit, series=name)
    return Measured("count" if name.endswith("_total") else "", series=name)


def _of_function(name: str, given: tuple[Node, ...], seen: _Seen) -> Measured:
    if name == "time":
        return Measured("s")
    if name in _COUNTING:
        return Measured("count")
    if name == "histogram_fraction":
        return Measured("fraction")
    carried = next((node for node in given if selectors(node)), None)
    if carried is None:
        return UNKNOWN
    if name in _OF_BUCKETS:
        names = {selector.name for selector in selectors(carried)}
        found = _of(selectors(carried)[0], seen) if len(names) == 1 else UNKNOWN
        return found._replace(is_rate=False)
    found = _of(carried, seen)
    if name in _PER_SECOND:
        return found._replace(is_rate=True)
    return found if name in _KEPT else UNKNOWN


def _of_two(node: Node, seen: _Seen) -> Measured:
    sign, left, right = node.name, number(node.below[0]), number(node.below[1])
    if sign in _FILTERS:
        return UNKNOWN if node.is_bool else _of(node.below[0], seen)
    factor, rest = _factored(node)
    if rest is not node:
        return _scaled(_of(rest, seen), factor)
    if sign in "+-" and (left is not None or right is not None):
        return _of(node.below[1] if right is None else node.below[0], seen)._replace(series="")
    if left is not None or right is not None:
        return UNKNOWN
    if sign == "/":
        times, above = _factored(node.below[0])
        return _scaled(_ratio(_of(above, seen), _of(node.below[1], seen)), times)
    first, second = _of(node.below[0], seen), _of(node.below[1], seen)
    is_same = first[:2] == second[:2]
    return first._replace(series="") if sign in "+-" and is_same else UNKNOWN


def _factored(node: Node) -> tuple[float, Node]:
    """The numbers of a product, and the rest: 100 and `a` of `100 * a`, 1/2^20 and `a` of `a / 1024 / 1024`."""
    factor = 1.0
    while node.kind == "BinaryExpr" and node.name in ("*", "/"):
        left, right = number(node.below[0]), number(node.below[1])
        if right:
            factor, rest = factor * (right if node.name == "*" else 1 / right), node.below[0]
        elif left and node.name == "*":
            factor, rest = factor * left, node.below[1]
        else:
            break
        node = rest
    return factor, node


def _scaled(found: Measured, factor: float) -> Measured:
    """A number of seconds times 1000 is a number of milliseconds."""
    if factor == 1:
        return found
    family = next((units for units in _FAMILIES if found.unit in units), ())
    wanted = SCALE[found.unit][0] / factor if family else 0.0
    unit = next((u for u in family if math.isclose(SCALE[u][0], wanted, rel_tol=1e-9)), "")
    return found._replace(unit=unit, series=found.series if unit else "")


def _ratio(above: Measured, below: Measured) -> Measured:
    """A share where both count the same; the mean where a sum is divided by its count."""
    one, other = plain_series(above.series), plain_series(below.series)
    if above.is_rate != below.is_rate:
        return UNKNOWN
    if below.unit == "count" and above.unit not in ("", "count"):
        return Measured(above.unit, series=above.series) if one and one == other else UNKNOWN
    if above.unit != below.unit:
        return UNKNOWN
    is_counted = above.unit in ("", "count")
    return Measured("fraction") if not is_counted or one and _is_part(one, other) else UNKNOWN


def _is_part(one: str, other: str) -> bool:
    """True for the same series, and for `predictions_failed` of `predictions`."""
    part, whole = set(words(one)), set(words(other))
    return one == other or bool(whole) and (whole <= part or bool(part & _ERRORS) and bool(whole & part))


def unit_of(found: Measured) -> str:
    """The unit as the model writes it; `per_second` for what is counted per second, "" for other rates.

    A rate of `x_seconds_sum` that is not divided by its count is no mean; whoever compares it means its seconds.
    """
    if found.is_rate and not found.series.endswith("_sum"):
        return "per_second" if found.unit == "count" else ""
    return found.unit


_PERCENTILE = re.compile(r"p(\d{2})(\d*)").fullmatch


def percentile_in(name: str) -> str | None:
    """`p95` where a recorded series says so: `job:latency:p95_5m`."""
    found = {word for word in words(name) if _PERCENTILE(word)}
    return found.pop() if len(found) == 1 else None
