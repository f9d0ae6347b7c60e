"""Nothing may be planned before what it needs, or after the deadline.

## Why
A launch on 3 May with an experiment that ends on 20 May is a launch without its evidence. Working days are ignored, and
one day of slack is given.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan:
  tasks:
  - {id: dataset, start: 2026-07-01, end: 2026-10-31}
  - {id: model, start: 2026-09-01, end: 2026-11-20, requires: [dataset]}
~~~

### the launch does not wait for the experiment
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan: {tasks: [{id: launch, kind: launch, start: 2026-05-03}]}
experiments: [{id: ab, start: 2026-04-01, end: 2026-05-20}]
~~~

### the experiment has less time than it needs
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan: {tasks: [{id: look, kind: exploration}]}
experiments: [{id: ab, start: 2026-04-01, end: 2026-04-14, duration: 4w}]
~~~

### a milestone before its task, and after the deadline
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {constraints: {deadline: 2026-12-31}}
plan:
  tasks: [{id: model, start: 2026-09-01, end: 2027-02-20}]
  milestones: [{id: go_live, date: 2027-02-15, requires: [model]}]
~~~

### machines that come too late
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan:
  tasks: [{id: look, kind: exploration, start: 2026-06-01}, {id: model, kind: training, start: 2026-07-01}]
  dependencies: [{kind: compute, lead_time: 8w}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
problem: {constraints: {deadline: 2027-03-31}}
plan:
  tasks:
  - {id: dataset, kind: data, start: 2026-07-01, end: 2026-10-31}
  - {id: model, kind: training, start: 2026-10-31, end: 2026-11-20, requires: [dataset]}
  - {id: export, kind: productionize, start: 2026-11-21, end: 2026-11-27, requires: [model]}
  milestones: [{id: demo, date: 2026-08-15, demonstrable: true}, {id: go_live, date: 2027-02-15, requires: [export]}]
  dependencies: [{kind: data, ready_by: 2026-10-01}]
experiments: [{id: ab, start: 2026-12-07, end: 2027-02-01, duration: 56d}]
rollout: {stages: [{id: canary, kind: canary, duration: 2d}, {id: ab, kind: ab_test, duration: 56d}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan:
  tasks: [{id: dataset}, {id: model, start: 2026-09-01, requires: [dataset]}]
~~~

## Options
- `slack_days` (1): how many days a date may be off

## Remedy
move the dates apart, or move the deadline with those who set it

## References
S0-28, S0-33, S0-35, S0-41, S1-46, S3-11
"""

from collections.abc import Iterator
from math import fsum
from typing import NamedTuple

from mlgov.rulekit import Findings, Origin, Plan, Project, abstain, rule
from mlgov_rules.team._calendar import DAY, days_between, later


class Order(NamedTuple):
    """`first` should not lie after `then`; a missing date cannot be judged."""

    first: str | None
    then: str | None
    words: str
    place: Origin
    other: Origin


@rule(
    "ORG205",
    severity="-WE",
    sources=["S0-28", "S0-33", "S0-35", "S0-41", "S1-46", "S3-11"],
    stricter={"slack_days": "lower"},
)
def schedule_inconsistent(plan: Plan, project: Project, *, slack_days: float = 1.0) -> Findings:
    for order in (*_prerequisites(plan), *_resources(plan), *_experiments(plan, project), *_deadline(plan, project)):
        if order.first and order.then:
            if days_between(order.then, order.first) > slack_days:
                yield order.place, order.words, [order.other]
        elif order.first or order.then:
            yield abstain(f"an unknown date: {order.words}")
    for experiment in project.experiments:
        if experiment.start and experiment.end and experiment.duration:
            had = days_between(experiment.start, experiment.end) + 1
            if experiment.duration / DAY - had > slack_days:
                words = f"{experiment.id} needs {experiment.duration.text}, its dates leave {had} d"
                yield experiment.at("end"), words, [experiment.at("duration")]


def _prerequisites(plan: Plan) -> Iterator[Order]:
    tasks = {t.id: t for t in plan.tasks if t.id}
    for task in plan.tasks:
        for before in (tasks[name] for name in task.requires if name in tasks):
            words = f"{task.id} starts ({task.start}) before {before.id} ends ({before.end})"
            yield Order(before.end, task.start, words, task.at("start"), before.at("end"))
    for milestone in plan.milestones:
        for before in (tasks[name] for name in milestone.requires if name in tasks):
            words = f"{milestone.id} ({milestone.date}) precedes the end of {before.id} ({before.end})"
            yield Order(before.end, milestone.date, words, milestone.at("date"), before.at("end"))


def _resources(plan: Plan) -> Iterator[Order]:
    """Data and machines have to be there when training begins."""
    training = min(
        (t for t in plan.tasks if t.kind == "training" and t.start), key=lambda t: str(t.start), default=None
    )
    starts = [t.start for t in plan.tasks if t.start]
    for dependency in plan.dependencies:
        if dependency.kind not in ("data", "compute") or training is None:
            continue
        key = "ready_by" if dependency.ready_by else "lead_time"
        ready = dependency.ready_by
        if ready is None and dependency.lead_time is not None:
            ready = later(min(starts), float(dependency.lead_time))
        words = f"{training.id} starts ({training.start}) before the {dependency.kind} it needs is there ({ready})"
        if ready:
            yield Order(ready, training.start, words, training.at("start"), dependency.at(key))


def _experiments(plan: Plan, project: Project) -> Iterator[Order]:
    """Handed over before the experiment, launched after it."""
    for experiment in (e for e in project.experiments if e.start or e.end):
        for task in plan.tasks:
            if task.kind == "launch" and task.start and experiment.end:
                words = f"{task.id} starts ({task.start}) before {experiment.id} ends ({experiment.end})"
                yield Order(experiment.end, task.start, words, task.at("start"), experiment.at("end"))
            if task.kind == "productionize" and task.end and experiment.start:
                words = f"{experiment.id} starts ({experiment.start}) before {task.id} ends ({task.end})"
                yield Order(task.end, experiment.start, words, experiment.at("start"), task.at("end"))
    shown = min((m for m in plan.milestones if m.demonstrable and m.date), key=lambda m: str(m.date), default=None)
    first = min((e for e in project.experiments if e.start), key=lambda e: str(e.start), default=None)
    if shown is not None and first is not None:
        words = (
            f"the first demonstration, {shown.id} ({shown.date}), comes after {first.id} has started ({first.start})"
        )
        yield Order(shown.date, first.start, words, shown.at("date"), first.at("start"))


def _deadline(plan: Plan, project: Project) -> Iterator[Order]:
    constraints = project.problem.constraints
    deadline = constraints.deadline if constraints else None
    if not constraints or not deadline:
        return
    ends = [(t.id, t.end, t.at("end")) for t in plan.tasks if t.end]
    ends += [(m.id, m.date, m.at("date")) for m in plan.milestones if m.date]
    ends += [(e.id, e.end, e.at("end")) for e in project.experiments if e.end]
    for name, end, place in ends:
        yield Order(
            end, deadline, f"{name} ends on {end}, after the deadline {deadline}", place, constraints.at("deadline")
        )
    handed = max((t.end for t in plan.tasks if t.kind == "productionize" and t.end), default=None)
    waits = [s.duration for s in project.rollout.stages if s.duration is not None]
    if handed and waits:
        end = later(handed, fsum(waits))
        words = f"the rollout takes {fsum(waits) / DAY:g} d from {handed}, past the deadline {deadline}"
        yield Order(end, deadline, words, project.at("rollout", "stages"), constraints.at("deadline"))
