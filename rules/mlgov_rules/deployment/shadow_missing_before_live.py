"""A risky model must run in the shadow of the old one, compared by a criterion, before it answers anybody.

## Why
A shadow sees real traffic and harms nobody. Without a criterion it only shows that the service does not crash, so it
needs a gate like every other stage. The rule asks this of the risk tiers medium and high; where a request cannot be
copied without side effects, an experiment with `substitute: {kind: replay}` takes its place.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch, risk_tier: high}
rollout:
  stages: [{id: canary, kind: canary, traffic: 5%, duration: 2d}, {id: full, kind: full}]
~~~

### a shadow that compares nothing
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch, risk_tier: medium}
rollout:
  stages: [{id: shadow, kind: shadow, mirror: 100%}, {id: canary, kind: canary, traffic: 0.05}, {id: full, kind: full}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch, risk_tier: high}
metrics: [{id: error_rate}]
rollout:
  stages:
  - {id: shadow, kind: shadow, mirror: 100%, gates: [{metric: error_rate, max: 1%}]}
  - {id: canary, kind: canary, traffic: 5%}
  - {id: full, kind: full}
~~~

### a low tier may begin with a canary
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: menu, stage: pre_launch, risk_tier: low}
rollout:
  stages: [{id: canary, kind: canary, traffic: 5%}, {id: full, kind: full}]
~~~

### yesterday's requests are replayed instead
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: payments, stage: pre_launch, risk_tier: high}
experiments: [{id: replay, substitute: {kind: replay, reason: a copied request would pay twice}}]
rollout:
  stages: [{id: canary, kind: canary, traffic: 5%}, {id: full, kind: full}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout:
  stages: [{id: canary, kind: canary, traffic: 5%}, {id: full, kind: full}]
~~~

## Remedy
put a shadow stage with a gate before the first stage that serves users, or name a replay as its substitute

## References
S4-49; ML Test Score Infra 6; NIST AI RMF MEASURE 2.3
"""

from mlgov.rulekit import Findings, Project, Stage, abstain, rule
from mlgov_rules.deployment._ramps import gates_of, is_live, name, planned_ramps


@rule("DEP201", severity="-WE", stage="pre_launch", sources=["S4-49"])
def shadow_missing_before_live(project: Project) -> Findings:
    tier = project.identity.risk_tier
    ramps = [ramp for ramp in planned_ramps(project) if any(map(is_live, ramp.stages))]
    if not ramps or tier == "low" or _is_replayed(project):
        return
    if tier is None:
        yield abstain("unknown risk tier")
        return
    for ramp in ramps:
        live = next(filter(is_live, ramp.stages))
        # native files may mirror in one place (a VirtualService) and shift in another (a Rollout)
        before = ramp.stages[: ramp.stages.index(live)] if ramp.own else project.rollout.stages
        shadows = [stage for stage in before if stage.kind == "shadow"]
        if not any(gates_of(shadow, project) for shadow in shadows):
            yield _finding(live, shadows, tier, project)


def _is_replayed(project: Project) -> bool:
    return any(e.substitute and e.substitute.kind == "replay" for e in project.experiments)


def _finding(live: Stage, shadows: list[Stage], tier: str, project: Project):
    before = f"a shadow ({name(shadows[0])}) that has no gate" if shadows else "no shadow stage"
    message = f"risk tier {tier}: stage {name(live)} serves users after {before}"
    return live.at(), message, [project.at("project", "risk_tier"), *(shadow.at() for shadow in shadows)]
