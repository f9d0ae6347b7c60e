"""The live traffic of a rollout must grow from stage to stage and end with everybody.

## Why
Steps that go back expose users to a model that was already judged, and a plan that stops halfway leaves two models in
production for good. A shadow carries no live traffic; after an A/B test a new ramp may begin; a declared holdout stays
without the model. A native file that stops short of 100 % ends with a full stage by itself, so only its order counts.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages:
  - {id: first, kind: canary, traffic: 5%}
  - {id: second, kind: canary, traffic: 20%}
  - {id: third, kind: canary, traffic: 0.1}
  - {id: full, kind: full, traffic: 1.0}
~~~

### it never reaches everybody
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages: [{id: shadow, kind: shadow}, {id: first, kind: canary, traffic: 5%}, {id: half, kind: canary, traffic: 50%}]
~~~

### steps inside one stage
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages:
  - {id: canary, kind: canary, steps: [{traffic: 20%}, {traffic: 10%}]}
  - {id: full, kind: full}
~~~

### a shadow that answers users
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages: [{id: shadow, kind: shadow, traffic: 10%}, {id: full, kind: full, traffic: 100%}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages:
  - {id: shadow, kind: shadow, traffic: 0, mirror: 100%}
  - {id: canary, kind: canary, traffic: 5%}
  - {id: ab, kind: ab_test, traffic: 50%}
  - {id: again, kind: canary, traffic: 20%}
  - {id: full, kind: full}
~~~

### a holdout never gets the model
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  holdout: 0.05
  stages: [{id: canary, kind: canary, traffic: 5%}, {id: most, kind: canary, traffic: 95%}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages: [{id: canary, kind: canary}, {id: more, kind: canary}]
~~~

## Remedy
order the stages by their live traffic and end at 100 % (less a declared `holdout`)

## References
S4-49; Kohavi, Tang, Xu 2020, ch. 15
"""

from mlgov.rulekit import Findings, Origin, Project, abstain, rule
from mlgov_rules.deployment._ramps import SPLIT, Ramp, is_live, name, ramps, share, weights


@rule("DEP101", severity="EEE", sources=["S4-49"], implies=["DEP211"])
def traffic_steps_invalid(project: Project) -> Findings:
    for ramp in ramps(project):
        if not ramp.ordered:
            continue
        yield from _falls(ramp)
        if ramp.own:
            yield from _shadows(ramp)
            yield from _end(ramp, float(project.rollout.holdout or 0))


def _falls(ramp: Ramp) -> Findings:
    before: tuple[float, Origin] | None = None
    for stage in ramp.stages:
        if stage.kind in SPLIT:
            before = None
            continue
        for weight, origin in weights(stage):
            if before and weight < before[0] - 1e-9:
                message = f"stage {name(stage)} gets {share(weight)} after {share(before[0])}: the traffic falls"
                yield origin, message, [before[1]]
                return
            before = (weight, origin)


def _shadows(ramp: Ramp) -> Findings:
    """A shadow that answers users is no shadow; what it gets is `mirror`."""
    for stage in ramp.stages:
        if stage.kind == "shadow" and stage.traffic:
            yield (
                stage.at("traffic"),
                f"stage {name(stage)} is a shadow and gets {share(float(stage.traffic))} of live traffic",
            )


def _end(ramp: Ramp, holdout: float) -> Findings:
    live = [stage for stage in ramp.stages if is_live(stage)]
    if not live:
        return
    last = weights(live[-1])
    if not last and live[-1].kind != "blue_green":
        yield abstain(f"unknown traffic of stage {name(live[-1])}")
    elif last and last[-1][0] < 1 - holdout - 1e-9:
        wanted = f"{share(1 - holdout)}, all but the holdout of {share(holdout)}" if holdout else "100%"
        yield last[-1][1], f"the traffic ends at {share(last[-1][0])} in stage {name(live[-1])}, not at {wanted}"
