"""An experiment must be large enough to see the effect that it was planned for.

## Why
A test with half the units it needs misses the planned effect more often than it finds it, and what it does find is
exaggerated. The plan states baseline, effect, error and power, so the size follows.

The rule takes the kindest reading: the smaller of the pooled and the unpooled formula, the direction that needs less
where none is stated, and `sample_size_per_arm` as the size of the smallest arm. CUPED is credited with 1 - rho², a
group-sequential design pays its inflation.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: conversion, direction: maximize, unit: fraction}]
experiments:
- {id: calls, primary_metrics: [conversion], baseline_rate: 0.10, mde: {value: 0.02, type: absolute}, alpha: 0.05, power: 0.8, sample_size_per_arm: 2000}
~~~

### the effect is relative
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: conversion, direction: maximize, unit: percent}]
experiments:
- {id: calls, primary_metrics: [conversion], baseline_rate: 10%, mde: {value: 20%, type: relative}, alpha: 5%, power: 80%, sample_size_per_arm: 2_000}
~~~

### a mean, in milliseconds
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: handling_time, direction: minimize, unit: ms}]
experiments:
- {id: calls, primary_metrics: [handling_time], baseline_mean: 2s, standard_deviation: 500, mde: {value: 20ms, type: absolute}, alpha: 0.05, power: 0.8, sample_size_per_arm: 5000}
~~~

### looking ten times costs more units
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: conversion, direction: maximize, unit: fraction}]
experiments:
- {id: calls, primary_metrics: [conversion], baseline_rate: 0.10, mde: {value: 0.02, type: absolute}, alpha: 0.05, power: 0.8, sample_size_per_arm: 3900, sequential: {method: pocock, looks: 10}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: conversion, direction: maximize, unit: fraction}]
experiments:
- {id: calls, primary_metrics: [conversion], baseline_rate: 0.10, mde: {value: 0.02, type: absolute}, alpha: 0.05, power: 0.8, sample_size_per_arm: 3841}
~~~

### CUPED takes out half of the variance
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: conversion, direction: maximize, unit: fraction}]
experiments:
- {id: calls, primary_metrics: [conversion], baseline_rate: 0.10, mde: {value: 0.02, type: absolute}, alpha: 0.05, power: 0.8, sample_size_per_arm: 2000, variance_reduction: {method: cuped, rho: 0.71}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: conversion, direction: maximize, unit: fraction}]
experiments:
- {id: calls, primary_metrics: [conversion], baseline_rate: 0.10, mde: {value: 0.02, type: absolute}, power: 0.8, sample_size_per_arm: 2000}
~~~

### absolute or relative?
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: conversion, direction: maximize, unit: fraction}]
experiments:
- {id: calls, primary_metrics: [conversion], baseline_rate: 0.10, mde: {value: 0.02}, alpha: 0.05, power: 0.8, sample_size_per_arm: 2000}
~~~

## Remedy
plan more units per arm, accept a larger minimum detectable effect, or reduce variance (CUPED)

## References
S3-39; Kohavi, Tang, Xu 2020, ch. 17; Fleiss, Levin, Paik 2003, ch. 4
"""

import math

from mlgov.rulekit import Experiment, Findings, Project, abstain, rule
from mlgov_rules.experiment._figures import power_curve
from mlgov_rules.experiment._plan import at_most, is_trial
from mlgov_rules.experiment._size import Trial, power_at, trial_of, units_needed


@rule("EXP301", severity="IEE", sources=["S3-39"])
def underpowered(experiment: Experiment, project: Project) -> Findings:
    planned = experiment.sample_size_per_arm
    if not is_trial(experiment) or experiment.bayesian or planned is None and experiment.mde is None:
        return
    trial = trial_of(experiment, project) if planned is not None else "unknown sample size"
    if isinstance(trial, str):
        yield abstain(trial)
    elif planned is not None and at_most(planned) < (needed := math.ceil(units_needed(trial))):
        keys = ["mde", "baseline_rate" if trial.sd is None else "baseline_mean", "alpha", "power"]
        places = [experiment.at(key) for key in keys]
        words, figure = _words(experiment, trial, float(planned), needed), power_curve(trial, float(planned), needed)
        yield experiment.at("sample_size_per_arm"), words, places, figure


def _words(experiment: Experiment, trial: Trial, planned: float, needed: int) -> str:
    said = experiment.literal
    power = power_at(trial, planned)
    gives = f" gives power {power:.2f}" if power is not None else ""
    effect = f"{experiment.mde.type} mde {said('mde', 'value')}" if experiment.mde else ""
    level = said("baseline_rate") or f"{said('baseline_mean')}, sd {said('standard_deviation')}"
    plan = f"{effect} on {level}, alpha {said('alpha')}, power {said('power')}"
    method = "two proportions" if trial.sd is None else "two means"
    return (
        f"n = {said('sample_size_per_arm')} per arm{gives}; {needed} are needed for {plan} "
        f"({method}, {'one' if trial.sides == 1 else 'two'}-sided, independent units)"
    )
