"""A milestone must not be promised with more confidence than its chain of tasks allows.

## Why
Three tasks of 0.8, 0.7 and 0.9 succeed together in half of all cases; whoever commits to the date commits to the other
half as well. Tasks are taken as independent, the approaches of one task as alternatives to each other.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan:
  tasks:
  - {id: data, p_success: 0.8}
  - {id: model, p_success: 70%, requires: [data]}
  - {id: export, p_success: 0.9, requires: [model]}
  milestones: [{id: go_live, date: 2027-02-15, confidence: committed, requires: [export]}]
~~~

### what is known of the chain is already too little
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan:
  tasks: [{id: data}, {id: model, p_success: 0.5, requires: [data]}]
  milestones: [{id: go_live, confidence: 0.8, requires: [model]}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan:
  tasks:
  - {id: data, p_success: 0.95}
  - {id: model, requires: [data], approaches: [{id: gbm, p_success: 0.7}, {id: logreg, p_success: 0.6}]}
  milestones: [{id: go_live, confidence: 80%, requires: [model]}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan:
  tasks: [{id: data}, {id: model, p_success: 0.9, requires: [data]}]
  milestones: [{id: go_live, confidence: 0.8, requires: [model]}]
~~~

### no task is required
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
plan:
  milestones: [{id: go_live, confidence: 0.8}]
~~~

## Remedy
lower the confidence, move the date, or add approaches to the least certain task

## References
S0-05, S0-38, S0-39
"""

from math import prod

from mlgov.rulekit import Findings, Milestone, Project, Task, abstain, rule

_SLACK = 0.005  # what two printed digits leave open


@rule("ORG102", severity="-WE", sources=["S0-05", "S0-38", "S0-39"])
def plan_probability_inconsistent(milestone: Milestone, project: Project) -> Findings:
    if milestone.confidence is None:
        return
    chain = _chain(milestone, project)
    chances = [(t, p) for t in chain if (p := _chance(t)) is not None]
    if not chances:
        yield abstain("unknown probability of the required tasks")
        return
    together = prod(p for _, p in chances)
    if together < milestone.confidence - _SLACK:
        words = " x ".join(f"{p:.3g}" for _, p in chances)
        most = "at most " if len(chances) < len(chain) else ""
        when = f" by {milestone.date}" if milestone.date else ""
        said = milestone.literal("confidence")
        message = (
            f"{milestone.id} is promised with {said}{when}, but its tasks succeed with {most}{words} = {together:.2g}"
        )
        yield milestone.at("confidence"), message, [t.at("p_success") for t, _ in chances]
    elif len(chances) < len(chain):
        yield abstain("not every required task states its probability")


def _chain(milestone: Milestone, project: Project) -> list[Task]:
    """Every task that has to succeed, each once."""
    tasks = {t.id: t for t in project.plan.tasks if t.id}
    found: dict[str, Task] = {}
    waiting = list(milestone.requires)
    while waiting:
        name = waiting.pop(0)
        if name in tasks and name not in found:
            found[name] = tasks[name]
            waiting += tasks[name].requires
    return list(found.values())


def _chance(task: Task) -> float | None:
    """As stated, or as its approaches make it, whichever is better."""
    approaches = [a.p_success for a in task.approaches]
    stated = [float(task.p_success)] if task.p_success is not None else []
    if approaches and None not in approaches:
        stated.append(1 - prod(1 - float(p) for p in approaches if p is not None))
    return max(stated) if stated else None
