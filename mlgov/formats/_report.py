"""The dictionary of scikit-learn's `classification_report`: classes, averages, support."""

from collections.abc import Iterator
from typing import Any

from mlgov.finding import Origin
from mlgov.formats._results import Context, Said, result
from mlgov.lifecycle.fact import Fact

AVERAGES = {"macro avg": "macro", "weighted avg": "weighted", "micro avg": "micro", "samples avg": "samples"}
SCORES = {"precision": "precision", "recall": "recall", "f1-score": "f1"}


def is_report(node: Any) -> bool:
    """True for a mapping with `macro avg` and `weighted avg`, each with precision, recall, F1 and support."""
    return isinstance(node, dict) and all(_is_row(node.get(name)) for name in ("macro avg", "weighted avg"))


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and all(_is_number(row.get(key)) for key in (*SCORES, "support"))


def report(node: dict[str, Any], origin: Origin, context: Context, how: str) -> Iterator[Fact]:
    """Results of a report: one per class and score, one per average and score, and accuracy."""
    total = _total(node, origin)
    for name, row in node.items():
        here = origin.at(name)
        if name == "accuracy" and _is_number(row):
            yield result("accuracy", Said(row, here), {**context, **total}, how)
        elif name in AVERAGES and isinstance(row, dict):
            average = {"average": Said(AVERAGES[name], here)}
            yield from _scores(row, here, {**context, **_items(row, here, "n"), **average}, how)
        elif _is_row(row):
            of_class = {"slice": Said(str(name), here), **total, **_items(row, here, "positives")}
            yield from _scores(row, here, {**context, **of_class}, how)


def classes(node: dict[str, Any]) -> list[str]:
    """The class labels of a report."""
    return [str(name) for name, row in node.items() if name not in AVERAGES and _is_row(row)]


def _scores(row: dict[str, Any], origin: Origin, context: Context, how: str) -> Iterator[Fact]:
    for key, metric in SCORES.items():
        if _is_number(row.get(key)):
            yield result(metric, Said(row[key], origin.at(key)), context, how)


def _total(node: dict[str, Any], origin: Origin) -> dict[str, Said]:
    return _items(node["weighted avg"], origin.at("weighted avg"), "n")


def _items(row: dict[str, Any], origin: Origin, field: str) -> dict[str, Said]:
    support: Any = row.get("support")
    if not _is_number(support) or float(support) != int(support):
        return {}
    return {field: Said(int(support), origin.at("support"))}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value
