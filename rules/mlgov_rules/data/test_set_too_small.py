"""The test set must be large enough to show the margin between the target and the baseline.

## Why
If the 95 % interval of a result is wider than the lead that the target asks for, then no result on this test set can
tell whether the model beats what exists. Judged by the bound and the strongest baseline below it; a stated interval
wins over the one computed from counts.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
metrics: [{id: accuracy, role: primary, unit: fraction, target: {min: 0.92}}]
data:
  splits: {parts: [{part: test, rows: 200}]}
baselines: [{id: rules, kind: heuristic, results: [{metric: accuracy, value: 0.90, split: test}]}]
~~~

### percent, and a metric of positives only
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
framing: {output: {type: binary, positive_class: churned}}
metrics: [{id: recall, role: primary, unit: percent, acceptable: {min: 70}}]
data:
  datasets: [{id: test_2026, role: test, rows: 2000, class_balance: {churned: 10%, stayed: 90%}}]
baselines: [{id: rules, kind: heuristic, results: [{metric: recall, value: 65, split: test}]}]
~~~

### a stated interval
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices, stage: validation}
metrics: [{id: mape, role: primary, unit: fraction, target: {max: 0.10}}]
baselines: [{id: last_year, kind: heuristic, results: [{metric: mape, value: 0.12, split: test}]}]
evaluation:
  results: [{metric: mape, value: 0.098, split: test, n: 300, ci: {low: 0.07, high: 0.13}}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
framing: {output: {type: binary, positive_class: churned}}
metrics: [{id: roc_auc, role: primary, unit: fraction, target: {min: 0.87}}]
data:
  datasets: [{id: test_2026, role: test, rows: 60000, class_balance: {churned: 0.12, stayed: 0.88}}]
baselines: [{id: previous, kind: previous_model, results: [{metric: roc_auc, value: 0.858, split: test}]}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
metrics: [{id: accuracy, role: primary, unit: fraction, target: {min: 0.92}}]
baselines: [{id: rules, kind: heuristic, results: [{metric: accuracy, value: 0.90, split: test}]}]
~~~

### no closed form
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
metrics: [{id: f1, role: primary, average: macro, unit: fraction, target: {min: 0.92}}]
data:
  splits: {parts: [{part: test, rows: 200}]}
baselines: [{id: rules, kind: heuristic, results: [{metric: f1, value: 0.90, split: test}]}]
~~~

## Remedy
enlarge the test set to the size named, or claim a margin that it can show

## References
S4-41, S3-38; Kohavi, Tang, Xu 2020, ch. 17; Wilson 1927; Hanley, McNeil 1982
"""

from typing import NamedTuple

from mlgov.rulekit import (
    Bound,
    Findings,
    Intervals,
    Line,
    Metric,
    MetricResult,
    Origin,
    Project,
    Row,
    abstain,
    limit_of,
    rule,
)
from mlgov_rules.data._precision import half_width, needed, stated_half_width, test_set


class Claim(NamedTuple):
    """The bound of a metric and the strongest baseline below it, in base units."""

    value: float
    margin: float
    place: Origin
    baseline: MetricResult
    is_least: bool


@rule("DAT301", severity="IWE", stage="validation", sources=["S4-41", "S3-38"])
def test_set_too_small(metric: Metric, project: Project) -> Findings:
    if metric.scope == "online" or metric.kind in ("business", "operational", "ux", "cost"):
        return
    claim = _claim(metric, project)
    if claim is None:
        return
    stated = next((r for r in project.results if _measures(r, metric, project) and stated_half_width(r, project)), None)
    if stated is not None:
        yield from _judge(
            metric,
            claim,
            stated_half_width(stated, project),
            None if stated.n is None else int(stated.n),
            stated.at("ci"),
            "",
        )
        return
    test = test_set(project)
    if test is None:
        yield abstain("unknown size of the test set")
        return
    note = "" if test.grouped else ", assuming independence"
    yield from _judge(metric, claim, half_width(metric, claim.value, test, project), test.n, test.place, note)


def _judge(metric: Metric, claim: Claim, half: float | None, n: int | None, place: Origin, note: str) -> Findings:
    if half is None:
        yield abstain(f"the interval of {metric.id} does not follow from counts; state a ci")
    elif half > claim.margin:
        size = f"test n = {n}: " if n else ""
        enough = f"; need n >= {needed(n, half, claim.margin)}" if n else ""
        message = (
            f"{size}the 95 % half-width {half:.3g} of {metric.id} exceeds the margin {claim.margin:.3g} to the baseline"
        )
        rival = claim.value - claim.margin if claim.is_least else claim.value + claim.margin
        row = Row("as claimed", claim.value, claim.value - half, claim.value + half)
        figure = Intervals(f"{metric.id}, 95% interval", (row,), (Line("baseline", rival),))
        yield place, message + enough + note, [claim.place, claim.baseline.at("value")], figure


def _claim(metric: Metric, project: Project) -> Claim | None:
    key = "target" if metric.target else "acceptable"
    bound: Bound | None = metric.target or metric.acceptable
    limit = limit_of(bound, metric.unit) if bound else None
    if limit is None or (limit.low is None) == (limit.high is None):
        return None
    sign, value = (1.0, limit.low) if limit.low is not None else (-1.0, limit.high or 0.0)
    rivals = [r for b in project.baselines for r in b.results if _measures(r, metric, project)]
    leads = [(sign * (value - project.comparer.value(r)), r) for r in rivals]
    ahead = [(lead, r) for lead, r in leads if lead > 1e-12]
    if not ahead:
        return None
    margin, rival = min(ahead, key=lambda pair: pair[0])
    return Claim(value, margin, metric.at(key), rival, sign > 0)


def _measures(result: MetricResult, metric: Metric, project: Project) -> bool:
    """True for a number on the whole test split."""
    same = result.value is not None and project.metric(result.metric) is metric
    return same and not result.slice and project.comparer.key(result).split in ("test", None)
