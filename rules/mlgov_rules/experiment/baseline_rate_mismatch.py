"""The baseline rate of an experiment's plan must be the one that was measured.

## Why
The sample size hangs on the baseline: a plan with 10 % where 3 % are measured asks for the wrong number of units. The
planned rate is compared, at its printed precision, with the 95 % Wilson interval of each measured online value of the
same metric; one that agrees is enough.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics: [{id: conversion, scope: online, unit: fraction}]
baselines:
- {id: current, kind: current_system, results: [{metric: conversion, value: 3.1%, split: online, n: 20000}]}
experiments: [{id: ranking, primary_metrics: [conversion], baseline_rate: 10%}]
~~~

### the control of an earlier experiment
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics: [{id: conversion, scope: online, unit: percent}]
experiments:
- id: last_year
  status: analysed
  primary_metrics: [conversion]
  arms: [{id: control, control: true, allocation: 0.5}, {id: treatment, allocation: 0.5}]
  results: {counts: {control: 10000, treatment: 10000}, successes: {control: 310, treatment: 330}}
- {id: ranking, primary_metrics: [conversion], baseline_rate: 0.10}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention_30d, scope: online, unit: percent}]
baselines:
- {id: current, kind: current_system, results: [{metric: retention_30d, value: 80.1, split: online, n: 20000}]}
experiments: [{id: calls, primary_metrics: [retention_30d], baseline_rate: 0.80}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics: [{id: conversion, scope: online, unit: fraction}]
baselines:
- {id: current, kind: current_system, results: [{metric: conversion, value: 3.1%, split: online}]}
experiments: [{id: ranking, primary_metrics: [conversion], baseline_rate: 10%}]
~~~

## Remedy
plan with the measured rate, and compute the sample size again

## References
S3-39; Kohavi, Tang, Xu 2020, ch. 17
"""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import (
    Experiment,
    Findings,
    Intervals,
    Line,
    MetricResult,
    Origin,
    Project,
    Row,
    abstain,
    interval,
    rule,
    statistics,
)
from mlgov_rules.experiment._plan import control_of, deciding_metric, is_trial

# what never ran as the present system
ELSEWHERE = ("random", "majority_class", "constant", "human", "pretrained", "published")


class Measured(NamedTuple):
    """One measured rate: `successes` of `n`."""

    successes: int
    n: int
    text: str
    origin: Origin


@rule("EXP203", severity="-WE", sources=["S3-39"])
def baseline_rate_mismatch(experiment: Experiment, project: Project) -> Findings:
    planned = interval(experiment.baseline_rate) if experiment.baseline_rate is not None else None
    metric = deciding_metric(experiment, project)
    if planned is None or not is_trial(experiment):
        return
    history = [*_baselines(experiment, project), *_controls(experiment, project)] if metric else []
    if not history:
        yield abstain("unknown metric of the baseline rate" if not metric else f"no measured {metric.id} with its n")
        return
    ranges = [statistics.wilson_ci(m.successes, m.n, 0.95) for m in history]
    if not any(r.low <= planned[1] and planned[0] <= r.high for r in ranges):
        found, around = history[0], ranges[0]
        message = (
            f"the plan counts on a baseline of {experiment.literal('baseline_rate')}, measured is {found.text} "
            f"(n = {found.n}, 95% interval {around.low:.4f} to {around.high:.4f}, assuming independence)"
        )
        rows = [Row(m.text, m.successes / m.n, r.low, r.high) for m, r in zip(history, ranges, strict=True)]
        lines = (Line("planned", float(experiment.baseline_rate or 0)),)
        figure = Intervals("measured rate, 95% interval", tuple(rows), lines)
        yield experiment.at("baseline_rate"), message, [m.origin for m in history], figure


def _baselines(experiment: Experiment, project: Project) -> Iterator[Measured]:
    metric = deciding_metric(experiment, project)
    for baseline in (b for b in project.baselines if b.kind not in ELSEWHERE):
        for result in (r for r in baseline.results if r.metric and project.metric(r.metric) is metric):
            value, n = project.comparer.value(result), result.n
            if _is_online(result, project) and n and 0 <= value <= 1:
                yield Measured(round(value * n), int(n), result.literal("value"), result.at("value"))


def _is_online(result: MetricResult, project: Project) -> bool:
    """True if the whole of the live traffic was measured: a metric of online scope has no other split."""
    metric = project.metric(result.metric)
    split = project.comparer.key(result).split or ("online" if metric and metric.scope == "online" else "")
    return split == "online" and not result.slice and not result.partial


def _controls(experiment: Experiment, project: Project) -> Iterator[Measured]:
    metric = deciding_metric(experiment, project)
    for other in (e for e in project.experiments if e.results and deciding_metric(e, project) is metric):
        control = control_of(other)
        arm = (control.id if control else None) or ""
        n, k = other.results.counts.get(arm), other.results.successes.get(arm)
        if n and k is not None and 0 <= k <= n and float(k).is_integer() and float(n).is_integer():
            yield Measured(int(k), int(n), f"{k / n:.4g}", other.results.at("successes", arm))
