"""Reads measured numbers out of nested mappings, whatever their shape: flat, by split, by model, as a list, as a report."""

import math
from collections.abc import Iterator
from typing import Any

from mlgov.finding import Origin
from mlgov.formats._identity import FIELDS, context_of, fitting
from mlgov.formats._metric_keys import (
    LIMITS,
    MEASURE,
    MODELS,
    NAMES,
    NO_RESULTS,
    SIZES,
    SLICES,
    VALUES,
    WRAPPERS,
    is_bookkeeping,
    is_decimal,
    is_number,
    spread,
    wrapped_split,
)
from mlgov.formats._metric_words import BASELINE, PREVIOUS, bounded, known, normalised, side_of
from mlgov.formats._report import is_report, report
from mlgov.formats._results import Context, Said, acceptance, baseline, result
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import SPLITS, words


class NonFinite:
    """A measured value that is no finite number."""

    def __init__(self, metric: str, value: float, origin: Origin) -> None:
        self.metric, self.value, self.origin = metric, value, origin


Found = Fact | NonFinite


class Measured:
    """One walk over one document. listed: normalised names that count as metrics though nobody else knows them.

    everything: every number that is no identity is a metric, because a pipeline declares the file as metrics.
    """

    def __init__(self, how: str, listed: frozenset[str] = frozenset(), everything: bool = False) -> None:
        self.how, self.listed, self.everything = how, listed, everything

    def node(self, node: Any, origin: Origin, context: Context) -> Iterator[Found]:
        """Everything that a mapping or a list measures."""
        if isinstance(node, list):
            yield from self._rows(node, origin, context)
        elif isinstance(node, dict):
            context = context_of(node, origin, context)
            if is_report(node):
                yield from report(node, origin, context, self.how)
            elif (row := self._row(node)) is not None:
                yield from self._number(row[0], node[row[1]], origin.at(row[1]), context)
            else:
                yield from self._mapping(node, origin, context)

    def _rows(self, rows: list[Any], origin: Origin, context: Context) -> Iterator[Found]:
        """A list of results, or of models with their results."""
        for at, row in enumerate(rows):
            if isinstance(row, dict):
                name = row.get("model") if len(rows) > 1 and self._row(row) is None else None
                here = origin.at(at)
                inner = {**context, "variant": Said(name, here.at("model"))} if isinstance(name, str) else context
                yield from self.node(row, here, inner)

    def _row(self, node: dict[str, Any]) -> tuple[str, str] | None:
        """Metric name and key of the value in `{metric: roc_auc, value: 0.71}`."""
        name = next((node[key] for key in NAMES if isinstance(node.get(key), str)), "")
        value = next((key for key in VALUES if is_number(node.get(key))), None)
        return (name, value) if value and self._is_metric(name) else None

    def _mapping(self, node: dict[str, Any], origin: Origin, context: Context) -> Iterator[Found]:
        several = sum(self._is_unnamed(key, value) for key, value in node.items()) > 1
        counted = next((key for key in node if key in SIZES and isinstance(node[key], dict)), None)
        sizes = {} if counted is None else {"n": Said(node[counted], origin.at(counted))}
        for key, value in node.items():
            yield from self._entry(str(key), value, origin.at(key), context, several, sizes)

    def _entry(
        self, key: str, value: Any, origin: Origin, context: Context, several: bool, sizes: dict[str, Said]
    ) -> Iterator[Found]:
        name = normalised(key)
        if name in LIMITS:
            yield from self._limits(value, origin)
        elif is_number(value):
            yield from self._scalar(key, value, origin, context)
        elif name in NO_RESULTS:
            return
        elif isinstance(value, dict) and self._is_named(key):
            yield from self._of_metric(key, value, origin, context)
        elif name in SIZES:
            return
        elif isinstance(value, dict) and (by := self._grouped(name)):
            yield from self._groups(by, value, origin, {**context, **sizes})
        elif isinstance(value, dict):
            yield from self._container(name, key, value, origin, context, several)
        elif isinstance(value, list) and name not in NO_RESULTS:
            yield from self._rows(value, origin, context)

    def _scalar(self, key: str, value: Any, origin: Origin, context: Context) -> Iterator[Found]:
        if (limit := bounded(key)) is not None:
            side, metric = limit
            yield acceptance(metric, side, Said(value, origin), self.how)
            return
        kinds = set(words(key)) & (BASELINE | PREVIOUS)
        rest = "_".join(w for w in words(key) if w not in kinds)
        if kinds and known(rest):
            found = [f for f in self._number(rest, value, origin, context) if isinstance(f, Fact)]
            yield baseline(min(kinds), found, origin, self.how)
        elif self._is_metric(key):
            yield from self._number(key, value, origin, context)

    def _number(self, metric: str, value: Any, origin: Origin, context: Context) -> Iterator[Found]:
        if not math.isfinite(value):
            yield NonFinite(metric, value, origin)
        else:
            yield result(metric, Said(value, origin), fitting(metric, origin, context), self.how)

    def _of_metric(self, metric: str, node: dict[str, Any], origin: Origin, context: Context) -> Iterator[Found]:
        """`roc_auc: {value: 0.71, n: 500, ci: [0.68, 0.74]}` or `accuracy: {train: 0.9, test: 0.8}`."""
        context = {**context_of(node, origin, context), **spread(node, origin)}
        for key, value in node.items():
            if not is_number(value):
                continue
            if key in VALUES:
                yield from self._number(metric, value, origin.at(key), context)
            elif split := SPLITS.get(normalised(key)):
                inner = {**context, "split": Said(split, origin.at(key))}
                yield from self._number(metric, value, origin.at(key), inner)

    def _container(
        self, name: str, key: str, node: dict[str, Any], origin: Origin, context: Context, several: bool
    ) -> Iterator[Found]:
        said = set(words(name))
        if said & BASELINE or name in PREVIOUS:
            found = [
                f for f in self.node(node, origin, context) if isinstance(f, Fact) and f.path.endswith("results[]")
            ]
            if found:
                kind = {"kind": "previous_model"} if name in PREVIOUS else {}
                yield baseline(name, found, origin, self.how, **kind)
            return
        if name in SLICES or name in MODELS:
            field = "slice" if name in SLICES else "variant"
            for inner, value in node.items():
                here = {**context, field: Said(str(inner), origin.at(inner))}
                yield from self.node(value, origin.at(inner), here)
            return
        yield from self.node(node, origin, self._inside(name, key, node, origin, context, several))

    def _inside(
        self, name: str, key: str, node: dict[str, Any], origin: Origin, context: Context, several: bool
    ) -> Context:
        """What the key of a mapping says about the numbers below it."""
        if split := SPLITS.get(name) or wrapped_split(name):
            return {**context, "split": Said(split, origin)}
        if is_decimal(key):
            return {**context, "threshold": Said(key, origin)}
        if name in WRAPPERS or name == "model" or not several:
            return context
        field = "slice" if any(normalised(k).startswith(MEASURE) for k in node) else "variant"
        return {**context, field: Said(key, origin)}

    def _is_unnamed(self, key: str, value: Any) -> bool:
        """A mapping with metrics under a name that is nobody's word: one of several models, groups or runs."""
        name = normalised(str(key))
        plain = name in WRAPPERS or name in SPLITS or name in LIMITS or bool(set(words(name)) & BASELINE)
        return isinstance(value, dict) and not plain and any(self._is_named(str(k)) for k in value)

    def _groups(self, metric: str, node: dict[str, Any], origin: Origin, context: Context) -> Iterator[Found]:
        """`accuracy_by_group: {female: 0.79, male: 0.77}`, with `group_counts: {female: 96, male: 204}` beside it."""
        attribute = context["slice"].value if "slice" in context else "group"
        sizes = context.get("n")
        above = {field: said for field, said in context.items() if field not in ("n", "slice")}
        for group, value in node.items():
            if is_number(value):
                here = origin.at(group)
                items = sizes.value.get(group) if sizes is not None and isinstance(sizes.value, dict) else None
                n = {"n": Said(items, sizes.origin.at(group))} if sizes is not None and is_number(items) else {}
                inner = {**above, **n, "slice": Said(f"{attribute}={group}", here)}
                yield from self._number(metric, value, here, inner)

    def _grouped(self, name: str) -> str | None:
        """The metric of `accuracy_by_group`."""
        metric, by, _ = name.partition("_by_")
        return metric if by and (self.everything or known(metric)) else None

    def _limits(self, node: Any, origin: Origin) -> Iterator[Found]:
        """`thresholds: {accuracy: 0.8}`, `{accuracy: {min: 0.8}}`, `{min_accuracy: 0.8}`."""
        for key, value in node.items() if isinstance(node, dict) else ():
            here = origin.at(key)
            side, metric = bounded(key) or (side_of(key), key)
            if is_number(value) and math.isfinite(value) and self._is_named(metric):
                yield acceptance(metric, side, Said(value, here), self.how)
            elif isinstance(value, dict) and self._is_named(key):
                for side in ("min", "max"):
                    if is_number(value.get(side)):
                        yield acceptance(key, side, Said(value[side], here.at(side)), self.how)

    def _is_named(self, name: str) -> bool:
        """True for a metric that the table knows, or that the manifest lists."""
        return known(name) is not None or normalised(name) in self.listed - FIELDS.keys()

    def _is_metric(self, name: str) -> bool:
        plain = normalised(name)
        open_ = self.everything and bool(plain) and plain not in FIELDS and not is_bookkeeping(plain)
        return open_ or self._is_named(name)
