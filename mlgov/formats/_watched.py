"""What the expression of an alert watches: series, operator, threshold, unit, percentile, window, and the metric."""

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, NamedTuple

from mlgov.formats._promql import (
    arguments,
    bare,
    children,
    kind,
    labels_of,
    masked,
    name_of,
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
    value: Any


def records_of(rules: Mapping[str, str]) -> dict[str, Any]:
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


def _by_tree(expr: str, root: Any, records: Records, alert: str) -> Watched:
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


def _of_value(expr: str, value: Any, records: Records, alert: str) -> Watched:
    quantile = _percentile(value, records)
    found = measured(value, records)
    metric = metric_of(value, found, alert, records, quantile)
    return Watched(
        unit=unit_of(found) or None, percentile=quantile, window=_window(expr, value, records), metric=metric
    )


def _series(root: Any, records: Records) -> Iterator[str]:
    """Every series that is asked for, and those below recording rules."""
    seen: dict[str, None] = {}
    waiting = [name_of(selector) for selector in selectors(root)]
    for name in waiting:
        if name and name not in seen and len(seen) < _MOST_SERIES:
            seen[name] = None
            waiting += [name_of(selector) for selector in selectors(records[name])] if name in records else []
    yield from seen


def _decisive(root: Any) -> _Comparison | None:
    """The comparison that decides when the alert fires; None where several do, or none with a number.

    `a and b`: the value of `a` is what the alert shows, `b` narrows it; of `a or b` both must say the same.
    """
    root = bare(root)
    if kind(root) != "BinaryExpr":
        return None
    sign = str(root.op)
    if sign in ("and", "unless"):
        return _decisive(root.lhs) or (_decisive(root.rhs) if sign == "and" else None)
    if sign == "or":
        left, right = _decisive(root.lhs), _decisive(root.rhs)
        return left if left and right and left[:2] == right[:2] else None
    return _comparison(root, sign)


def _comparison(root: Any, sign: str) -> _Comparison | None:
    if sign not in _TURNED or sign == "!=":
        return None
    left, right = number(root.lhs), number(root.rhs)
    value = root.lhs if right is not None else root.rhs
    if (left is None) == (right is None) or not any(True for _ in selectors(value)) or _is_answer(value):
        return None
    threshold = right if right is not None else left or 0.0
    return _Comparison(sign if right is not None else _TURNED[sign], threshold, value) if isfinite(threshold) else None


def _is_answer(value: Any) -> bool:
    """True for `(x > bool 5) == 1`: what is compared is a yes or no."""
    value = bare(value)
    is_comparison = kind(value) == "BinaryExpr" and str(value.op) in _TURNED
    return is_comparison or arguments(value)[0] in ("absent", "absent_over_time")


def _literal(expr: str, value: float) -> str:
    """The number as it is written, where it is written so."""
    found = (text[0] for text in _LITERAL.finditer(masked(expr)))
    return next((text.lstrip("+") for text in found if float(text) == value), plain(value))


def _percentile(value: Any, records: Records) -> str | None:
    """`p99` of `histogram_quantile(0.99, …)`, of a summary or of a recording rule; None for several."""
    found: set[str | None] = set()
    for node in _below(value, records):
        name, given = arguments(node)
        if name in _QUANTILES and given:
            found.add(_rank(number(given[0])))
        elif kind(node) == "VectorSelector":
            found |= {_rank(_float(v)) for n, op, v in labels_of(node) if n == "quantile" and op == "Equal"}
            found |= {percentile_in(name_of(node))} - {None} if name_of(node) not in records else set()
    return found.pop() if len(found) == 1 else None


def _below(value: Any, records: Records) -> Iterator[Any]:
    """All nodes of a tree, and of the recording rules that it rests on."""
    seen: set[str] = set()
    waiting = [value]
    for root in waiting:
        for node in nodes(root):
            yield node
            name = name_of(node) if kind(node) == "VectorSelector" else ""
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


def _window(expr: str, value: Any, records: Records) -> str | None:
    """The one range that the value is taken over, as it is written; None for several and for templates."""
    found = set(_ranges(value, records, set()))
    if len(found) != 1:
        return None
    size = found.pop()
    written = {text.partition(":")[0].strip() for text in ranges(expr)}
    if any("$" in text or "{{" in text for text in written):
        return None
    return next((text for text in sorted(written) if seconds(text) == size), in_largest_unit(size))


def _ranges(node: Any, records: Records, seen: set[str]) -> Iterator[float]:
    """Seconds of the outermost ranges."""
    if kind(node) in ("SubqueryExpr", "MatrixSelector"):
        if node.range is not None:
            yield node.range.total_seconds()
    elif kind(node) == "VectorSelector" and (name := name_of(node)) in records and name not in seen and len(seen) < 8:
        seen.add(name)
        yield from _ranges(records[name], records, seen)
    else:
        for child in children(node):
            yield from _ranges(child, records, seen)
