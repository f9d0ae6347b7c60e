"""The same quantities in other units: 200ms as 0.2s, 14d as 336h, 0.05 as 5%; digits are moved, never rounded."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, get_args

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mlgov.lifecycle import fields
from mlgov.lifecycle.manifest import Manifest
from mlgov.lifecycle.record import Bound, Record, record_types
from mlgov.lifecycle.records import (
    Alert,
    ExpectedEffect,
    Gate,
    Guardrail,
    Interval,
    MetricClaim,
    MetricResult,
    Run,
    Trigger,
)
from tests.rules.twins import Files, is_manifest, rewritten, walk

_QUANTITY = re.compile(r"(~?)\s*(-?\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w|y|%)?")
# unit -> the unit it is told in instead, and how many of those it is
OTHER = {"ms": ("s", "0.001"), "s": ("ms", "1000"), "m": ("s", "60"), "h": ("m", "60"), "d": ("h", "24"),
         "w": ("d", "7"), "y": ("d", "365")}  # fmt: skip
# unit of a metric -> the unit it gets instead, and what a bare number of it is multiplied with
CHANGED = {"s": ("ms", "1000"), "ms": ("s", "0.001"), "fraction": ("percent", "100"), "percent": ("fraction", "0.01")}
SHARES = ("fraction", "ratio")
# the numbers of these records are in the unit of their metric
MEASURED: dict[type[Record], tuple[str, ...]] = {
    Gate: ("min", "max", "tolerance"),
    Trigger: ("min", "max", "effect"),
    Bound: ("min", "max", "min_improvement"),
    Run: ("value",),
    MetricClaim: ("value",),
    ExpectedEffect: ("value",),
    MetricResult: ("value",),
    Interval: ("low", "high"),
    Alert: ("threshold",),
    Guardrail: ("margin", "baseline", "sd"),
}


def in_other_units(files: Files) -> Files:
    """Durations, fractions, and numbers whose metric says its unit, told in another unit."""

    def edit(root: Node) -> None:
        known = dict(_units(root))
        for scalar, written in list(_quantities(root, Manifest, known, "")):
            if told := written(scalar.value):
                scalar.value, scalar.style, scalar.tag = told, None, "tag:yaml.org,2002:str"
        _alerts(root)

    return rewritten(files, edit, is_manifest)


def duration(text: str) -> str:
    """A duration in another unit; "" where it has none, or several."""
    found = _QUANTITY.fullmatch(text)
    if not found or found[3] not in OTHER:
        return ""
    unit, times = OTHER[found[3]]
    return f"{found[1]}{_product(found[2], times)}{unit}"


def share(text: str) -> str:
    """A fraction as a percent, or a percent as a fraction."""
    found = _QUANTITY.fullmatch(text)
    if not found or found[3] not in (None, "%"):
        return ""
    return found[1] + (_product(found[2], "0.01") if found[3] else f"{_product(found[2], '100')}%")


def _measured(unit: str) -> Callable[[str], str]:
    """How a number of a metric with this unit is told otherwise."""

    def written(text: str) -> str:
        if re.search("[a-z]$", text):
            return duration(text)
        if unit in SHARES:
            return share(text)
        return duration(text + unit) if unit in ("s", "ms") else ""

    written.unit = unit  # type: ignore[attr-defined]
    return written


def _product(digits: str, times: str) -> str:
    """A power of ten moves the point and keeps the digits that were printed."""
    factor = Decimal(times)
    power = factor.adjusted() if factor == Decimal(1).scaleb(factor.adjusted()) else None
    made = Decimal(digits).scaleb(power) if power is not None else Decimal(digits) * factor
    return format(made, "f")


def _quantities(
    node: Node, model: type[Record], units: dict[str, str], unit: str
) -> Iterator[tuple[ScalarNode, Callable[[str], str]]]:
    """The scalars that may be told otherwise, with how."""
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _quantities(item, model, units, unit)
    if not isinstance(node, MappingNode):
        return
    unit = _unit_of(node, units, unit)
    known = {field.alias or name: field for name, field in model.model_fields.items()}
    for key, value in node.value:
        field = known.get(key.value)
        if field is None:
            continue
        inner = next(record_types(field.annotation), None)
        if isinstance(value, ScalarNode) and (how := _how(model, key.value, field, unit)):
            yield value, how
        elif inner is not None:
            for below in [v for _, v in value.value] if _is_map(field, value) else [value]:
                yield from _quantities(below, inner, units, unit)


def _how(model: type[Record], key: str, field: Any, unit: str) -> Callable[[str], str] | None:
    if get_args(fields.Duration)[1] in field.metadata:
        return duration
    if get_args(fields.Fraction)[1] in field.metadata:
        return share
    return _measured(unit) if unit and key in _measured_fields(model) else None


def _measured_fields(model: type[Record]) -> tuple[str, ...]:
    return next((names for kind, names in MEASURED.items() if issubclass(model, kind)), ())


def _is_map(field: Any, value: Node) -> bool:
    return isinstance(value, MappingNode) and "dict[" in str(field.annotation)


def _units(root: Node) -> Iterator[tuple[str, str]]:
    """The unit of each metric that states one."""
    for row in _items(root, "metrics"):
        said = {key.value: value.value for key, value in row.value}
        if "id" in said and "unit" in said:
            yield said["id"].lower(), said["unit"]


def _items(root: Node, *path: str) -> list[Node]:
    for step in path:
        below = root.value if isinstance(root, MappingNode) else []
        root = next((v for k, v in below if k.value == step), ScalarNode(None, None))
    return [n for n in root.value if isinstance(n, MappingNode)] if isinstance(root, SequenceNode) else []


def _unit_of(node: MappingNode, units: dict[str, str], outer: str) -> str:
    said = {key.value: value.value for key, value in node.value}
    if "unit" in said:
        return said["unit"] if isinstance(said["unit"], str) else ""
    return units.get(str(said["metric"]).lower(), "") if "metric" in said else outer


def with_other_metric_units(files: Files) -> Files:
    """Each metric in s, ms or fractions defined in another unit, with every bare number of it told in that."""
    if any(not is_manifest(path) for path in files):
        return files  # a native file states its numbers in the unit that the definition says

    def edit(root: Node) -> None:
        units = {name: unit for name, unit in _units(root) if unit in CHANGED}
        for scalar, unit in list(_bare(root, Manifest, units, "")):
            scalar.value = _product(scalar.value, CHANGED[unit][1])
            scalar.tag = f"tag:yaml.org,2002:{'float' if '.' in scalar.value else 'int'}"
        for row in walk(root):
            for key, value in row.value if isinstance(row, MappingNode) else ():
                if key.value == "unit" and value.value in CHANGED:
                    value.value, value.style = CHANGED[value.value][0], '"'

    return rewritten(files, edit, is_manifest)


def _bare(root: Node, model: type[Record], units: dict[str, str], unit: str) -> Iterator[tuple[ScalarNode, str]]:
    """The numbers without a unit of their own, with that of their metric."""
    for scalar, how in _quantities(root, model, units, unit):
        said = getattr(how, "unit", "")
        if said in CHANGED and re.fullmatch(r"-?\d+(\.\d+)?", scalar.value):
            yield scalar, said


def _alerts(root: Node) -> None:
    """Alerts state the unit of their threshold beside it; a threshold that now has its own needs none."""
    for row in _items(root, "monitoring", "alerts"):
        threshold = next((v.value for k, v in row.value if k.value == "threshold"), "")
        if isinstance(threshold, str) and re.search(r"[%a-z]$", threshold):
            row.value = [(k, v) for k, v in row.value if k.value != "unit"]
