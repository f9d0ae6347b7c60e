"""A rollout must have a way back: what starts it, how it is done, to which version, by whom and how fast.

## Why
The way back is needed when there is no time to think about it. A tool that rolls back by itself knows when, how and to
which version; it still needs an owner and a longest time. On devices a flag that switches the model off is the way back.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  stages: [{id: canary, kind: canary, traffic: 5%}]
~~~

### nobody knows how
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  rollback: {triggers: [{metric: error_rate, max: 2%}], target_version: "1.3.0", procedure: TODO}
~~~

### a kill switch in the cloud does not bring the old version back
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {target: cloud}
rollout: {kill_switch: flag churn-model-off}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  rollback:
    triggers: [{metric: error_rate, max: 2%}]
    procedure: docs/rollback.md
    target_version: "1.3.0"
    owner: sam
    max_time: 15m
~~~

### the tool does it
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout: {rollback: {automatic: true, owner: sam, max_time: 5m}}
~~~

### a flag on the device
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: keyboard, stage: pre_launch}
serving: {target: on_device}
rollout: {kill_switch: remote flag keyboard-model}
~~~

## Remedy
state triggers, procedure, target version, owner and longest time of the rollback; on devices name the kill switch

## References
S0-54; ML Test Score Infra 7; NIST AI RMF MANAGE 2.4
"""

from mlgov.rulekit import Findings, Project, Rollout, missing, presence
from mlgov_rules.deployment._ramps import is_offline

PARTS = ("triggers", "procedure", "target_version", "owner", "max_time")
# what a tool that rolls back by itself has built in, and what a switch replaces
BUILT_IN = ("triggers", "procedure", "target_version")


@presence("DEP003", "rollout", severity="-EE", stage="pre_launch", sources=["S0-54"])
def rollback_plan_missing(rollout: Rollout, project: Project) -> Findings:
    switched = rollout.has("kill_switch") and bool(rollout.kill_switch)
    if is_offline(project) or switched and project.serving.target != "cloud":
        return
    rollback = rollout.rollback
    if rollback is None:
        if not rollout.has("rollback"):
            yield rollout.at("rollback"), f"rollout has no rollback: {', '.join(PARTS).replace('_', ' ')}"
        return
    known = BUILT_IN if rollback.automatic else ("procedure",) if switched else ()
    yield from missing(rollback, "the rollback lacks {}", *(part for part in PARTS if part not in known))
