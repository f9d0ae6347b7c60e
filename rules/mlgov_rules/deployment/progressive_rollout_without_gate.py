"""A rollout that shifts traffic step by step must have something that can stop it.

## Why
Steps that only wait cost time and protect nobody: after the pause the next share of users gets the model, whatever the
metrics say. An analysis, a gate, an experiment, an alarm that rolls back, or a pause that waits for a person can stop it;
a dry run cannot.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  stages:
  - {id: first, kind: canary, traffic: 10%, duration: 10m, pause: timed}
  - {id: second, kind: canary, traffic: 50%, duration: 10m, pause: timed}
  - {id: full, kind: full}
~~~

### an Argo Rollout with timed pauses only
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 10}, {pause: {duration: 10m}}, {setWeight: 50}, {pause: {duration: 10m}}]
~~~

### all that it measures is a dry run
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: error_rate}]
rollout:
  stages:
  - {id: canary, kind: canary, traffic: 10%, duration: 1h, gates: [{metric: error_rate, max: 1%, dry_run: true}]}
  - {id: full, kind: full}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: error_rate}]
rollout:
  stages:
  - {id: canary, kind: canary, traffic: 10%, duration: 1h, gates: [{metric: error_rate, max: 1%}]}
  - {id: full, kind: full}
~~~

### a person continues
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 10}, {pause: {}}, {setWeight: 50}, {pause: {duration: 10m}}]
~~~

### an analysis
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 10}, {pause: {duration: 10m}}, {analysis: {templates: [{templateName: churn-quality}]}}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout: {stages: [{id: canary, kind: canary}, {id: full, kind: full}]}
~~~

## Remedy
add an analysis or a gate to the steps, or let a person continue (`pause: manual`, in Argo Rollouts `pause: {}`)

## References
S4-49; ML Test Score Infra 6; Kohavi, Tang, Xu 2020, ch. 15
"""

from mlgov.rulekit import Findings, Project, Stage, abstain, rule
from mlgov_rules.deployment._ramps import Ramp, gates_of, name, planned_ramps, share, weights


@rule("DEP214", severity="-WE", stage="pre_launch", sources=["S4-49"], implies=["DEP201", "DEP002"])
def progressive_rollout_without_gate(project: Project) -> Findings:
    rollback = project.rollout.rollback
    if rollback and rollback.automatic and rollback.triggers:
        return
    for ramp in planned_ramps(project):
        if any(_can_stop(stage, project) for stage in ramp.stages):
            continue
        partial = [stage for stage in ramp.stages if any(0 < weight < 1 for weight, _ in weights(stage))]
        unknown = [stage for stage in ramp.stages if stage.kind == "canary" and not weights(stage)]
        if partial:
            yield partial[0].at(), _words(ramp), [stage.at() for stage in partial[1:]]
        elif unknown:
            yield abstain(f"unknown traffic of stage {name(unknown[0])}")


def _can_stop(stage: Stage, project: Project) -> bool:
    return bool(gates_of(stage, project)) or stage.pause == "manual" or bool(stage.experiment)


def _words(ramp: Ramp) -> str:
    steps = ", ".join(share(weight) for stage in ramp.stages for weight, _ in weights(stage))
    return f"traffic is shifted ({steps}) with no gate, analysis or manual pause that could stop it"
