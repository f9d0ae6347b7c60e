"""A target must be at least as strict as the acceptable bound, and both must be possible values.

## Why
A target on the wrong side of the minimum says that the team hopes for less than it promises. A bound outside the range of
its metric, most often a percent where a fraction is meant, can never be met or never be missed.

A bare number above 1 counts as outside the range of a known metric only where its unit is stated or the manifest states the
number; native files often count in percent, and scores of texts often run to 100.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: recall, unit: fraction, target: {min: 0.80}, acceptable: {min: 0.85}}
~~~

### lower is better, and the units differ
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: latency_p95, unit: s, target: {max: 300ms}, acceptable: {max: 0.2}}
~~~

### no value meets both
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: complaint_rate, unit: percent, target: {max: 1}, acceptable: {min: 2}}
~~~

### a percent where the range is a fraction
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: accuracy, range: [0, 1], target: {min: 92}}
~~~

### the range that everybody knows
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: roc_auc, unit: fraction, acceptable: {min: 87}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: accuracy, unit: percent, range: [0, 100], target: {min: 92}, acceptable: {min: 0.90}}
- {id: latency_p95, unit: s, target: {max: 150ms}, acceptable: {max: 0.2}}
- {id: rouge_l, target: {min: 41.5}, acceptable: {min: 40}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: response, target: {max: 300}, acceptable: {max: 200ms}}
~~~

## Remedy
correct the number or its unit: the target is where the team wants to be, `acceptable` the least that may ship

## References
S3-25
"""

from collections.abc import Iterator

from mlgov.rulekit import Bound, Findings, Level, Metric, abstain, base_of, level, rule
from mlgov_rules.framing._bounds import SIDES, said

# scores that papers print from 0 to 100
_OF_HUNDRED = frozenset("rouge1 rouge2 rouge_l meteor bertscore exact_match wer cer map".split())


@rule("FRM102", severity="EEE", sources=["S3-25"], implies=["FRM204", "REQ203"])
def target_weaker_than_minimum(metric: Metric) -> Findings:
    yield from _against_acceptable(metric)
    wrong = [
        (metric.at(name), f"{metric.id}: {name} {side} {said(bound, side, metric)} {outside}")
        for name, bound in (("target", metric.target), ("acceptable", metric.acceptable))
        for side, found in _levels(bound, metric)
        if (outside := _outside(found, metric))
    ]
    if wrong:
        others = [place for place, _ in wrong[1:]] + ([metric.at("range")] if metric.range else [])
        yield *wrong[0], others


def _levels(bound: Bound | None, metric: Metric) -> Iterator[tuple[str, Level]]:
    for side in SIDES:
        number = getattr(bound, side, None)
        if number is not None:
            yield side, level(number, metric.unit)


def _against_acceptable(metric: Metric) -> Findings:
    for side, wanted in _levels(metric.target, metric):
        for other, least in _levels(metric.acceptable, metric):
            if not wanted.is_comparable_with(least):
                if not _outside(wanted, metric) and not _outside(least, metric):
                    yield abstain("target and acceptable bound are not told in one unit")
            elif wanted.is_laxer_than(least, side) if side == other else not _both_possible(wanted, least, side):
                words = f"is weaker than acceptable {other}" if side == other else f"excludes acceptable {other}"
                bounds = said(metric.target, side, metric), said(metric.acceptable, other, metric)
                message = f"{metric.id}: target {side} {bounds[0]} {words} {bounds[1]}"
                yield metric.at("target"), message, [metric.at("acceptable")]


def _both_possible(wanted: Level, least: Level, side: str) -> bool:
    return not (least.is_above(wanted) if side == "max" else wanted.is_above(least))


def _outside(found: Level, metric: Metric) -> str:
    """What is wrong with a bound that lies outside the range of its metric; "" if it lies inside."""
    low, high = _range(found, metric)
    if (low is None or found.value >= low - 1e-9) and (high is None or found.value <= high + 1e-9):
        return ""
    shown = f"[{'' if low is None else f'{low:g}'}, {'' if high is None else f'{high:g}'}]"
    guess = f"; is {found.value:g} % meant?" if high == 1 and 1 < found.value <= 100 else ""
    return f"lies outside the range {shown} of the metric{guess}"


def _range(found: Level, metric: Metric) -> tuple[float | None, float | None]:
    """The declared range in base units, else the one that everybody knows."""
    if metric.range:
        low, high = (level(end, metric.unit) for end in metric.range)
        if base_of(metric.unit) == "fraction" and metric.range[1] <= 1:  # [0, 1] beside `unit: percent`
            return float(metric.range[0]), float(metric.range[1])
        return (low.value, high.value) if low.is_comparable_with(found) or low.base == found.base else (None, None)
    if metric.known is None:
        return None, None
    is_fraction = (
        found.base == "fraction" or found.base == "" and metric.is_own and metric.known.name not in _OF_HUNDRED
    )
    return metric.known.low, metric.known.high if is_fraction or metric.known.high != 1 else None
