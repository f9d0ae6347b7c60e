"""A model for live users must have an online experiment, or a substitute with its reason.

## Why
Offline gains often vanish before real users. Where no A/B test is possible (a back office, a batch job, few users), an
interrupted time series, a replay or a review by experts takes its place, and says why.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
~~~

### the rollout has an A/B stage that nobody planned
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout: {stages: [{id: ab, kind: ab_test, traffic: 50%}, {id: full, kind: full}]}
~~~

### a substitute without a reason
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
experiments: [{id: series, substitute: {kind: interrupted_time_series}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
experiments: [{id: calls, hypothesis: calling by score raises retention}]
~~~

### no A/B test is possible
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
experiments: [{id: series, substitute: {kind: interrupted_time_series, reason: one call centre, one list}}]
~~~

### an offline analysis has no live users
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
problem: {constraints: {platform: none}}
~~~

## Remedy
plan an experiment in `experiments`, or add `substitute: {kind: ..., reason: ...}`

## References
S3-39, S4-44, S4-49; Kohavi, Tang, Xu 2020, ch. 1; ML Test Score Model 2
"""

from mlgov.rulekit import Findings, Project, presence

SPLIT = ("ab_test", "interleaving")


@presence("EXP001", "experiments", severity="-WE", stage="pre_launch", lead=True, sources=["S3-39", "S4-44", "S4-49"])
def online_evaluation_missing(project: Project) -> Findings:
    constraints = project.problem.constraints
    if constraints and constraints.platform == "none":
        return
    substitutes = [e for e in project.experiments if e.substitute]
    if len(substitutes) < len(project.experiments) or any(e.substitute.has("kind", "reason") for e in substitutes):
        return
    split = [stage for stage in project.rollout.stages if stage.kind in SPLIT]
    if substitutes:
        lacking = " and ".join(substitutes[0].substitute.lacks("kind", "reason"))
        yield substitutes[0].substitute.at(), f"the substitute for an online experiment lacks its {lacking}"
    elif split:
        yield split[0].at("kind"), f"stage {split[0].id} splits users, but no experiment plans it"
    else:
        yield project.at("experiments"), "neither an online experiment nor a substitute for it is planned"
