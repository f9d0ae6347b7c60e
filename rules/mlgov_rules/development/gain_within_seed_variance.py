"""A gain must be larger than the spread of repeated training runs.

## Why
Another random seed alone moves a metric; one run each shows which seed was luckier. The runs are tested against the
baseline by Student's t; fewer than three runs cannot be assessed.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: roc_auc, role: primary, unit: fraction}]
training:
  runs:
  - {id: a, seed: 1, metric: roc_auc, value: 0.871, split: test}
  - {id: b, seed: 2, metric: roc_auc, value: 0.842, split: test}
  - {id: c, seed: 3, metric: roc_auc, value: 0.880, split: test}
baselines: [{id: previous, kind: previous_model, results: [{metric: roc_auc, value: 0.858, split: test}]}]
~~~

### a metric that is minimised, in percent
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
metrics: [{id: mape, role: primary, unit: percent}]
training:
  runs:
  - {seed: 1, metric: mape, value: 10.1, split: test}
  - {seed: 2, metric: mape, value: 13.4, split: test}
  - {seed: 3, metric: mape, value: 11.2, split: test}
baselines: [{id: last_year, kind: heuristic, results: [{metric: mape, value: 12%, split: test}]}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: roc_auc, role: primary, unit: fraction}]
training:
  runs:
  - {seed: 1, metric: roc_auc, value: 0.871, split: test}
  - {seed: 2, metric: roc_auc, value: 0.873, split: test}
  - {seed: 3, metric: roc_auc, value: 0.870, split: test}
baselines: [{id: previous, kind: previous_model, results: [{metric: roc_auc, value: 0.858, split: test}]}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: roc_auc, role: primary, unit: fraction}]
training:
  runs: [{seed: 1, metric: roc_auc, value: 0.871, split: test}]
baselines: [{id: previous, kind: previous_model, results: [{metric: roc_auc, value: 0.858, split: test}]}]
~~~

### no baseline on this metric
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: roc_auc, role: primary, unit: fraction}]
training:
  runs: [{seed: 1, metric: roc_auc, value: 0.87}, {seed: 2, metric: roc_auc, value: 0.84}, {seed: 3, metric: roc_auc, value: 0.88}]
~~~

## Options
- `alpha` (0.05): the level of the two-sided test

## Remedy
train with at least five seeds and report the mean, or do not claim the gain

## References
S3-38; Bouthillier 2021; Student 1908
"""

from mlgov.rulekit import Findings, Intervals, Line, MetricResult, Project, Row, Run, abstain, in_base, rule, statistics
from mlgov_rules.development._gains import sign


@rule("MOD301", severity="-WE", sources=["S3-38"], stricter={"alpha": "lower"})
def gain_within_seed_variance(project: Project, *, alpha: float = 0.05) -> Findings:
    for name, runs in _by_metric(project).items():
        rivals = [r for b in project.baselines for r in b.results if _is_about(r, runs[0], project)]
        if len(runs) < 3:
            yield abstain(f"{len(runs)} runs of {name}: the spread of seeds is not assessable")
        elif not rivals:
            yield abstain(f"no baseline on {name}")
        else:
            for theirs in rivals:
                yield from _judge(name, runs, theirs, project, alpha)


def _by_metric(project: Project) -> dict[str, list[Run]]:
    """Runs of one metric on one data set, with different seeds."""
    groups: dict[tuple[str, str | None, str | None], list[Run]] = {}
    for run in project.training.runs:
        metric = project.metric(run.metric)
        name = metric.id if metric else run.metric
        if name and run.value is not None:
            group = groups.setdefault((name, run.split, run.dataset), [])
            if run.seed is None or run.seed not in [r.seed for r in group]:
                group.append(run)
    return {key[0]: runs for key, runs in groups.items() if sum(k[0] == key[0] for k in groups) == 1}


def _is_about(result: MetricResult, run: Run, project: Project) -> bool:
    """The same metric on what is not known to be other data."""
    metric = project.metric(run.metric)
    same = metric is not None and project.metric(result.metric) is metric or result.metric == run.metric
    key = project.comparer.key(result)
    return (
        same
        and result.value is not None
        and not result.slice
        and run.split == key.split
        and run.dataset in (None, key.dataset)
    )


def _judge(name: str, runs: list[Run], theirs: MetricResult, project: Project, alpha: float) -> Findings:
    better, unit = sign(theirs, project), project.unit(name)
    values = [in_base(r.value, unit) for r in runs if r.value is not None]
    base = project.comparer.value(theirs)
    lead = (sum(values) / len(values) - base) * better
    if not better or max(values) == min(values):
        yield abstain("unknown direction of the metric" if not better else f"the runs of {name} do not vary")
    elif lead > 0:
        found = statistics.one_sample_t_test(values, base)
        if not found.pvalue < alpha:
            spread = f"s = {found.sd:.3g}, k = {len(values)} runs, p = {found.pvalue:.2g}"
            message = f"the gain of {lead:.3g} in {name} is within the spread of seeds: {spread}"
            row = Row(f"{len(values)} runs: mean, lowest, highest", sum(values) / len(values), min(values), max(values))
            figure = Intervals(name, (row,), (Line("baseline", base),))
            yield runs[0].at("value"), message, [theirs.at("value"), *(r.at("value") for r in runs[1:])], figure
