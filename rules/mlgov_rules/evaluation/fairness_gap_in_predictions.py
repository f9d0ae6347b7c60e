"""Groups must not differ by more than the declared limit in the predictions themselves.

With `--data` the groups of each limit in `evaluation.fairness.limits` are counted in `evaluation.predictions`: every value
of the attribute, also those that no report shows. A gap is reported where its whole interval, which holds over all pairs
of groups (Šidák), lies beyond the limit.

## Why
A report that shows the large groups only, or the average, hides what happens to the small ones.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: demographic_parity_difference, attribute: sex, max: 0.1}]}
  predictions: {file: predictions.csv}
~~~
~~~csv predictions.csv
label,prediction,sex
1,1,m
1,1,m
0,1,m
0,1,m
1,1,m
0,1,m
1,1,m
1,1,m
0,1,m
0,1,m
1,0,f
1,0,f
0,0,f
0,0,f
1,0,f
0,0,f
1,0,f
1,0,f
0,0,f
0,0,f
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: metric_difference, metric: accuracy, attribute: sex, max: 0.9}]}
  predictions: {file: predictions.csv}
~~~
~~~csv predictions.csv
label,prediction,sex
1,1,m
1,1,m
0,1,m
0,1,m
1,1,f
0,0,f
1,1,f
1,0,f
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: credit}
evaluation:
  fairness: {limits: [{measure: demographic_parity_difference, attribute: sex, max: 0.1}]}
  predictions: {file: predictions.csv}
~~~
~~~csv predictions.csv
label,prediction,sex
1,1,m
1,0,m
0,0,f
0,0,f
~~~

## Options
possible: report a gap beyond the limit even where its interval reaches back to it

## Remedy
find out why the groups differ and correct the data, the model or the threshold; show the group in the report

## References
S4-45; 29 CFR 1607.4(D); Hardt et al. 2016
"""

from collections.abc import Callable

from mlgov.rulekit import FairnessLimit, Findings, MeasuredGroup, MeasuredGroups, Project, abstain, metric_name, rule
from mlgov_rules.evaluation._groups import Cells, Gap, Rate, worst

# what a metric counts in a group: of how many, how many
_OF: dict[str, Callable[[MeasuredGroup], tuple[int, int]]] = {
    "accuracy": lambda g: (g.tp + g.tn, g.tp + g.fp + g.fn + g.tn),
    "recall": lambda g: (g.tp, g.tp + g.fn),
    "precision": lambda g: (g.tp, g.tp + g.fp),
    "specificity": lambda g: (g.tn, g.tn + g.fp),
    "false_positive_rate": lambda g: (g.fp, g.tn + g.fp),
    "false_negative_rate": lambda g: (g.fn, g.tp + g.fn),
}


@rule("EVA402", severity="IEE", sources=["S4-45"])
def fairness_gap_in_predictions(measured: MeasuredGroups, project: Project, *, possible: bool = False) -> Findings:
    limit = _limit(measured, project)
    if limit is None:
        return
    gap = worst(limit, _rates(limit, measured, project), [_cells(g) for g in measured.groups])
    if isinstance(gap, str):
        yield abstain(f"{limit.measure} over {measured.attribute}: {gap}")
    elif gap.verdict == "confirmed" or possible and gap.verdict == "possible":
        yield limit.at(), _words(limit, gap, measured)
    elif gap.verdict == "possible":
        yield abstain(f"inconclusive: {_words(limit, gap, measured)}")


def _limit(measured: MeasuredGroups, project: Project) -> FairnessLimit | None:
    fairness = project.evaluation.fairness
    found = (limit for limit in fairness.limits if limit.at() == measured.at()) if fairness else ()
    return next((limit for limit in found if limit.measure and (limit.min is not None or limit.max is not None)), None)


def _rates(limit: FairnessLimit, measured: MeasuredGroups, project: Project) -> list[Rate]:
    """The rate that a measure is about: of selection, or the metric itself; empty groups have none."""
    metric = project.metric(limit.metric)
    name = metric.known.name if metric and metric.known else metric_name(limit.metric or "").base
    count = _OF.get(name) if limit.measure == "metric_difference" else _selected
    counted = ((count(g), g) for g in measured.groups) if count else ()
    return [Rate(k, n, g) for (k, n), g in counted if n]


def _selected(group: MeasuredGroup) -> tuple[int, int]:
    return group.tp + group.fp, group.tp + group.fp + group.fn + group.tn


def _cells(group: MeasuredGroup) -> Cells:
    return Cells(group.tp, group.fp, group.fn, group.tn, group)


def _words(limit: FairnessLimit, gap: Gap, measured: MeasuredGroups) -> str:
    names = " and ".join(f"{g.value} (n = {g.tp + g.fp + g.fn + g.tn})" for g in gap.groups)
    what = f"{limit.measure} of {limit.metric}" if limit.metric else str(limit.measure)
    bound = limit.literal("max") or limit.literal("min")
    value = f"{gap.value:.3g} [{gap.low:.3g}, {gap.high:.3g}]"
    return f"{what} {value} between {names} of {measured.attribute} in {measured.path} exceeds the limit {bound}: {gap.verdict}"
