"""What the expression of an alert watches: series, operator, threshold, unit, percentile, window, and the metric."""

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import NamedTuple

from mlgov.formats._promql import (
    Node,
    arguments,
    masked,
    nodes,
    number,
    ranges,
    selectors,
    tree,
)
from mlgov.formats._promql_metric import metric_of
from mlgov.formats._promql_pattern import comparison_in, series_in
from mlgov.formats._promql_units import Records, measured, percentile_in, unit_of
from mlgov.formats._quantities import number_of, seconds
from mlgov.formats._quantities import written as in_largest_unit
from mlgov.units import plain

_OPERATORS = {">": "gt", ">=": "gte", "<": "lt", "<=": "lte"}
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}
_QUANTILES = frozenset({"histogram_quantile", "quantile", "quantile_over_time"})
_LITERAL = re.compile(r"(?<![\w.:])[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.:])")
_LONGEST = 20_000
_MOST_SERIES, _MOST_RECORDS = 200, 30  # that one expression rests on


class Watched(NamedTuple):
    """What an expression says; None and empty where it does not say."""

    series: tuple[str, ...] = ()
    op: str | None = None
    threshold: str | None = None
    unit: str | None = None
    percentile: str | None = None
    window: str | None = None
    metric: str | None = None


class _Comparison(NamedTuple):
    op: str
    threshold: float
    value: Node


def records_of(rules: Mapping[str, str]) -> dict[str, Node]:
    """The trees of recording rules; those that have none are left out."""
    trees = ((name, tree(expr)) for name, expr in rules.items())
    return {name: found for name, found in trees if found is not None}


def watched(expr: str, records: Records, alert: str = "") -> Watched:
    """What an expression says. alert: its name, which helps to understand the series."""
    if len(expr) > _LONGEST:
        return Watched()
    root = tree(expr)
    try:
        return _by_pattern(expr) if root is None else _by_tree(expr, root, records, alert)
    except RecursionError:  # recording rules upon recording rules, each of them deep
        return _by_pattern(expr)


def _by_tree(expr: str, root: Node, records: Records, alert: str) -> Watched:
    found = _decisive(root)
    value = found.value if found else root
    return _of_value(expr, value, records, alert)._replace(
        series=tuple(_series(root, records)),
        op=_OPERATORS.get(found.op) if found else None,
        threshold=_literal(expr, found.threshold) if found else None,
    )


def _by_pattern(expr: str) -> Watched:
    found = comparison_in(expr)
    if found is None or found[0] == "!=" or number_of(found[1]) is None:
        return Watched(tuple(series_in(expr)))
    return Watched(tuple(series_in(expr)), _OPERATORS.get(found[0]), found[1].lstrip("+"))


def _of_value(expr: str, value: Node, records: Records, alert: str) -> Watched:
    quantile = _percentile(value, records)
    found = measured(value, records)
    metric = metric_of(value, found, alert, records, quantile)
    return Watched(
        unit=unit_of(found) or None, percentile=quantile, window=_window(expr, value, records), metric=metric
    )


def _series(root: Node, records: Records) -> Iterator[str]:
    """Every series that is asked for, and those below recording rules."""
    seen: dict[str, None] = {}
    waiting = [selector.name for selector in selectors(root)]
    for name in waiting:
        if name and name not in seen and len(seen) < _MOST_SERIES:
            seen[name] = None
            waiting += [selector.name for selector in selectors(records[name])] if name in records else []
    yield from seen


def _decisive(root: Node) -> _Comparison | None:
    """The comparison that decides when the alert fires; None where several do, or none with a number.

    `a and b`: the value of `a` is what the alert shows, `b` narrows it; of `a or b` both must say the same.
    """
    if root.kind != "BinaryExpr":
        return None
    sign = root.name
    if sign in ("and", "unless"):
        return _decisive(root.below[0]) or (_decisive(root.below[1]) if sign == "and" else None)
    if sign == "or":
        left, right = _decisive(root.below[0]), _decisive(root.below[1])
        return left if left and right and left[:2] == right[:2] else None
    return _comparison(root, sign)


def _comparison(root: Node, sign: str) -> _Comparison | None:
    if sign not in _TURNED or sign == "!=":
        return None
    left, right = number(root.below[0]), number(root.below[1])
    value = root.below[0] if right is not None else root.below[1]
    if (left is None) == (right is None) or not selectors(value) or _is_answer(value):
        return None
    threshold = right if right is not None else left or 0.0
    return _Comparison(sign if right is not None else _TURNED[sign], threshold, value) if isfinite(threshold) else None


def _is_answer(value: Node) -> bool:
    """True for `(x > bool 5) == 1`: what is compared is a yes or no."""
    is_comparison = value.kind == "BinaryExpr" and value.name in _TURNED
    return is_comparison or arguments(value)[0] in ("absent", "absent_over_time")


def _literal(expr: str, value: float) -> str:
    """The number as it is written, where it is written so."""
    found = (text[0] for text in _LITERAL.finditer(masked(expr)))
    return next((text.lstrip("+") for text in found if float(text) == value), plain(value))


def _percentile(value: Node, records: Records) -> str | None:
    """`p99` of `histogram_quantile(0.99, …)`, of a summary or of a recording rule; None for several."""
    found: set[str | None] = set()
    for node in _below(value, records):
        name, given = arguments(node)
        if name in _QUANTILES and given:
            found.add(_rank(number(given[0])))
        elif node.kind == "VectorSelector":
            found |= {_rank(_float(v)) for n, op, v in node.labels if n == "quantile" and op == "Equal"}
            found |= {percentile_in(node.name)} - {None} if node.name not in records else set()
    return found.pop() if len(found) == 1 else None


def _below(value: Node, records: Records) -> Iterator[Node]:
    """All nodes of a tree, and of the recording rules that it rests on."""
    seen: set[str] = set()
    waiting = [value]
    for root in waiting:
        for node in nodes(root):
            yield node
            name = node.name if node.kind == "VectorSelector" else ""
            if name in records and name not in seen and len(seen) < _MOST_RECORDS:
                seen.add(name)
                waiting.append(records[name])


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _rank(quantile: float | None) -> str | None:
    return f"p{quantile * 100:g}" if quantile is not None and 0 < quantile < 1 else None


def _window(expr: str, value: Node, records: Records) -> str | None:
    """The one range that the value is taken over, as it is written; None for several and for templates."""
    found = set(_ranges(value, records, set()))
    if len(found) != 1:
        return None
    size = found.pop()
    written = {text.partition(":")[0].strip() for text in ranges(expr)}
    if any("$" in text or "{{" in text for text in written):
        return None
    return next((text for text in sorted(written) if seconds(text) == size), in_largest_unit(size))


def _ranges(node: Node, records: Records, seen: set[str]) -> Iterator[float]:
    """Seconds of the outermost ranges."""
    if node.kind in ("SubqueryExpr", "MatrixSelector"):
        if node.seconds is not None:
            yield node.seconds
    elif node.kind == "VectorSelector" and (name := node.name) in records and name not in seen and len(seen) < 8:
        seen.add(name)
        yield from _ranges(records[name], records, seen)
    else:
        for child in node.below:
            yield from _ranges(child, records, seen)
