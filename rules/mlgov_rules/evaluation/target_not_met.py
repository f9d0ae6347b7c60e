"""A model must reach the acceptable bound of each of its metrics.

## Why
The acceptable bound is what the team promised not to ship below. A result beyond it, in the same repository, means
that the promise or the model has to change before anything else does.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: recall, role: primary, unit: fraction, acceptable: {min: 0.90}}
evaluation:
  results: [{metric: recall, value: 0.84, split: test, n: 2000, positives: 400}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: latency_p95, role: guardrail, unit: ms, acceptable: {max: 200}}
evaluation:
  results: [{metric: latency_p95, value: 0.18s, split: test}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: recall, role: primary, unit: fraction, acceptable: {min: 0.90}}
evaluation:
  results: [{metric: recall, value: 0.84, split: train}]
~~~

## Remedy
improve the model until it reaches the bound; or change the bound in a change of its own, with a reason and an approver

## References
S1-07, S4-09; EU AI Act Annex IV 2(g); NIST AI RMF MANAGE 1.1
"""

from mlgov.rulekit import Findings, MetricResult, Project, abstain, limit_of, rule


@rule("EVA203", severity="WEE", sources=["S1-07", "S4-09"])
def target_not_met(result: MetricResult, project: Project) -> Findings:
    metric = project.metric(result.metric)
    if result.owner != "evaluation" or not metric or not metric.acceptable:
        return
    split = project.comparer.key(result).split
    if split in ("train", "validation", "cross_validation") or result.slice:
        yield abstain(f"the bound is judged on the whole test split, not on {result.slice or split}")
    elif not limit_of(metric.acceptable, metric.unit).allows(project.comparer.value(result)):
        side = "max" if metric.acceptable.min is None else "min"
        said, bound = result.literal("value"), metric.literal("acceptable", side)
        message = f"{metric.id} = {said} does not reach the acceptable {side} {bound}"
        yield result.at("value"), message, [metric.at("acceptable")]
