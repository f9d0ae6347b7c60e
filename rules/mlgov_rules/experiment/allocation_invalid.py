"""The arms of an experiment must share all its traffic, with a control and no arm too small to be read.

## Why
Shares that do not add up to 1 are a mistake in the plan or in the assignment, and without a control there is nothing
to compare with. An arm of less than one unit in a hundred collects its sample last and is noise until then.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms: [{id: control, control: true, allocation: 0.6}, {id: treatment, allocation: 0.5}]
~~~

### no arm is the control
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms: [{id: a, allocation: 50%}, {id: b, allocation: 50%}]
~~~

### an arm without a share
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms: [{id: control, control: true, allocation: 0.5}, {id: treatment}]
~~~

### an arm that is too small
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms: [{id: control, control: true, allocation: 99.5%}, {id: treatment, allocation: 0.5%}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms: [{id: control, control: true, allocation: 45%}, {id: treatment, allocation: 0.45}, {id: holdout, allocation: 0.1}]
~~~

### thirds cannot be printed exactly
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms: [{id: control, control: true, allocation: 0.33}, {id: short, allocation: 0.33}, {id: long, allocation: 0.33}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- id: calls
  arms:
  - {id: control, control: true, allocation: 0.5}
  - {id: treatment, allocation: {not_applicable: {reason: a bandit moves the share every hour}}}
~~~

## Options
* `smallest` (0.01): the smallest share that an arm may have

## Remedy
let the allocations of all arms, a holdout included, add up to 1, and mark the control with `control: true`

## References
S3-39; Kohavi, Tang, Xu 2020, ch. 4
"""

from mlgov.rulekit import Arm, Experiment, Findings, abstain, interval, literal, plain, rule
from mlgov_rules.experiment._plan import control_of


@rule("EXP101", severity="EEE", sources=["S3-39"], stricter={"smallest": "higher"})
def allocation_invalid(experiment: Experiment, *, smallest: float = 0.01) -> Findings:
    arms = experiment.arms
    if not arms:
        return
    if experiment.is_own and control_of(experiment) is None:
        yield experiment.at("arms"), f"experiment {experiment.id} has no arm with control: true"
    for arm in (a for a in arms if a.allocation is not None and _too_small(a, smallest)):
        yield arm.at("allocation"), f"arm {arm.id} gets {arm.literal('allocation')}, less than {plain(smallest)}"
    yield from _whole(experiment, arms)


def _too_small(arm: Arm, smallest: float) -> bool:
    """A native file may keep an arm that is switched off, with a share of 0."""
    return arm.allocation is not None and arm.allocation < smallest and (arm.is_own or arm.allocation > 0)


def _whole(experiment: Experiment, arms: list[Arm]) -> Findings:
    unsaid = [arm for arm in arms if arm.allocation is None]
    lacking = [arm for arm in unsaid if not arm.has("allocation")]
    total = sum(arm.allocation for arm in arms if arm.allocation is not None)
    places = [arm.at("allocation") for arm in arms if arm.allocation is not None]
    if len(arms) == 1 and experiment.is_own:
        yield arms[0].at(), f"experiment {experiment.id} has no arm but {arms[0].id}"
    elif total > 1 + _rounding(arms) or not unsaid and total < 1 - _rounding(arms):
        words = " + ".join(literal(arm.allocation) for arm in arms if arm.allocation is not None)
        yield places[0], f"the arms of experiment {experiment.id} get {words} = {total:.6g}, not 1", places[1:]
    elif lacking and experiment.is_own:
        yield lacking[0].at(), f"arm {lacking[0].id} has no allocation", [arm.at() for arm in lacking[1:]]
    elif unsaid:
        yield abstain(f"unknown allocation of arm {unsaid[0].id}")


def _rounding(arms: list[Arm]) -> float:
    """What rounding can explain: two shares can always be printed exactly, three thirds cannot."""
    if len(arms) < 3:
        return 1e-6
    printed = [interval(arm.allocation) or (0.0, 0.0) for arm in arms if arm.allocation is not None]
    return 1e-6 + sum(min(0.005, (high - low) / 2) for low, high in printed)
