"""A slice must be large enough to show the gap that its limit allows.

Where the confidence interval of a slice is wider than the largest gap that `evaluation.fairness.limits` allows over its
attribute, the slice can neither break nor keep the limit. Judged are proportions with a known denominator (Wilson).

## Why
24 of 30 looks like 80 % and means anything from 63 to 90 %. A fairness check on such numbers is a coin toss.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: metric_difference, metric: recall, attribute: sex, max: 0.10}]}
  slices: [{id: women, attribute: sex, value: f}]
  results: [{metric: recall, value: 0.80, slice: women, split: test, counts: {k: 24, n: 30}}]
~~~

### from the printed value and the positives
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: equalized_odds_difference, attribute: sex, max: 10%}]}
  slices: [{id: women, attribute: sex, value: f}]
  results: [{metric: recall, value: 80%, slice: women, split: test, n: 400, positives: 30}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: metric_difference, metric: recall, attribute: sex, max: 0.10}]}
  slices: [{id: women, attribute: sex, value: f}]
  results: [{metric: recall, value: 0.627, slice: women, split: test, counts: {k: 940, n: 1500}}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: metric_difference, metric: recall, attribute: sex, max: 0.10}]}
  slices: [{id: women, attribute: sex, value: f}]
  results: [{metric: recall, value: 0.80, slice: women, split: test}]
~~~

## Remedy
collect more items of the slice, or waive the rule with a plan where the population is small by nature

## References
S4-45; NIST AI RMF MEASURE 2.6
"""

from mlgov.rulekit import (
    FairnessLimit,
    Findings,
    Intervals,
    MetricResult,
    Project,
    Row,
    abstain,
    limit_of,
    rule,
    statistics,
)
from mlgov_rules.evaluation._counts import known_metric, trials
from mlgov_rules.evaluation._documents import is_first, label
from mlgov_rules.evaluation._slices import attribute_of


@rule("EVA302", severity="-WE", sources=["S4-45"])
def slice_too_small(result: MetricResult, project: Project) -> Findings:
    limit, known = _limit(result, project), known_metric(result, project)
    if limit is None or not (known and known.proportion) or not is_first(result, project, "n", "counts", "positives"):
        return
    found, most = trials(result, project), limit_of(limit).high
    if found is None or not most or most >= 1:
        yield abstain(f"{label(result)}: unknown number of items that are counted")
        return
    n = int(found.n / max(1.0, _repeats(project)))
    if n < 1:
        return
    low, high = statistics.wilson_ci(round(found.k / found.n * n), n)
    if high - low > most:
        share = min(max(found.k / found.n, 0.5 / n), 1 - 0.5 / n)
        needed = statistics.n_interval_width(share, most).total
        words = f"slice {result.slice} has {label(result).partition(' ')[0]} {found.k}/{found.n}: its interval "
        words += f"{low:.3f} to {high:.3f} is wider than the gap limit {limit.literal('max')}; about {needed} items are needed"
        rows = (
            Row(label(result), found.k / found.n, low, high),
            Row("an interval that would do", share, *_within(share, most)),
        )
        yield result.at("value"), words, [limit.at("max")], Intervals(f"{result.metric}, 95% interval", rows)


def _within(share: float, width: float) -> tuple[float, float]:
    """An interval of this width around a share, inside of 0 to 1."""
    low = min(max(0.0, share - width / 2), 1 - width)
    return low, low + width


def _limit(result: MetricResult, project: Project) -> FairnessLimit | None:
    """The narrowest gap that a limit allows over the attribute of the slice."""
    attribute, fairness = attribute_of(result, project), project.evaluation.fairness
    if not attribute or fairness is None or result.owner != "evaluation":
        return None
    alike = project.comparer.named_alike
    limits = [
        x
        for x in fairness.limits
        if x.attribute == attribute and x.max is not None and (not x.metric or alike(x.metric, result.metric))
    ]
    return min(limits, key=lambda x: float(x.max or 0), default=None)


def _repeats(project: Project) -> float:
    """Rows per entity: what repeats counts once."""
    entity = project.data.entity
    return float(entity.rows_per_entity) if entity and entity.rows_per_entity else 1.0
