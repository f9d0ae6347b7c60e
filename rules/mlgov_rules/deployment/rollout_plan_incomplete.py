"""A rollout plan must say for each stage how much traffic it gets, how long it lasts and what must hold to go on.

## Why
A stage without exit criteria is left when somebody feels like it, and a stage without an end is never left. The last
stage needs neither. A manual pause, the experiment of an A/B stage and a template of gates are exit criteria too.

Only plans in mlgov's own format are asked for their parts; a native rollout counts as stages that exist.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {mode: online}
~~~

### a canary without an end and without exit criteria
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  stages: [{id: canary, kind: canary, traffic: 5%}, {id: full, kind: full}]
~~~

### a gate without a bound
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  stages:
  - {id: canary, kind: canary, traffic: 0.05, duration: 2d, gates: [{metric: error_rate}]}
  - {id: full, kind: full, traffic: 1.0}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  stages:
  - {id: shadow, kind: shadow, duration: 7d, gates: [{metric: error_rate, max: 0.01}]}
  - {id: canary, kind: canary, traffic: 5%, duration: 2d, gates: [{metric: error_rate, max: 0.01}]}
  - {id: full, kind: full}
~~~

### blue and green: two steps and a person who decides
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  stages:
  - {id: green, kind: blue_green, pause: manual}
  - {id: full, kind: full, traffic: 1.0}
~~~

### steps inside a stage tell traffic and duration
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  stages:
  - {id: canary, kind: canary, steps: [{traffic: 5%, duration: 1h}, {traffic: 20%, duration: 1d}], gates: [{metric: error_rate, max: 0.01}]}
  - {id: full, kind: full}
~~~

### an offline analysis is not rolled out
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
problem: {constraints: {platform: none}}
~~~

## Remedy
give each stage but the last `traffic`, `duration` and a gate with a metric and a bound

## References
S4-49, S1-23; ML Test Score Infra 6; Kohavi, Tang, Xu 2020, ch. 15
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Project, Rollout, Stage, presence
from mlgov_rules.deployment._ramps import gates_of, is_offline, name, weights


@presence("DEP002", "rollout", severity="-WE", stage="pre_launch", lead=True, sources=["S4-49", "S1-23"])
def rollout_plan_incomplete(rollout: Rollout, project: Project) -> Findings:
    if is_offline(project) or rollout.has("stages") and not rollout.stages:
        return
    stages = [stage for stage in rollout.stages if stage.is_own]
    if not rollout.stages:
        yield rollout.at(), "rollout lacks stages with traffic, duration and exit criteria"
    lacking = [(stage, what) for stage in stages if (what := list(_missing(stage, stage is stages[-1])))]
    if lacking:
        words = "; ".join(f"stage {name(stage)} lacks {', '.join(what)}" for stage, what in lacking)
        yield lacking[0][0].at("id"), words, [stage.at("id") for stage, _ in lacking[1:]]
    if open_ended := [stage for stage in stages[:-1] if not _has_exit(stage, project)]:
        words = ", ".join(name(stage) for stage in open_ended)
        message = f"nothing that must hold is written for leaving stage {words}: no gate with a metric and a bound"
        yield open_ended[0].at(), message, [stage.at() for stage in open_ended[1:]]


def _missing(stage: Stage, is_last: bool) -> Iterator[str]:
    yield from stage.lacks("id", "kind")
    if not weights(stage) and stage.kind not in ("shadow", "blue_green") and stage.lacks("traffic"):
        yield "traffic"
    timed = bool(stage.steps) and all(step.duration is not None for step in stage.steps)
    if not is_last and stage.pause != "manual" and not timed:
        yield from stage.lacks("duration")


def _has_exit(stage: Stage, project: Project) -> bool:
    """True if a bound, a template, an experiment or a person decides."""
    if stage.pause == "manual" or stage.experiment or not stage.gates and stage.has("gates"):
        return True
    gates = gates_of(stage, project)
    return any(g.template or g.query or g.condition or g.min is not None or g.max is not None for g in gates)
