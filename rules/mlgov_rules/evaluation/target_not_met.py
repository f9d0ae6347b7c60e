"""A model must reach the acceptable bound of each of its metrics, and every release criterion.

Judged is the whole test split of the governed version; of slices only criteria that name them. A criterion `against` a
baseline asks for `min_improvement` in the metric's own direction.

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

### less is better, in another unit
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics:
- {id: latency_p95, role: guardrail, unit: ms, acceptable: {max: 200}}
evaluation:
  results: [{metric: latency_p95, value: 0.25s, split: test}]
~~~

### a criterion against a baseline
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: mae, unit: h}]
baselines: [{id: old, kind: previous_model, results: [{metric: mae, value: 6.0, split: test}]}]
evaluation:
  acceptance: [{id: better, metric: mae, against: old, min_improvement: 0.5}]
  results: [{metric: mae, value: 5.8, split: test}]
~~~

### a criterion in a results file
~~~json metrics.json
{"accuracy": 0.77, "thresholds": {"min_accuracy": 0.80}}
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

### an older version missed it
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, version: "1.4"}
metrics: [{id: recall, unit: fraction, acceptable: {min: 90%}}]
evaluation:
  results:
  - {metric: recall, value: 0.91, split: test, model_version: "1.4"}
  - {metric: recall, value: 0.84, split: test, model_version: "1.3"}
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

### percent or fraction
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: recall, acceptable: {min: 90}}]
evaluation:
  results: [{metric: recall, value: 0.93, split: test}]
~~~

## Options
confidence: judge the end of the confidence interval nearest to the bound, instead of the value

## Remedy
improve the model until it reaches the bound; or change the bound in a change of its own, with a reason and an approver

## References
S1-07, S4-09; EU AI Act Annex IV 2(g); NIST AI RMF MANAGE 1.1
"""

from mlgov.rulekit import AcceptanceCriterion, Findings, Intervals, MetricResult, Project, abstain, rule
from mlgov_rules.evaluation._bounds import Broken, Judged, against, broken, criteria, unclear
from mlgov_rules.evaluation._counts import interval_of
from mlgov_rules.evaluation._documents import echoes, is_first, is_one_of_several, is_superseded, label
from mlgov_rules.evaluation._figures import against_bounds
from mlgov_rules.evaluation._splits import peers, split_of


@rule("EVA203", severity="WEE", sources=["S1-07", "S4-09"])
def target_not_met(result: MetricResult, project: Project, *, confidence: bool = False) -> Findings:
    if result.owner != "evaluation" or not is_first(result, project) or is_superseded(result, project):
        return
    ends = _ends(result, project) if confidence else [project.comparer.value(result)]
    found = [b for bound in _bounds(result, project) if (b := _judge(bound, ends, result, project))]
    missed = [b for b in found if isinstance(b, Broken)]
    if missed:
        said = f"{label(result)} = {result.literal('value')}"
        if confidence:
            said += f" (interval {min(ends):.4g} to {max(ends):.4g})"
        places = [*dict.fromkeys(b.origin for b in missed), *(e.at("value") for e in echoes(result, project))]
        yield (
            result.at("value"),
            f"{said} does not reach the {missed[0].words}",
            places,
            *_figures(result, missed, project),
        )
    yield from (abstain(f"{label(result)}: {b}") for b in found if isinstance(b, str))


def _bounds(result: MetricResult, project: Project) -> list[AcceptanceCriterion | None]:
    """What the result is judged by; None stands for the acceptable bound of its metric."""
    metric = project.metric(result.metric)
    own = [None] if metric and metric.acceptable and not result.slice else []
    return [*own, *criteria(result, project)]


def _judge(criterion: AcceptanceCriterion | None, ends: list[float], result: MetricResult, project: Project) -> Judged:
    split, metric = split_of(result, project), project.metric(result.metric)
    bound = criterion or (metric.acceptable if metric else None)
    if split in ("train", "validation", "cross_validation"):
        elsewhere = any(split_of(o, project) != split for o in peers(result, project))
        return None if elsewhere else f"the bound is judged on the test split, not on {split}"
    if is_one_of_several(result, project):
        return f"{result.variant} is one of several models"
    if not ends:
        return "neither interval nor counts"
    if bound is None or unclear(result, bound, project):
        return "the bound may be in another unit"
    missed = next((b for end in ends if (b := broken(end, bound, result, project))), None)
    if criterion is None:
        return missed._replace(words=f"acceptable {missed.words}") if missed else None
    return missed or against(criterion, result, project)


def _ends(result: MetricResult, project: Project) -> list[float]:
    return list(interval_of(result, project) or ())


def _figures(result: MetricResult, missed: list[Broken], project: Project) -> list[Intervals]:
    bounds = [b.bound for b in missed if b.bound is not None]
    return [against_bounds(result, bounds, project)] if bounds else []
