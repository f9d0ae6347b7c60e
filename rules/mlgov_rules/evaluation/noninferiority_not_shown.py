"""A claim of being no worse must be shown with its margin.

The lower end of the difference to the baseline (in the metric's own direction) must lie above minus the margin: from
counts by Newcombe's interval at one-sided 2.5 %, as of independent samples, else from the confidence interval of the
result, with the baseline's value as given.

## Why
Not having found a difference is what small samples are best at. Equality has to be shown like everything else.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines: [{id: old, kind: previous_model, results: [{metric: accuracy, value: 0.91, split: test, n: 500}]}]
evaluation:
  claims: [{id: as_good, kind: noninferior, metric: accuracy, against: old, margin: 0.01}]
  results: [{metric: accuracy, value: 0.908, split: test, n: 500}]
~~~

### by an interval, less is better
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
metrics: [{id: mae, unit: h}]
baselines: [{id: old, kind: previous_model, results: [{metric: mae, value: 6.0, split: test}]}]
evaluation:
  claims: [{id: as_good, kind: noninferior, metric: mae, against: old, margin: 0.2}]
  results: [{metric: mae, value: 6.1, split: test, ci: {low: 5.7, high: 6.5}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines: [{id: old, kind: previous_model, results: [{metric: accuracy, value: 91%, split: test, n: 50000}]}]
evaluation:
  claims: [{id: as_good, kind: noninferior, metric: accuracy, against: old, margin: 1%}]
  results: [{metric: accuracy, value: 0.908, split: test, n: 50000}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines: [{id: old, kind: previous_model, results: [{metric: accuracy, value: 0.91, split: test}]}]
evaluation:
  claims: [{id: as_good, kind: noninferior, metric: accuracy, against: old}]
  results: [{metric: accuracy, value: 0.908, split: test}]
~~~

## Remedy
state the margin that is acceptable, and enlarge the test set until the interval lies inside it

## References
S3-38; ICH E9, E10; Schultzberg, Ankargren, Frånberg 2024
"""

from mlgov.rulekit import (
    Findings,
    Intervals,
    Line,
    MetricClaim,
    MetricResult,
    Project,
    Row,
    abstain,
    in_base,
    rule,
    statistics,
)
from mlgov_rules.evaluation._baselines import counterpart, direction
from mlgov_rules.evaluation._counts import interval_of, trials


@rule("EVA304", severity="-WE", sources=["S3-38"])
def noninferiority_not_shown(claim: MetricClaim, project: Project) -> Findings:
    baseline = next((b for b in project.baselines if claim.against and b.id == claim.against), None)
    if claim.kind != "noninferior" or baseline is None:
        return
    if claim.margin is None or not claim.margin > 0:
        yield abstain(f"claim {claim.id} states no margin")
        return
    for result in [r for r in project.results if not r.slice and project.comparer.named_alike(r.metric, claim.metric)]:
        theirs = counterpart(result, baseline, project)
        found = theirs if isinstance(theirs, str) else _difference(result, theirs, project)
        if isinstance(found, str):
            yield abstain(f"claim {claim.id}: {found or 'no result of the baseline'}")
            continue
        metric = project.metric(claim.metric)
        margin = in_base(claim.margin, metric.unit if metric else None)
        low = found.low or 0.0
        if low < -margin and not isinstance(theirs, str):
            words = f"claim {claim.id} says {claim.metric} is no worse than {baseline.id}: the difference may be {low:.4g}, "
            words += f"below minus the margin {claim.literal('margin')}"
            lines = (Line("minus the margin", -margin, "min"), Line("no difference", 0.0))
            figure = Intervals(f"difference to {baseline.id}, positive is better", (found,), lines)
            yield claim.at("margin"), words, [result.at("value"), theirs.at("value")], figure
        return


def _difference(result: MetricResult, theirs: MetricResult, project: Project) -> Row | str:
    """The differences to the baseline that the data allow, positive where the result is better."""
    sign, new, ref = direction(result, project), trials(result, project), trials(theirs, project)
    if sign is None:
        return "unknown direction"
    if new and ref:
        found = statistics.newcombe_diff_ci(new.k, new.n, ref.k, ref.n)
        ends = (found.low, found.high) if sign > 0 else (-found.high, -found.low)
        return Row(str(result.metric), found.diff * sign, *ends)
    interval = interval_of(result, project)
    if interval is None:
        return "neither counts nor an interval"
    value, base = project.comparer.value(result), project.comparer.value(theirs)
    low, high = sorted((end - base) * sign for end in interval)
    return Row(str(result.metric), (value - base) * sign, low, high)
