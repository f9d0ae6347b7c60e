"""A stated confidence interval must hold its estimate, and cannot be much narrower than n items allow.

Compared is the width with that of Wilson's interval for a proportion, and with that of Hanley and McNeil for an area under
the ROC curve. Wider intervals are fine: clusters and resampling make them so.

## Why
± 0.002 of 500 items is not a confidence interval. It is more often a standard error of something else, and makes every
difference look certain.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: accuracy, value: 0.91, split: test, n: 500, ci: {low: 0.908, high: 0.912}}]
~~~

### the estimate lies outside
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
metrics: [{id: mae, unit: min}]
evaluation:
  results: [{metric: mae, value: 5.0, split: test, ci: {low: 310s, high: 330s}}]
~~~

### an area under the curve
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: roc_auc, value: 0.87, n: 500, positives: 60, ci: {low: 0.865, high: 0.875}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: accuracy, value: 91%, split: test, n: 500, ci: {low: 0.88, high: 0.93}}
  - {metric: roc_auc, value: 0.871, n: 60000, positives: 7200, ci: {low: 0.866, high: 0.876}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: accuracy, value: 0.91, split: test, ci: {low: 0.908, high: 0.912}}]
~~~

## Options
ratio: the least width, as a part of the one that n allows, 0.6

## Remedy
compute the interval from the items of the test set, and state how (`ci.method`)

## References
S3-38; Kohavi, Tang, Xu 2020, ch. 17; Wilson 1927; Hanley, McNeil 1982
"""

from mlgov.rulekit import Findings, Interval, Intervals, MetricResult, Project, Row, abstain, in_base, interval, rule
from mlgov_rules.evaluation._counts import computed_interval, known_metric
from mlgov_rules.evaluation._documents import is_first, label


@rule("EVA306", severity="WEE", sources=["S3-38"], stricter={"ratio": "higher"})
def ci_inconsistent_with_n(result: MetricResult, project: Project, *, ratio: float = 0.6) -> Findings:
    stated, known = result.ci, known_metric(result, project)
    if stated is None or stated.low is None or stated.high is None or result.value is None:
        return
    if not is_first(result, project, "ci", "n"):
        return
    metric = project.metric(result.metric)
    unit = metric.unit if metric else None
    low, high = in_base(stated.low, unit), in_base(stated.high, unit)
    said = f"{label(result)} = {result.literal('value')} with the interval {stated.low} to {stated.high}"
    if not _holds(result, stated, project):
        yield result.at("ci"), f"{said}: the interval does not hold the value", [result.at("value")]
    elif known and (known.proportion or known.name == "roc_auc") and not _is_share(low, high):
        yield abstain(f"{label(result)}: unknown unit of the interval")
    elif known and (known.proportion or known.name == "roc_auc"):
        level = 0.95 if stated.level is None else float(stated.level)
        allowed = computed_interval(result, project, level) if 0 < level < 1 else None
        if allowed is None:
            yield abstain(f"{label(result)}: unknown n")
        elif high - low < ratio * (allowed[1] - allowed[0]):
            times, counted = (high - low) / (allowed[1] - allowed[0]), "counts" if result.counts else "n"
            words = (
                f"{said} is {times:.2g} times as wide as {allowed[0]:.3f} to {allowed[1]:.3f}, which its items allow"
            )
            value = project.comparer.value(result)
            rows = (Row("as stated", value, low, high), Row(f"as {counted} allows", value, *allowed))
            yield result.at("ci"), words, [result.at("value"), result.at(counted)], Intervals(label(result), rows)


def _holds(result: MetricResult, stated: Interval, project: Project) -> bool:
    """True if the value may lie in the interval, all three as they are printed."""
    metric = project.metric(result.metric)
    unit = metric.unit if metric else None
    ends = [interval(stated.low), interval(stated.high)]
    if None in ends or result.value is None or stated.low is None or stated.high is None:
        return True
    if len({q.unit for q in (stated.low, stated.high, result.value)} - {"fraction"}) > 1 and unit is None:
        return True  # a unit that only some of them state
    low, high = in_base(stated.low, unit), in_base(stated.high, unit)
    slack = _half(stated.low, unit) + _half(result.value, unit)
    return low - slack <= project.comparer.value(result) <= high + slack


def _half(number: object, unit: str | None) -> float:
    ends = interval(number) or (0.0, 0.0)
    width = ends[1] - ends[0]
    return (width if getattr(number, "unit", "") else abs(in_base(width, unit))) / 2


def _is_share(low: float, high: float) -> bool:
    return 0 <= low <= high <= 1
