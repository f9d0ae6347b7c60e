"""An experiment must last whole cycles of its users' week, and at least one.

## Why
People behave differently on weekdays and at weekends. A test over ten days counts some weekdays twice, and its effect
is partly that of the calendar. Where the units enter over whole weeks, the time in which outcomes mature may have any
length.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: calls, duration: 10d}
~~~

### shorter than a week, told by its dates
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: calls, start: 2026-12-07, end: 2026-12-10}
~~~

### a declared cycle of a month
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: payroll, duration: 14d, cycle: 30d}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: calls, duration: 336h}
~~~

### units enter for two weeks and mature for thirty days
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: retention_30d, maturity: 30d}]
experiments:
- {id: calls, duration: 44d, primary_metrics: [retention_30d]}
~~~

### the last day may count or not
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: calls, start: 2026-12-07, end: 2026-12-20}
~~~

### a service without a weekly rhythm says so
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: sensors}
experiments:
- {id: pumps, duration: 5d, cycle: 1d}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
experiments:
- {id: calls, start: 2026-12-07}
~~~

## Options
* `minimum_days` (7): the shortest experiment, where no `cycle` is declared
* `cycle_days` (7): the cycle, where none is declared

## Remedy
run whole weeks (14 days for 10), or declare the `cycle` of a service whose use has no weekly rhythm

## References
S3-39; Kohavi, Tang, Xu 2020, ch. 2 and 4
"""

from mlgov.rulekit import Experiment, Findings, Project, abstain, plain, rule
from mlgov_rules.experiment._plan import DAY, enrolments, is_trial, length_key, length_words, lengths


@rule("EXP102", severity="IWE", sources=["S3-39"], stricter={"minimum_days": "higher"})
def duration_below_weekly_cycle(
    experiment: Experiment, project: Project, *, minimum_days: int = 7, cycle_days: int = 7
) -> Findings:
    if not is_trial(experiment):
        return
    whole = lengths(experiment)
    spans = whole + enrolments(experiment, project)
    cycle = experiment.cycle / DAY if experiment.cycle else float(cycle_days)
    least = cycle if experiment.cycle else max(float(minimum_days), cycle)
    if not spans and (experiment.start or experiment.end or experiment.cycle):
        yield abstain("unknown duration")
    elif spans and not any(days >= least and _is_multiple(days, cycle) for days in spans):
        words = f"duration {length_words(experiment)}" if whole else f"enrolment {experiment.literal('enrolment')}"
        fault = (
            f"is shorter than {plain(least)} days" if max(spans) < least else f"is no multiple of {plain(cycle)} days"
        )
        origin = "declared" if experiment.cycle else "default"
        key = length_key(experiment) if whole else "enrolment"
        yield experiment.at(key), f"{words} {fault} (the {origin} cycle)", _cycle_place(experiment)


def _is_multiple(days: float, cycle: float) -> bool:
    return abs(days / cycle - round(days / cycle)) < 1e-6


def _cycle_place(experiment: Experiment):
    return [experiment.at("cycle")] if experiment.cycle else []
