"""The business goal, its objectives, the offline metric and the online metric must form one chain.

## Why
A team that improves ROC AUC for a year without a link to retention learns in the end that nobody asked for it. One field per
link keeps the chain: `framing.serves`, `objectives[].metric`, `metrics[].proxy_for`, `plan.tasks[].objective`.

Links are asked for where both of their ends are declared; a metric that is itself the metric of an objective, or that is
measured online, needs no `proxy_for`.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
problem: {business_goal: keep customers, objectives: [{id: keep, metric: retention}]}
framing: {serves: [keep]}
metrics:
- {id: roc_auc, scope: offline, role: primary, acceptable: {min: 0.8}}
- {id: retention, scope: online, role: secondary}
~~~

### the framing serves no objective
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
problem: {business_goal: keep customers, objectives: [{id: keep, metric: retention}]}
framing: {ml_objective: estimate the probability of leaving}
metrics: [{id: retention, scope: online, role: primary}]
~~~

### the chain ends beside the objective
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
problem: {business_goal: keep customers, objectives: [{id: keep, metric: retention}]}
framing: {serves: [keep]}
metrics:
- {id: roc_auc, scope: offline, role: primary, acceptable: {min: 0.8}, proxy_for: calls}
- {id: calls, scope: online, role: secondary}
- {id: retention, scope: online, role: secondary}
~~~

### an objective that nothing works for
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
problem: {objectives: [{id: keep, metric: retention}, {id: save, metric: costs}]}
framing: {serves: [keep]}
metrics: [{id: retention, scope: online, role: primary}, {id: costs, scope: online}]
plan: {tasks: [{id: model, objective: keep}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
problem: {business_goal: keep customers, objectives: [{id: keep, metric: retention}]}
framing: {serves: [keep]}
metrics:
- {id: roc_auc, scope: offline, role: primary, acceptable: {min: 0.8}, proxy_for: precision}
- {id: precision, scope: offline, role: secondary, proxy_for: retention}
- {id: retention, scope: online, role: primary}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics: [{id: roc_auc, scope: offline, role: primary, acceptable: {min: 0.8}}]
~~~

## Remedy
add the missing link: `framing.serves`, `proxy_for` on the offline metric, `objective` on the task

## References
S0-02, S3-26, S3-37, S4-12, S4-44; ML Test Score M2; Rules of ML #39
"""

from mlgov.rulekit import (
    Findings,
    Metric,
    Origin,
    Project,
    abstain,
    goal_metrics,
    loose_metrics,
    offline_primaries,
    rule,
    stands_for,
)


@rule("FRM206", severity="IWE", stage="development", sources=["S0-02", "S3-26", "S3-37", "S4-12", "S4-44"])
def goal_metric_chain_broken(project: Project) -> Findings:
    yield from _unserved(project)
    goals = goal_metrics(project)
    online = {m.id for m in project.metrics if m.scope == "online" and m.id}
    primary = [m for m in project.metrics if m.role == "primary" and m.id]
    if offline_primaries(project) and not goals and not online:
        yield abstain("no objective and no online metric is declared")
        return
    ends = {m.id: [link.id for link in stands_for(m, project) if link.id] for m in primary}
    loose = loose_metrics(project)
    for metric in loose:
        yield metric.at(), _words(metric, ends[metric.id], goals, online), _ends(project, goals, online)
    reached = {name for chain in ends.values() for name in chain}
    if goals and primary and not loose and all(o.metric for o in project.problem.objectives) and not reached & goals:
        names = ", ".join(sorted(goals))
        message = f"the chain from goal to metric breaks at the objectives: no primary metric is or stands for {names}"
        yield primary[0].at(), message, _ends(project, goals, set())


def _words(metric: Metric, chain: list[str], goals: set[str], online: set[str]) -> str:
    wanted = ", ".join(sorted(goals or online))
    link = f"{chain[-1]} has no proxy_for" if len(chain) > 1 else "it has no proxy_for"
    return f"the chain from goal to metric breaks at {metric.id}: {link}, so nothing ties it to {wanted}"


def _ends(project: Project, goals: set[str], online: set[str]) -> list[Origin]:
    objectives = [
        o.at("metric") for o in project.problem.objectives if o.metric and project.metric_id(o.metric) in goals
    ]
    return objectives or [m.at() for m in project.metrics if m.id in online]


def _unserved(project: Project) -> Findings:
    objectives = [o for o in project.problem.objectives if o.id]
    if not objectives or not project.framing.is_own:
        return
    if project.framing.lacks("serves"):
        message = "the chain from goal to metric breaks at the framing: it says of no objective that it serves it"
        yield project.framing.at(), message, [o.at() for o in objectives]
        return
    worked_for = {task.objective for task in project.plan.tasks if task.objective}
    idle = [o for o in objectives if worked_for and o.id not in worked_for | set(project.framing.serves)]
    if idle:
        names = ", ".join(str(o.id) for o in idle)
        yield (
            idle[0].at(),
            f"the chain from goal to metric breaks at objective {names}: no task and no framing serves it",
        )
