"""There must be a plan: tasks with kind and owner, and an exploration before anything is promised.

## Why
Effort in machine learning cannot be told before the data were looked at. A plan without that first look promises dates
that nobody can know. A tracker may hold the tasks; only a large project needs a named methodology.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
~~~

### no exploration, no owner
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan:
  size: large
  tasks: [{id: model, kind: training}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan:
  size: small
  tasks: [{id: look, kind: exploration, owner: cy}, {id: model, kind: training, owner: bo}]
~~~

### a tracker
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
plan: {tracker: "https://issues.example.org/churn"}
~~~

## Remedy
list tasks with kind and owner, begin with an exploration, or link the tracker that holds them

## References
S0-02, S0-35, S0-48, S1-04
"""

from mlgov.rulekit import Findings, Project, missing, presence


@presence(
    "ORG005", "plan", severity="-WE", stage="development", lead=True, sources=["S0-02", "S0-35", "S0-48", "S1-04"]
)
def project_plan_missing(project: Project) -> Findings:
    plan = project.plan
    if not plan.tasks and not plan.has("tracker") and not project.is_excused("plan.tasks"):
        yield project.at("plan", "tasks"), "there is no plan with tasks, and no tracker that holds them"
    for task in plan.tasks:
        yield from missing(task, f"task {task.id} lacks {{}}", "id", "kind", "owner")
    if plan.tasks and not any(t.kind == "exploration" for t in plan.tasks):
        yield (
            project.at("plan", "tasks"),
            "no task is an exploration: dates are promised before the data were looked at",
        )
    if plan.size == "large" and not plan.has("methodology"):
        yield plan.at("size"), "the project is large, but names no methodology"
