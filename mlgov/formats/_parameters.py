"""What the leaves of a parameter file mean: seeds, split sizes, thresholds, release criteria, the metric that decides."""

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.formats._metric_words import bounded, known, normalised, side_of
from mlgov.formats._results import Said, acceptance
from mlgov.lifecycle.fact import Fact
from mlgov.lifecycle.metric_name import words

TARGETS = frozenset(
    "target target_column target_col target_name target_variable label_column label_col label_name".split()
)
_COLUMN_NAME = re.compile(r"[^\W\d][\w .-]{0,79}").fullmatch
_SEEDS = frozenset("seed random_seed random_state".split())
_PRIMARY = frozenset(
    "primary_metric optimize_metric optimization_metric main_metric selection_metric metric_to_optimize".split()
)
_FOLDS = frozenset("cv_folds n_folds folds n_splits k_folds num_folds kfolds".split())
_THRESHOLDS = frozenset(
    "threshold decision_threshold classification_threshold prediction_threshold probability_threshold".split()
)
_LIMITS = frozenset(
    "thresholds acceptance acceptance_criteria minimums targets gates quality_gates criteria requirements".split()
)
_LOSSES = frozenset("loss loss_function criterion".split())
_SIZE = re.compile(
    r"(?P<part>test|testing|val|valid|validation|dev|train|training)_(?:size|split|ratio|fraction|frac|share|pct)"
    r"|(?:size|ratio|fraction|frac)_(?P<late>test|val|validation|train)"
).fullmatch
_PARTS = {"te": "test", "va": "validation", "de": "validation", "tr": "train"}
_OF_DATA = frozenset(
    "data split splits splitting preprocess preprocessing prepare data_split dataset datasets featurize".split()
)
_OF_OPERATION = frozenset(
    "monitoring monitor serving serve deploy deployment api drift logging mlflow tracking".split()
)
_FAIRNESS = {"demographic_parity": "demographic_parity_difference", "equalized_odds": "equalized_odds_difference",
             "disparate_impact": "demographic_parity_ratio"}  # fmt: skip


class Leaf(NamedTuple):
    """One value of a parameter file. way: the normalised keys above it. name: its own."""

    way: tuple[str, ...]
    name: str
    value: Any
    origin: Origin

    def below(self, names: frozenset[str]) -> bool:
        """True if it stands in a section of one of these names."""
        return any(set(words(step)) & names or step in names for step in self.way)


def leaves(node: Any, origin: Origin, way: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Every scalar, and every list of scalars, of nested mappings."""
    for key, value in node.items() if isinstance(node, dict) else ():
        here = origin.at(key)
        if isinstance(value, dict):
            yield from leaves(value, here, (*way, normalised(str(key))))
        elif value is not None:
            yield Leaf(way, normalised(str(key)), value, here)


def meaning(leaf: Leaf) -> Iterator[Fact]:
    """The facts that a leaf states besides being a parameter; none for a plain hyper-parameter."""
    if leaf.name in _PRIMARY:
        yield from _primary(leaf)
    elif leaf.name == "protected_attributes" or leaf.name == "sensitive_features":
        for at, name in enumerate(leaf.value if isinstance(leaf.value, list) else [leaf.value]):
            if isinstance(name, str):
                yield Fact("evaluation.fairness.protected_attributes[]", {"name": name}, leaf.origin.at(at))
    elif leaf.below(_OF_OPERATION) or not _is_scalar(leaf.value):
        return
    elif leaf.name in _SEEDS:
        yield from _seed(leaf)
    elif (
        leaf.name in TARGETS
        and isinstance(leaf.value, str)
        and _COLUMN_NAME(leaf.value)
        and not is_placeholder(leaf.value)
    ):
        yield Fact("data.labels.name", leaf.value, leaf.origin)
    elif leaf.name in _FOLDS:
        yield Fact("data.splits.folds", leaf.value, leaf.origin)
    elif leaf.name in ("stratify", "stratified") and leaf.value is True:
        yield Fact("data.splits.strategy", "stratified", leaf.origin)
    elif leaf.name in _THRESHOLDS and _is_number(leaf.value) and not leaf.below(_LIMITS):
        yield Fact("training.threshold.value", leaf.value, leaf.origin)
    elif leaf.name in _LOSSES and isinstance(leaf.value, str):
        yield Fact("training.loss.name", leaf.value, leaf.origin)
    elif leaf.name in ("class_weight", "imbalance_strategy", "resampling_strategy") and isinstance(leaf.value, str):
        yield Fact("training.imbalance.strategy", leaf.value, leaf.origin)
    elif (found := _SIZE(leaf.name)) is not None:
        yield from _part(_PARTS[(found["part"] or found["late"])[:2]], leaf)
    else:
        yield from _limit(leaf)


def _primary(leaf: Leaf) -> Iterator[Fact]:
    """`primary_metric: f1` defines the metric that decides."""
    if isinstance(leaf.value, str) and (identifier := normalised(leaf.value)):
        meant = known(leaf.value)
        value = {"id": meant.base if meant else identifier, "name": leaf.value, "role": "primary"}
        yield Fact("metrics[]", value | ({"type": meant.base} if meant else {}), leaf.origin)


def _seed(leaf: Leaf) -> Iterator[Fact]:
    if _is_number(leaf.value) and float(leaf.value).is_integer():
        yield Fact("data.splits.seed" if leaf.below(_OF_DATA) else "training.lineage.seed", leaf.value, leaf.origin)


def _part(part: str, leaf: Leaf) -> Iterator[Fact]:
    if not _is_number(leaf.value) or not leaf.value > 0:
        return
    if leaf.value < 1:
        yield Fact("data.splits.parts[]", {"part": part, "fraction": leaf.value}, leaf.origin)
    elif float(leaf.value).is_integer() and leaf.value > 1:
        yield Fact("data.splits.parts[]", {"part": part, "rows": int(leaf.value)}, leaf.origin)


def _limit(leaf: Leaf) -> Iterator[Fact]:
    """`evaluate.min_accuracy: 0.8` is a release criterion and the gate that stops a worse model."""
    if not _is_number(leaf.value) or not math.isfinite(leaf.value):
        return
    if measure := _fairness(leaf):
        side = "min" if measure.endswith("_ratio") else "max"
        yield Fact("evaluation.fairness.limits[]", {"measure": measure, side: leaf.value}, leaf.origin)
    elif (found := _bound(leaf)) is not None:
        side, metric = found
        yield acceptance(metric, side, Said(leaf.value, leaf.origin), "declared")
        gate = {"metric": metric, side: leaf.value, "file": "/" + leaf.origin.file}
        yield Fact("training.pipeline.gates[]", gate, leaf.origin)


def _bound(leaf: Leaf) -> tuple[str, str] | None:
    """Side and metric of `min_accuracy`, of `thresholds: {accuracy: …}` and of `accuracy: {min: …}`."""
    if found := bounded(leaf.name):
        return found
    above = leaf.way[-1] if leaf.way else ""
    if leaf.name in ("min", "max", "minimum", "maximum") and known(above):
        return leaf.name[:3], above
    if (above in _LIMITS or above in ("min", "max")) and known(leaf.name):
        return above if above in ("min", "max") else side_of(leaf.name), leaf.name
    return None


def _fairness(leaf: Leaf) -> str | None:
    if not set(words(leaf.name)) & {"threshold", "max", "min", "limit", "tolerance"}:
        return None
    return next((measure for name, measure in _FAIRNESS.items() if name in leaf.name), None)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (str, int, float))
