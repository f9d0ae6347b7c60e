"""The rollout that the tool runs must be the rollout that was planned.

## Why
The plan is what was reviewed, the manifest is what happens. A canary of 1 % that is 20 % in the cluster, an A/B test of
two weeks that takes ten minutes, or a gate of 5 % errors where 1 % was agreed makes the review worthless.

The live shares below 100 % are compared in their order, whatever the stages are called: a tool may take more steps than
the plan, but must not leave out or change one; an A/B stage may be done elsewhere. Durations compare where both sides
state them and nobody pauses by hand, gates where the unit is known. Several native rollouts, and those of test
environments, are not compared.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages:
  - {id: one, kind: canary, traffic: 1%}
  - {id: ten, kind: canary, traffic: 10%}
  - {id: half, kind: canary, traffic: 50%}
  - {id: full, kind: full}
~~~
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 20}, {pause: {}}, {setWeight: 40}, {pause: {}}]
~~~

### two days are ten minutes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout: {stages: [{id: canary, kind: canary, traffic: 0.05, duration: 2d}, {id: full, kind: full}]}
~~~
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 5}, {pause: {duration: 10m}}]
~~~

### a gate that lets five times as many errors pass
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: request_success_rate, unit: fraction}]
rollout:
  stages:
  - {id: canary, kind: canary, traffic: 50%, gates: [{metric: request_success_rate, min: 0.99}]}
  - {id: full, kind: full}
~~~
~~~yaml k8s/canary.yaml
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: {name: churn}
spec:
  analysis:
    interval: 1m
    maxWeight: 50
    stepWeight: 10
    metrics: [{name: request-success-rate, thresholdRange: {min: 95}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout:
  stages:
  - {id: shadow, kind: shadow}
  - {id: canary, kind: canary, traffic: 5%, duration: 24h}
  - {id: ab, kind: ab_test, traffic: 50%, duration: 14d}
  - {id: full, kind: full}
~~~
~~~yaml k8s/rollout.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: churn}
spec:
  strategy:
    canary:
      steps: [{setWeight: 1}, {pause: {duration: 10m}}, {setWeight: 5}, {pause: {duration: 1d}}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
rollout: {stages: [{id: canary, kind: canary, traffic: 5%}, {id: full, kind: full}]}
~~~

## Remedy
bring the manifest of the rollout and the plan to the same shares, durations and gates

## References
S4-49, S1-23
"""

from mlgov.rulekit import Findings, Project, abstain, rule
from mlgov_rules.deployment._drift import gate_drifts, length_drifts
from mlgov_rules.deployment._ramps import SPLIT, Ramp, ramps, share, weights


@rule("DEP211", severity="WEE", sources=["S4-49", "S1-23"])
def native_config_drift(project: Project) -> Findings:
    every = ramps(project)
    plans, natives = [r for r in every if r.own], [r for r in every if not r.own and r.ordered]
    if not plans:
        return
    if len(natives) == 1:
        yield from _shares(plans[0], natives[0])
        yield from gate_drifts(plans[0], natives[0], project)
    else:
        yield abstain("several native rollouts" if natives else "no native rollout that ends with everybody")
    yield from length_drifts(plans[0], natives, project)


def _shares(plan: Ramp, native: Ramp) -> Findings:
    planned = [(w, o) for stage in plan.stages for w, o in weights(stage) if 0 < w < 1]
    canary = [w for stage in plan.stages if stage.kind not in SPLIT for w, _ in weights(stage) if 0 < w < 1]
    taken = [(w, o) for stage in native.stages for w, o in weights(stage) if 0 < w < 1]
    if planned and not _is_part(canary, [w for w, _ in taken]):
        message = f"the manifest shifts {_words(w for w, _ in taken)}, the plan says {_words(w for w, _ in planned)}"
        places = [o for _, o in taken] or [native.stages[0].at()]
        yield places[0], message, [*(o for _, o in planned), *places[1:]]


def _words(shares) -> str:
    return ", ".join(map(share, shares)) or "all traffic at once"


def _is_part(few: list[float], many: list[float]) -> bool:
    """True if all of `few` occur in `many` in their order."""
    rest = iter(many)
    return all(any(abs(wanted - found) < 1e-6 for found in rest) for wanted in few)
