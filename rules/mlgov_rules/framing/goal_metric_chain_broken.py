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

from mlgov.rulekit import Findings, Project, abstain, goal_breaks, is_unanchored, rule


@rule("FRM206", severity="IWE", stage="development", sources=["S0-02", "S3-26", "S3-37", "S4-12", "S4-44"])
def goal_metric_chain_broken(project: Project) -> Findings:
    for found in goal_breaks(project):
        yield found.origin, f"the chain from goal to metric breaks at {found.words}", found.others
    if is_unanchored(project):
        yield abstain("no objective and no online metric is declared")
