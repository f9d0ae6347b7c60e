"""The traffic of an experiment must bring the units that it plans, in the time that it plans.

## Why
A plan that needs more units than pass by ends underpowered, or runs on until somebody stops it. Units that come back do
not count twice, so the product of traffic, share and days is the most that can be reached.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: calls, sample_size_per_arm: 3841, expected_units_per_day: 300, duration: 14d}
~~~

### a fifth of the traffic, enrolled for a week
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {scale: {daily_units: 2000}}
experiments:
- {id: calls, sample_size_per_arm: 3841, exposure: 20%, duration: 37d, enrolment: 168h}
~~~

### one arm gets a tenth
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms: [{id: control, control: true, allocation: 90%}, {id: treatment, allocation: 10%}]
  sample_size_per_arm: 3841
  expected_units_per_day: 1000
  duration: 14d
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: calls, sample_size_per_arm: 8400, expected_units_per_day: 1000, duration: 56d, enrolment: 21d}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments: [{id: calls, sample_size_per_arm: 3841, duration: 14d}]
~~~

## Remedy
run longer, expose more of the traffic, or plan for a larger effect

## References
S4-08; Kohavi, Tang, Xu 2020, ch. 15
"""

import math

from mlgov.rulekit import Experiment, Findings, Intervals, Line, Origin, Project, Row, abstain, rule, statistics
from mlgov_rules.experiment._plan import at_most, enrolments, is_over, is_trial, length_key


@rule("EXP204", severity="-WE", sources=["S4-08"])
def sample_unreachable(experiment: Experiment, project: Project) -> Findings:
    planned = experiment.sample_size_per_arm
    if not planned or not is_trial(experiment) or is_over(experiment, project):
        return
    daily, place = _traffic(experiment, project)
    days = max(enrolments(experiment, project), default=None)
    share = 1.0 if experiment.exposure is None else float(experiment.exposure)
    if not daily or days is None or not share:
        yield abstain("unknown duration" if days is None else "unknown traffic")
        return
    needed, reached = _total(experiment, float(planned)), daily * share * days
    if reached < needed * (1 - 1e-9):
        weeks = statistics.ab_duration_days(math.ceil(needed), daily, share).days_full_weeks // 7
        message = (
            f"{math.ceil(needed)} units are needed, {math.floor(reached)} can be reached: "
            f"{daily:g} per day x {share:g} x {days:g} days; {weeks} weeks of enrolment would do"
        )
        key = "enrolment" if experiment.enrolment is not None else length_key(experiment)
        yield experiment.at("sample_size_per_arm"), message, [place, experiment.at(key)], _figure(needed, reached)


def _figure(needed: float, reached: float) -> Intervals:
    return Intervals("units of all arms", (Row("can be reached", reached),), (Line("needed", needed, "min"),))


def _traffic(experiment: Experiment, project: Project) -> tuple[float, Origin]:
    """Units per day, the most where the number is approximate: those expected, else all that the product serves."""
    scale = project.problem.scale
    for number, place in (
        (experiment.expected_units_per_day, experiment.at("expected_units_per_day")),
        (scale.daily_units if scale else None, project.at("problem", "scale", "daily_units")),
    ):
        if number is not None:
            return at_most(number), place
    return 0.0, experiment.at()


def _total(experiment: Experiment, per_arm: float) -> float:
    """Units of all arms until the smallest one is full."""
    shares = [arm.allocation for arm in experiment.arms if arm.allocation]
    if len(shares) > 1 and len(shares) == len(experiment.arms):
        return per_arm * sum(shares) / min(shares)
    return per_arm * max(2, len(experiment.arms))
