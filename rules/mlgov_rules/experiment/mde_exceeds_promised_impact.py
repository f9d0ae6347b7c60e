"""An experiment must be able to see the effect that was promised.

## Why
Whoever promised one per cent and plans a test that sees five will never learn whether the promise was kept. Absolute and
relative effects are compared through the baseline of the plan.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics: [{id: conversion, unit: fraction}]
problem: {impact: {expected_effect: {metric: conversion, value: 1%, type: relative}}}
experiments: [{id: ranking, primary_metrics: [conversion], mde: {value: 0.05, type: relative}}]
~~~

### one is absolute, the other relative
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics: [{id: conversion, unit: percent}]
problem: {impact: {expected_effect: {metric: conversion, value: 1, type: absolute}}}
experiments: [{id: ranking, primary_metrics: [conversion], baseline_rate: 10%, mde: {value: 20%, type: relative}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: handling_time, unit: s}]
problem: {impact: {expected_effect: {metric: handling_time, value: 20s, type: absolute}}}
experiments: [{id: calls, primary_metrics: [handling_time], baseline_mean: 300, mde: {value: 5%, type: relative}}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics: [{id: conversion, unit: fraction}]
problem: {impact: {expected_effect: {metric: conversion, value: 1%}}}
experiments: [{id: ranking, primary_metrics: [conversion], mde: {value: 0.05, type: relative}}]
~~~

### the baseline that would join the two is not known
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: shop}
metrics: [{id: conversion, unit: fraction}]
problem: {impact: {expected_effect: {metric: conversion, value: 0.01, type: absolute}}}
experiments: [{id: ranking, primary_metrics: [conversion], mde: {value: 0.2, type: relative}}]
~~~

## Remedy
plan the experiment for the promised effect (more units, more weeks, less variance), or promise what it can show

## References
S2-08, S0-44; Kohavi, Tang, Xu 2020, ch. 17
"""

from mlgov.rulekit import Effect, ExpectedEffect, Experiment, Findings, Metric, Project, abstain, base_of, in_base, rule
from mlgov_rules.experiment._plan import deciding_metric, is_trial
from mlgov_rules.experiment._size import control_level


@rule("EXP206", severity="-WE", sources=["S2-08", "S0-44"])
def mde_exceeds_promised_impact(experiment: Experiment, project: Project) -> Findings:
    promise = project.part("problem.impact.expected_effect")
    mde, metric = experiment.mde, deciding_metric(experiment, project)
    if not isinstance(promise, ExpectedEffect) or not mde or not is_trial(experiment):
        return
    promised_for = project.metric(promise.metric)
    if metric is None or promised_for is None:
        yield abstain("unknown metric of the promise or of the experiment")
    elif promised_for is metric:
        level = control_level(experiment, metric)
        promised, visible = _relative(promise, metric, level), _relative(mde, metric, level)
        if promise.type == mde.type:
            promised, visible = _amount(promise, metric), _amount(mde, metric)
        if promised is None or visible is None:
            yield abstain("unknown type, unit or baseline of the effects")
        elif visible > promised * (1 + 1e-9):
            message = (
                f"the promised effect on {metric.id} is {promise.literal('value')} ({promise.type}); experiment "
                f"{experiment.id} can only see {mde.literal('value')} ({mde.type}) or more"
            )
            yield mde.at("value"), message, [promise.at("value")]


def _amount(effect: Effect | ExpectedEffect, metric: Metric) -> float | None:
    """The effect as it is meant: in the base unit of the metric, or as a share of it."""
    value = effect.value
    if value is None or not value > 0 or not effect.type:
        return None
    if effect.type == "relative":
        return float(value) if value.unit in ("", "fraction") else None
    is_alike = not value.unit or value.unit == base_of(metric.unit)
    return in_base(value, metric.unit) if is_alike else None


def _relative(effect: Effect | ExpectedEffect, metric: Metric, level: float | None) -> float | None:
    """The effect as a share of the baseline; None where that is not known."""
    amount = _amount(effect, metric)
    if amount is None or effect.type == "relative":
        return amount
    return amount / abs(level) if level else None
