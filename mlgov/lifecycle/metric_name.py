"""What a metric's name says: `Validation F1 Macro`, `val_f1_macro` and `f1` with `average: macro` are one thing.

A name is split into the metric proper and the parts that the comparability key holds: split, average, k, threshold,
percentile. A name that could mean two metrics matches none.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mlgov.lifecycle.known_metrics import KNOWN, SPELLINGS, KnownMetric

SPLITS = {
    "train": "train", "training": "train", "trn": "train", "학습": "train", "훈련": "train",
    "val": "validation", "valid": "validation", "validation": "validation", "dev": "validation", "eval": "",
    "development": "validation", "검증": "validation", "test": "test", "testing": "test", "tst": "test",
    "holdout": "test", "hold_out": "test", "테스트": "test", "평가": "test",
    "cv": "cross_validation", "cross_validation": "cross_validation", "crossval": "cross_validation",
    "xval": "cross_validation", "online": "online", "production": "online",
}  # fmt: skip
AVERAGES = {"macro": "macro", "micro": "micro", "weighted": "weighted", "samples": "samples", "binary": "binary"}
_DROPPED = {"score", "avg", "average", "mean", "overall", "final", "set", "metric", "value", "best", "model"}


class MetricName(NamedTuple):
    """The parts of a metric's name; None where the name does not say.

    base: canonical metric (`f1`), the normalised words where it is not a known one.
    """

    base: str
    split: str | None = None
    average: str | None = None
    k: int | None = None
    threshold: float | None = None
    percentile: str | None = None

    @property
    def known(self) -> KnownMetric | None:
        """The entry in the table of known metrics."""
        return KNOWN.get(self.base)


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words of a name; camel case and punctuation separate them."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text) if not text.isupper() else text
    return tuple(w for w in re.split(r"[^0-9a-z가-힣²]+", spaced.lower()) if w)


@lru_cache(maxsize=4096)
def metric_name(text: str) -> MetricName:
    """Take a printed name apart: `test_precision@5` is precision, split test, k 5."""
    text = text[:200]
    k, threshold, text = _cut(text)
    split, average, percentile, rest = _parts(words(text))
    base = _known(rest) or "_".join(rest) or "_".join(words(text))
    return MetricName(base, split, average, k, threshold, percentile)


def _cut(text: str) -> tuple[int | None, float | None, str]:
    """`@5` and `_at_5` are a cut at rank 5, `@0.8` is a decision threshold."""
    found = re.search(r"\s*@\s*(0?\.\d+|\d+)\b", text) or re.search(r"[_ ]at[_ ](\d+)$", text)
    if not found:
        return None, None, text
    rest = text[: found.start()] + text[found.end() :]
    return (None, float(found[1]), rest) if "." in found[1] else (int(found[1]), None, rest)


def _parts(tokens: Sequence[str]) -> tuple[str | None, str | None, str | None, list[str]]:
    split = average = percentile = None
    rest: list[str] = []
    for token in tokens:
        if token in SPLITS and split is None and len(tokens) > 1:
            split = SPLITS[token] or None
        elif token in AVERAGES and average is None and len(tokens) > 1:
            average = AVERAGES[token]
        elif re.fullmatch(r"p\d{2,3}", token) and len(tokens) > 1:
            percentile = token
        else:
            rest.append(token)
    return split, average, percentile, rest


def _known(tokens: Sequence[str]) -> str | None:
    """The canonical name of the words, with and without filler words."""
    for kept in (tokens, [t for t in tokens if t not in _DROPPED]):
        name = "_".join(kept)
        if name in KNOWN:
            return name
        if name in SPELLINGS:
            return SPELLINGS[name]
    return None
