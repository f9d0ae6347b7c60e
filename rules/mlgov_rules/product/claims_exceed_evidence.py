"""No text may claim a better number than was measured.

## Why
"99% accurate" in a brief, beside 0.914 in the results, is what users and courts will hold the product to.
A claim is compared with the upper end of the interval of the best result on any data but the training data; claims of
superiority are other rules.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, unit: fraction}]
evaluation:
  results: [{metric: accuracy, value: 0.914, split: test, n: 500, ci: {low: 0.886, high: 0.936}}]
  claims: [{id: brief, metric: accuracy, value: 99%, document: "https://example.org/brief"}]
~~~

### a metric that is minimised
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: speech}
metrics: [{id: wer, unit: percent}]
evaluation:
  results: [{metric: wer, value: 8.1, split: test}, {metric: wer, value: 5.5, split: train}]
  claims: [{id: site, kind: value, metric: WER, value: 6}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, unit: fraction}]
evaluation:
  results: [{metric: accuracy, value: 0.914, split: test, n: 500, ci: {low: 0.886, high: 0.936}}]
  claims: [{id: brief, metric: accuracy, value: 93%}, {id: page, metric: accuracy, value: 0.91}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, unit: fraction}]
evaluation:
  claims: [{id: brief, metric: accuracy, value: 99%}]
~~~

### 99 of what
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, unit: fraction}]
evaluation:
  results: [{metric: accuracy, value: 0.99, split: test}]
  claims: [{id: brief, metric: accuracy, value: 99}]
~~~

## Remedy
claim what was measured, with its interval, or publish the result that the claim rests on

## References
S0-04, S0-49; EU AI Act Article 13
"""

from typing import NamedTuple

from mlgov.rulekit import (
    Findings,
    MetricClaim,
    MetricResult,
    Project,
    abstain,
    in_base,
    interval,
    metric_name,
    rule,
    statistics,
)
from mlgov_rules.product._evidence import known, whole_results


class Reach(NamedTuple):
    """The best that a result can mean, in base units, and the words for it."""

    best: float
    result: MetricResult
    words: str


@rule("UXD205", severity="-EE", sources=["S0-04", "S0-49"])
def claims_exceed_evidence(claim: MetricClaim, project: Project) -> Findings:
    if claim.kind not in (None, "value") or claim.metric is None or claim.value is None:
        return
    sign = _sign(claim, project)
    reaches = [
        _reach(r, sign, project) for r in whole_results(project) if project.comparer.named_alike(claim.metric, r.metric)
    ]
    if not reaches or not sign:
        yield abstain("no result of this metric" if sign else f"unknown direction of {claim.metric}")
        return
    best = max(reaches, key=lambda reach: reach.best * sign)
    claimed = interval(claim.value) or (float(claim.value), float(claim.value))
    unit = project.unit(claim.metric)
    least = min(in_base(end, None if claim.value.unit else unit) * sign for end in claimed)
    if abs(least) > 1.5 and abs(best.best) <= 1:
        yield abstain("the unit of the claim is unclear")
    elif least > best.best * sign + 1e-12:
        words = f"{claim.metric} {claim.value.text} is claimed, the best evidence is {best.words}"
        yield claim.at("value"), words, [best.result.at("value")]


def _sign(claim: MetricClaim, project: Project) -> int:
    metric = project.metric(claim.metric)
    entry = metric_name((metric.type or metric.id if metric else None) or claim.metric or "").known
    direction = metric.direction if metric and metric.direction else entry.direction if entry else None
    return {"maximize": 1, "minimize": -1}.get(direction or "", 0)


def _reach(result: MetricResult, sign: int, project: Project) -> Reach:
    """The favourable end of the stated interval, else of the one that n gives a proportion, else of the printed value."""
    low, high = project.comparer.printed(result) or (project.comparer.value(result),) * 2
    words = result.literal("value")
    ci = result.ci
    if ci is not None and ci.low is not None and ci.high is not None:
        unit = project.unit(result.metric)
        low, high = in_base(ci.low, unit), in_base(ci.high, unit)
        words += f" [{ci.low.text}, {ci.high.text}]"
    elif result.n and (entry := known(result, project)) and entry.name == "accuracy" and 0 <= low <= high <= 1:
        n = int(result.n)
        found = statistics.wilson_ci(round(project.comparer.value(result) * n), n)
        low, high = min(low, found.low), max(high, found.high)
        words += f" [{low:.3f}, {high:.3f}]"
    return Reach(high if sign > 0 else low, result, words)
