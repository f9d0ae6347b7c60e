"""Something must be shown within the first third of the plan, or within six weeks.

## Why
An early demonstration finds out whether the product is wanted while it is cheap to change.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan:
  tasks: [{id: model, kind: training, start: 2026-01-01, end: 2026-10-31}]
  milestones: [{id: demo, date: 2026-09-01, demonstrable: true}]
~~~

### nothing is demonstrable
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan:
  tasks: [{id: model, kind: training, start: 2026-01-01, end: 2026-10-31}]
  milestones: [{id: go_live, date: 2026-10-31}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan:
  tasks: [{id: model, kind: training, start: 2026-01-01, end: 2026-10-31}]
  milestones: [{id: demo, date: 2026-02-15, demonstrable: true}, {id: go_live, date: 2026-10-31}]
~~~

## Remedy
plan a prototype that people can look at, with a date and `demonstrable: true`

## References
S0-41, S3-13; Rules of ML #16
"""

from mlgov.rulekit import Findings, Project, presence
from mlgov_rules.team._calendar import days_between

_EARLY = 42  # days


@presence("ORG008", "plan", severity="-IW", stage="development", sources=["S0-41", "S3-13"])
def early_milestone_missing(project: Project) -> Findings:
    plan = project.plan
    if project.is_excused("plan.milestones") or not plan.tasks and not plan.milestones:
        return
    shown = [(m, m.date) for m in plan.milestones if m.demonstrable and m.date]
    if not shown:
        yield project.at("plan", "milestones"), "no milestone with a date is demonstrable"
        return
    starts = [t.start for t in plan.tasks if t.start]
    if not starts:
        return
    start = min(starts)
    end = max([t.end for t in plan.tasks if t.end] + [m.date for m in plan.milestones if m.date])
    first, date = min(shown, key=lambda pair: pair[1])
    waited, whole = days_between(start, date), days_between(start, end)
    if waited > _EARLY and waited > whole / 3:
        words = f"the first demonstrable result comes after {waited} of {whole} days, later than a third"
        yield first.at("date"), words
