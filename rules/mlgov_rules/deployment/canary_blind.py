"""A canary must see enough traffic to notice what its rollback trigger is for.

## Why
One per cent of the traffic for two hours is 140 requests. At 1 % errors they cannot tell a rise to 2 % from chance, so the
canary passes whatever happens. Counted are the requests of all canary stages together, against the smallest rise that
they show with the wanted power in a one-sided test; triggers for crashes, where few requests are enough, are exempt.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {scale: {daily_units: 168000}}
metrics: [{id: error_rate, unit: fraction}]
baselines: [{id: before, kind: current_system, results: [{metric: error_rate, value: 0.01, split: online, n: 300000}]}]
rollout:
  stages: [{id: canary, kind: canary, traffic: 1%, duration: 2h}, {id: full, kind: full}]
  rollback: {triggers: [{metric: error_rate, max: 2%}]}
~~~

### higher is better, in per cent, and the effect is told
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {scale: {daily_units: 10000}}
metrics: [{id: precision, unit: percent}]
baselines: [{id: before, kind: previous_model, results: [{metric: precision, value: 92, split: online}]}]
rollout:
  stages: [{id: canary, kind: canary, steps: [{traffic: 1%, duration: 1d}, {traffic: 5%, duration: 24h}]}, {id: full, kind: full}]
  rollback: {triggers: [{metric: precision, min: 85, effect: 2}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {scale: {daily_units: 10000}}
metrics: [{id: error_rate, unit: percent}, {id: crash_rate, unit: fraction}]
baselines:
- {id: before, kind: current_system, results: [{metric: error_rate, value: 0.5, split: online}, {metric: crash_rate, value: 0.0001, split: online}]}
rollout:
  stages: [{id: canary, kind: canary, traffic: 5%, duration: 2d}, {id: full, kind: full}]
  rollback: {triggers: [{metric: error_rate, max: 2}, {metric: crash_rate, max: 0.0002}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {scale: {daily_units: 10000}}
metrics: [{id: error_rate, unit: fraction}]
rollout:
  stages: [{id: canary, kind: canary, traffic: 1%, duration: 2h}, {id: full, kind: full}]
  rollback: {triggers: [{metric: error_rate, max: 2%}]}
~~~

## Options
* `alpha` (0.05): the error of the one-sided test
* `power` (0.8): the probability of seeing the rise

## Remedy
give the canary more traffic or more time, or trigger on a larger change

## References
S4-49; Kohavi, Tang, Xu 2020, ch. 15
"""

import re

from mlgov.rulekit import Curve, Findings, Line, Point, Project, Trigger, abstain, rule, statistics
from mlgov_rules.deployment._exposure import Shift, exposure_of, shift_of
from mlgov_rules.deployment._ramps import planned_ramps

_CRASH = re.compile(r"crash|restart|oom|panic|availab|health|uptime|\bup\b", re.IGNORECASE)


@rule("DEP301", severity="-WE", sources=["S4-49"], stricter={"alpha": "lower", "power": "higher"})
def canary_blind(trigger: Trigger, project: Project, *, alpha: float = 0.05, power: float = 0.8) -> Findings:
    scale = project.problem.scale
    if not trigger.metric or trigger.manual or _CRASH.search(trigger.metric):
        return
    for ramp in planned_ramps(project):
        exposure = exposure_of(ramp, project)
        if exposure is None:
            continue
        shift = shift_of(trigger, project)
        if isinstance(shift, str) or exposure.requests is None or scale is None:
            yield abstain(shift if isinstance(shift, str) else "unknown traffic or duration of the canary")
            continue
        needed = statistics.n_one_proportion(shift.before, shift.after, alpha, power, 1).total
        if exposure.requests < needed:
            words = f"{exposure.words} of {scale.literal('daily_units')} per day = {exposure.requests} requests"
            message = f"{words} {_seen(shift, exposure.requests, alpha, power)}; {needed} are needed (one-sided alpha {alpha:g}, power {power:g})"
            places = [trigger.at(), shift.origin, scale.at("daily_units")]
            given = (("p0", shift.before), ("p1", shift.after), ("alpha", alpha), ("sides", 1))
            points = (Point("this canary", exposure.requests), Point("needed", needed))
            line = (Line("wanted power", power, "min"),)
            figure = Curve("power", "requests", "power_one_proportion", given, (("n", 1.0),), points, line)
            yield exposure.origin, message, places, figure


def _seen(shift: Shift, requests: int, alpha: float, power: float) -> str:
    """What so many requests show, beside what the trigger is for, in percentage points."""
    wanted = f"the trigger on {shift.metric} is a change of {abs(shift.after - shift.before) * 100:.3g} pp"
    try:
        least = statistics.mde_one_proportion(shift.before, max(1, requests), alpha, power, 1).mde_abs
    except ValueError:
        return f"show no change at all, {wanted}"
    return f"show a change of {least * 100:.3g} pp or more, {wanted}"
