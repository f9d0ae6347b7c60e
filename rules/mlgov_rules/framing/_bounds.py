"""Bounds of metrics, as they are printed and compared."""

from mlgov.rulekit import Bound, Metric, Record

SIDES = ("min", "max")


def said(bound: Record | None, side: str, metric: Metric | None) -> str:
    """The literal text of one side of a bound, with the unit of the metric where the text has none."""
    if bound is None:
        return ""
    number = getattr(bound, side, None)
    unit = metric.unit if metric and metric.unit not in (None, "fraction", "ratio") else None
    text = bound.literal(side)
    return f"{text} {unit}" if unit and not getattr(number, "unit", "") else text


def sides(bound: Bound) -> list[str]:
    """The sides that a bound states."""
    return [side for side in SIDES if getattr(bound, side) is not None]
