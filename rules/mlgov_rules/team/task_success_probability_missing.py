"""Every task must say how likely it is to succeed and how long it may take.

## Why
Most experiments fail. A plan of certain tasks hides that until the date has passed. Tiny tasks need no estimate.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan:
  tasks: [{id: model, kind: training, owner: bo, start: 2026-11-01, end: 2026-11-20}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan:
  tasks:
  - {id: model, kind: training, owner: bo, p_success: 60%, estimate: {min: 2w, max: 4w}}
  - {id: export, kind: other, owner: bo, start: 2026-11-01, end: 2026-11-02}
~~~

## Options
- `tiny_days` (2): a shorter task needs no estimate

## Remedy
state `p_success` and an `estimate` with min and max

## References
S0-05, S0-36, S0-38
"""

from mlgov.rulekit import Findings, Project, Task, presence
from mlgov_rules.team._calendar import DAY, days_between


@presence(
    "ORG006",
    "plan",
    severity="-IW",
    stage="development",
    sources=["S0-05", "S0-36", "S0-38"],
    stricter={"tiny_days": "lower"},
)
def task_success_probability_missing(project: Project, *, tiny_days: float = 2.0) -> Findings:
    lacking = [t for t in project.plan.tasks if t.lacks("p_success", "estimate") and not _is_tiny(t, tiny_days)]
    if lacking:
        words = ", ".join(
            f"{t.id} ({' and '.join(t.lacks('p_success', 'estimate')).replace('_', ' ')})" for t in lacking
        )
        places = [t.at() for t in lacking]
        yield places[0], f"tasks without probability of success or range of time: {words}", places[1:]


def _is_tiny(task: Task, days: float) -> bool:
    if task.estimate and task.estimate.max is not None:
        return float(task.estimate.max) < days * DAY
    return bool(task.start and task.end) and days_between(str(task.start), str(task.end)) < days
