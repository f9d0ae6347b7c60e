"""How large a test set must be for the precision, or the lead over a baseline, that a claim needs."""

import math
from typing import Any, NamedTuple

from mlgov import statistics
from mlgov.errors import UsageError
from mlgov.sizing.answer import Answer, Figure, named, plain, rate, whole

_FORMULA = "smallest n whose Wilson half-width z/(1+z²/n) √(pq/n + z²/4n²) is at most h"
_MOST = 10**9


class TestSet(NamedTuple):
    """A test set as it is asked about.

    value: the expected value, or the target. baseline: what it must beat; half_width: the precision that is wanted.
    prevalence: share of the cases that count (the positives, for recall). slices: equally large parts, each as precise.
    """

    value: float
    baseline: float | None = None
    half_width: float | None = None
    prevalence: float = 1.0
    slices: int = 1
    conf: float = 0.95
    metric: str = "accuracy"


def test_set(asked: TestSet) -> Answer:
    """Cases that count, and rows of the test set that hold so many of them in every slice."""
    named(asked.metric)
    half = _half_width(asked)
    n = _least(asked.value, half, asked.conf)
    if not 0 < asked.prevalence <= 1:
        raise UsageError(f"--prevalence must be above 0 and at most 1, not {plain(asked.prevalence)}")
    slices = whole("--slices", asked.slices, 1, "the whole test set is one slice")
    rows = math.ceil(n / asked.prevalence * (1 - 1e-12)) * slices
    figures = (
        Figure("n", n, "cases that count" + (" in each slice" if slices > 1 else "")),
        Figure("rows", rows, "rows of the test set"),
        Figure("half_width", _half(asked.value, n, asked.conf), "half of the interval that they give"),
    )
    what = f"margin {plain(half)} over {plain(asked.baseline)}" if asked.baseline is not None else f"± {plain(half)}"
    assumptions = (
        "rows are independent: where entities repeat, count entities",
        f"{asked.metric} is a share of the cases that count, near {plain(asked.value)}; averages of classes have no such formula",
        f"confidence {plain(asked.conf)}; slices are equally large",
    )
    question = f"rows to show {asked.metric} {plain(asked.value)} with {what}"
    return Answer(question, figures, _FORMULA, "Wilson 1927", assumptions, _plan(asked, rows))


def _half_width(asked: TestSet) -> float:
    """The wanted half-width: as given, or the lead over the baseline."""
    value = rate("--value", asked.value, "it is the value that you expect, or the target")
    rate("--conf", asked.conf)
    if (asked.baseline is None) == (asked.half_width is None):
        raise UsageError("give either --half-width, the precision, or --baseline, what the value must beat")
    if asked.half_width is not None:
        return rate("--half-width", asked.half_width, "it is half of the interval around the value")
    lead = value - rate("--baseline", asked.baseline or 0.0, "it is a value of the same metric")
    if lead <= 1e-9:
        raise UsageError(
            f"--value {plain(value)} does not lie above --baseline {plain(asked.baseline or 0)}: no lead to show"
        )
    return lead


def _half(value: float, n: int, conf: float) -> float:
    low, high = statistics.wilson_ci(round(value * n), n, conf)
    return (high - low) / 2


def _least(value: float, half: float, conf: float) -> int:
    """The first n that is precise enough; counts are whole, so the width falls in small steps up and down."""
    low, high = 0, 1
    while _half(value, high, conf) > half:
        low, high = high, high * 2
        if high > _MOST:
            raise UsageError(f"half-width {plain(half)} needs more than {_MOST} cases: widen it")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _half(value, middle, conf) <= half else (middle, high)
    return high


def _plan(asked: TestSet, rows: int) -> dict[str, Any]:
    metric: dict[str, Any] = {"id": asked.metric, "scope": "offline", "role": "primary", "direction": "maximize"}
    metric |= {"unit": "fraction", "target": {"min": asked.value}}
    plan: dict[str, Any] = {}
    if asked.prevalence < 1:
        metric["average"] = "binary"
        plan["framing"] = {"output": {"type": "binary", "positive_class": "positive"}}
    plan |= {"metrics": [metric], "data": {"splits": {"parts": [{"part": "test", "rows": rows}]}}}
    if asked.prevalence < 1:
        rest = round(1 - asked.prevalence, 10)
        balance = {"positive": asked.prevalence, "negative": rest}
        plan["data"] = {"datasets": [{"id": "test", "role": "test", "rows": rows, "class_balance": balance}]}
    if asked.baseline is not None:
        result = {"metric": asked.metric, "value": asked.baseline, "split": "test"}
        plan["baselines"] = [{"id": "baseline", "kind": "current_system", "results": [result]}]
    return plan
