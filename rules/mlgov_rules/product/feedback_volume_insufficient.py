"""Feedback must come in the volume that its use needs.

## Why
Thirty answers a week cannot show that precision fell from 0.92 to 0.90; the channel only looks like monitoring.
The volume is the expected rate of the units that reach the decision, or of the users, per period. What is needed is the
one-sided sample (alpha 0.05, power 0.8) that tells a measured quality from its acceptable bound; of several metrics the
one that needs least counts.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
problem: {scale: {users: 600}}
metrics: [{id: accuracy, kind: model_quality, unit: fraction, acceptable: {min: 0.90}}]
evaluation: {results: [{metric: accuracy, value: 0.92, split: test}]}
feedback: {channels: [{id: thumbs, use: [monitoring], expected_rate: 5%, period: 7d}]}
~~~

### units per day, and percent
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
problem: {scale: {daily_units: 1000}}
metrics: [{id: precision, kind: model_quality, unit: percent, acceptable: {min: 90}}]
evaluation: {results: [{metric: precision, value: 92, split: test, coverage: 10%}]}
feedback: {channels: [{id: thumbs, use: [evaluation], expected_rate: 0.01}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
problem: {scale: {daily_units: 1000, users: 10}}
metrics: [{id: accuracy, kind: model_quality, unit: fraction, acceptable: {min: 0.80}}]
evaluation: {results: [{metric: accuracy, value: 0.92, split: test}]}
feedback: {channels: [{id: thumbs, use: [monitoring], expected_rate: 0.05}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
problem: {scale: {users: 600}}
metrics: [{id: accuracy, kind: model_quality, unit: fraction, acceptable: {min: 0.90}}]
evaluation: {results: [{metric: accuracy, value: 0.92, split: test}]}
feedback: {channels: [{id: thumbs, use: [monitoring]}]}
~~~

### nothing to tell apart
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies}
problem: {scale: {users: 600}}
feedback: {channels: [{id: thumbs, use: [monitoring], expected_rate: 5%}]}
~~~

## Remedy
ask more users, ask at a better moment, watch a longer period, or use the channel for something that needs less

## References
S0-61, S4-39
"""

from math import ceil
from typing import NamedTuple

from mlgov.rulekit import (
    Channel,
    Curve,
    Findings,
    Line,
    MetricResult,
    Origin,
    Point,
    Project,
    abstain,
    limit_of,
    rule,
    statistics,
)
from mlgov_rules.product._evidence import known, whole_results

_DAY = 86400.0
_WEEK = 7 * _DAY


class Need(NamedTuple):
    """The answers that tell a measured value from its bound. curve: the power over the answers."""

    n: int
    words: str
    result: MetricResult
    curve: Curve


@rule("UXD301", severity="-WE", sources=["S0-61", "S4-39"])
def feedback_volume_insufficient(channel: Channel, project: Project) -> Findings:
    if not set(channel.use) & {"monitoring", "evaluation"}:
        return
    volume = _volume(channel, project)
    if volume is None:
        yield abstain("unknown rate of feedback, or unknown number of users and units")
        return
    needs = [need for r in whole_results(project) if (need := _need(r, project)) is not None]
    if not needs:
        yield abstain("no proportion with an acceptable bound is measured")
        return
    n, place = volume
    least = min(needs, key=lambda need: need.n)
    if n < least.n:
        period = channel.period.text if channel.period else "7d"
        words = f"channel {channel.id} gives {n:.0f} answers per {period}; {least.words} needs {least.n}"
        points = (Point("this channel", n), Point("needed", least.n))
        curve = least.curve._replace(points=points)
        yield channel.at("expected_rate"), words, [place, least.result.at("value")], curve


def _volume(channel: Channel, project: Project) -> tuple[float, Origin] | None:
    """Answers per period: of the units that reach the decision, else of all units, else of the users."""
    scale = project.problem.scale
    if channel.expected_rate is None or scale is None:
        return None
    if scale.daily_units is not None:
        share = next((float(r.coverage) for r in project.results if r.coverage is not None), 1.0)
        days = (channel.period if channel.period is not None else _WEEK) / _DAY
        return channel.expected_rate * scale.daily_units * share * days, scale.at("daily_units")
    if scale.users is not None:
        return float(channel.expected_rate * scale.users), scale.at("users")
    return None


def _need(result: MetricResult, project: Project) -> Need | None:
    metric, entry = project.metric(result.metric), known(result, project)
    if metric is None or metric.acceptable is None or entry is None or not entry.proportion:
        return None
    limit, value = limit_of(metric.acceptable, metric.unit), project.comparer.value(result)
    bound = limit.low if limit.low is not None else limit.high
    if bound is None or not 0 < bound < 1 or not 0 < value < 1 or not limit.allows(value) or value == bound:
        return None
    n = ceil(statistics.n_one_proportion(value, bound).n)
    side = "min" if limit.low is not None else "max"
    words = f"to see {metric.id} go from {result.literal('value')} to {metric.literal('acceptable', side)}"
    given, line = (("p0", value), ("p1", bound)), (Line("wanted power", 0.8, "min"),)
    return Need(n, words, result, Curve("power", "answers", "power_one_proportion", given, (("n", 1.0),), (), line))
