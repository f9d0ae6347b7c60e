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

## Fixed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages:
  - {id: first, kind: canary, traffic: 5%}
  - {id: third, kind: canary, traffic: 0.1}
  - {id: second, kind: canary, traffic: 20%}
  - {id: full, kind: full, traffic: 1.0}
~~~

~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages:
  - {id: canary, kind: canary, steps: [{traffic: 10%}, {traffic: 20%}]}
  - {id: full, kind: full}
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

from collections.abc import Sequence

from mlgov.rulekit import Findings, Fix, Operation, Origin, Project, abstain, repair, rule
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
                yield origin, message, [before[1]], _sorted(ramp)
                return
            before = (weight, origin)


def _sorted(ramp: Ramp) -> Fix | None:
    """The stages of a plan by their traffic, and the steps of each; only where each has a share, and no split stands between."""
    if not ramp.own or any(s.kind in SPLIT or is_live(s) and not weights(s) for s in ramp.stages):
        return None
    steps = [
        order for s in ramp.stages if s.steps and (order := _ordered([s_.traffic for s_ in s.steps], s.at("steps")))
    ]
    firsts = [min((w for w, _ in weights(s)), default=0.0) for s in ramp.stages]
    whole = _ordered(firsts, _list_of(ramp))
    every = [*([whole] if whole else []), *steps]
    return repair.fix("sort by traffic", *every) if every and not (whole and steps) else None


def _list_of(ramp: Ramp) -> Origin:
    """The list in which all stages stand, in this order; an origin without a file where they stand apart."""
    first = ramp.stages[0].at()
    above = first._replace(pointer=first.pointer.rpartition("/")[0])
    return above if all(s.at() == above.at(i) for i, s in enumerate(ramp.stages)) else Origin("")


def _ordered(traffic: Sequence[float | None], place: Origin) -> Operation | None:
    """The order by traffic, where it is another one than now and every share is stated."""
    shares = [float(share) for share in traffic if share is not None]
    positions = sorted(range(len(shares)), key=shares.__getitem__)
    is_known = len(shares) == len(traffic) and bool(place.file)
    return repair.order(place, positions) if is_known and positions != sorted(positions) else None


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
