"""Groups must not differ by more than the declared limit.

Gaps are computed from the counts of the slices of one attribute, with intervals that hold over all pairs of groups
(Šidák), and reported where the whole interval lies beyond the limit. A gap that a tool reports as a number is compared as
it is. Limits are `evaluation.fairness.limits`; one that names no attribute holds for each that a tool reports.

## Why
A limit that is exceeded beyond noise means that the model treats a group worse than the team has promised.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: demographic_parity_ratio, attribute: sex, min: 0.8}]}
  slices: [{id: women, attribute: sex, value: f}, {id: men, attribute: sex, value: m}]
  results:
  - {metric: selection_rate, value: 0.305, slice: women, split: test, counts: {k: 61, n: 200}}
  - {metric: selection_rate, value: 0.5, slice: men, split: test, counts: {k: 150, n: 300}}
~~~

### a gap of error rates
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: equalized_odds_difference, attribute: sex, max: 10%}]}
  slices: [{id: women, attribute: sex, value: f}, {id: men, attribute: sex, value: m}]
  results:
  - {metric: recall, value: 0.5, slice: women, split: test, counts: {tp: 500, fn: 500, fp: 100, tn: 900}}
  - {metric: recall, value: 0.8, slice: men, split: test, counts: {tp: 800, fn: 200, fp: 100, tn: 900}}
~~~

### a gap that a tool reports
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: demographic_parity_difference, attribute: sex, max: 0.10}]}
~~~
~~~json fairness_report.json
{"sex": {"demographic_parity_difference": 0.139}, "age": {"demographic_parity_difference": 0.05}}
~~~

### a limit for every attribute
~~~yaml params.yaml
fairness: {disparate_impact_threshold: 0.8}
~~~
~~~json evaluation_results.json
{"accuracy": 0.84, "fairness_metrics": {"age_group": {"disparate_impact_ratio": 0.16}, "sex": {"disparate_impact_ratio": 0.9}}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: metric_difference, metric: recall, attribute: sex, max: 0.10}]}
  slices: [{id: women, attribute: sex, value: f}, {id: men, attribute: sex, value: m}]
  results:
  - {metric: recall, value: 0.78, slice: women, split: test, counts: {k: 7800, n: 10000}}
  - {metric: recall, value: 0.80, slice: men, split: test, counts: {k: 8000, n: 10000}}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: metric_difference, metric: recall, attribute: sex, max: 0.10}]}
  slices: [{id: women, attribute: sex, value: f}, {id: men, attribute: sex, value: m}]
  results:
  - {metric: recall, value: 0.60, slice: women, split: test, counts: {k: 12, n: 20}}
  - {metric: recall, value: 0.80, slice: men, split: test, counts: {k: 24, n: 30}}
~~~

## Options
possible: report a gap beyond the limit even where its interval reaches back to it

## Remedy
find out why the groups differ and correct the data, the model or the threshold; a larger sample settles a possible gap

## References
S4-45; 29 CFR 1607.4(D); Hardt et al. 2016
"""

from mlgov.rulekit import FairnessLimit, Findings, Intervals, Project, Row, abstain, limit_of, rule
from mlgov_rules.evaluation._documents import label
from mlgov_rules.evaluation._figures import lines_of
from mlgov_rules.evaluation._groups import Gap, gap_of, groups_of, reported


@rule("EVA208", severity="IEE", sources=["S4-45"], stricter={"possible": "higher"})
def fairness_threshold_exceeded(limit: FairnessLimit, project: Project, *, possible: bool = False) -> Findings:
    bound = limit.literal("max") or limit.literal("min")
    if not bound or not limit.measure:
        return
    told = [r for r in reported(limit, project) if not limit_of(limit).allows(abs(project.comparer.value(r)))]
    for result in told[:1]:
        over = limit.attribute or result.slice or "any attribute"
        words = f"{label(result)} = {result.literal('value')} exceeds the limit {bound} over {over}"
        more = [r.at("value") for r in told[1:] if r.at("value").file == result.at("value").file]
        yield result.at("value"), words, [limit.at(), *more]
    groups = groups_of(limit, project) if limit.attribute else []
    if told or len(groups) < 2:
        return
    gap = gap_of(limit, groups, project)
    if isinstance(gap, str):
        yield abstain(f"{limit.measure} over {limit.attribute}: {gap}")
    elif gap.verdict == "confirmed" or possible and gap.verdict == "possible":
        yield (
            gap.groups[0].at("value"),
            _words(limit, gap, bound),
            [*(r.at("value") for r in gap.groups[1:]), limit.at()],
            _figure(limit, gap),
        )
    elif gap.verdict == "possible":
        yield abstain(f"inconclusive: {_words(limit, gap, bound)}")


def _words(limit: FairnessLimit, gap: Gap, bound: str) -> str:
    names = " and ".join(str(r.slice) for r in gap.groups)
    what = f"{limit.measure} of {limit.metric}" if limit.metric else str(limit.measure)
    value = f"{gap.value:.3g} [{gap.low:.3g}, {gap.high:.3g}]"
    return f"{what} {value} between {names} exceeds the limit {bound} over {limit.attribute}: {gap.verdict}"


def _figure(limit: FairnessLimit, gap: Gap) -> Intervals:
    """The gap with its interval, against the limit; a negative difference turned around."""
    names = [str(r.slice) for r in gap.groups]
    ends = gap[:3] if gap.value >= 0 else (-gap.value, -gap.high, -gap.low)
    return Intervals(str(limit.measure), (Row(" and ".join(names), *ends),), lines_of(limit, None, "limit"))
