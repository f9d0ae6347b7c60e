"""A gain over a baseline must be larger than the noise of its test set.

Two printed accuracies and n bound the paired result that is behind them: where even the most favourable one has
p >= alpha, no test on this test set can show the gain (refuted). With paired counts (`evaluation.comparisons`: b = only
the candidate right, c = only the baseline right) the exact test decides. Judged are primary metrics, and every metric
where none is primary. Items are taken as independent; clusters (`data.entity.rows_per_entity`) only make it worse.

## Why
With few test items a better number is often the same model on a lucky day.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary}]
baselines: [{id: rules, kind: current_system, results: [{metric: accuracy, value: 0.910, split: test, n: 500}]}]
evaluation:
  results: [{metric: accuracy, value: 0.914, split: test, n: 500}]
~~~

### paired counts
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary}]
baselines: [{id: rules, kind: current_system, results: [{metric: accuracy, value: 91%, split: test, n: 500}]}]
evaluation:
  results: [{metric: accuracy, value: 93%, split: test, n: 500}]
  comparisons: [{against: rules, metric: accuracy, split: test, n: 500, b: 30, c: 20}]
~~~

### a metric that is minimised
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: false_negative_rate, role: primary}]
baselines: [{id: old, kind: previous_model, results: [{metric: FNR, value: 0.32, split: test, positives: 50}]}]
evaluation:
  results: [{metric: FNR, value: 0.28, split: test, n: 900, positives: 50}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary}]
baselines: [{id: rules, kind: current_system, results: [{metric: accuracy, value: 0.840, split: test, n: 1000}]}]
evaluation:
  results: [{metric: accuracy, value: 0.885, split: test, n: 1000}]
~~~

### undecided without paired counts
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary}]
baselines: [{id: rules, kind: current_system, results: [{metric: accuracy, value: 0.90, split: test, n: 500}]}]
evaluation:
  results: [{metric: accuracy, value: 0.93, split: test, n: 500}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary}]
baselines: [{id: rules, kind: current_system, results: [{metric: accuracy, value: 0.910, split: test}]}]
evaluation:
  results: [{metric: accuracy, value: 0.914, split: test}]
~~~

## Options
alpha: the level of the test, 0.05
confirmed: ask for positive evidence of every gain; undecided gains are reported as well

## Remedy
enlarge the test set, publish the paired counts b and c, or do not claim the gain

## References
S3-38, S2-25; Dietterich 1998; McNemar 1947
"""

from mlgov.rulekit import Findings, Intervals, Line, MetricResult, Project, Row, abstain, rule
from mlgov_rules.evaluation._baselines import counterpart, direction
from mlgov_rules.evaluation._documents import is_first, label
from mlgov_rules.evaluation._figures import side_by_side
from mlgov_rules.evaluation._gains import Gain, pairs_of, verdict


@rule("EVA301", severity="IWE", sources=["S3-38", "S2-25"], stricter={"alpha": "lower", "confirmed": "higher"})
def improvement_within_noise(
    result: MetricResult, project: Project, *, alpha: float = 0.05, confirmed: bool = False
) -> Findings:
    metric = project.metric(result.metric)
    judged = metric and metric.role == "primary" or not any(m.role == "primary" for m in project.metrics)
    sign = direction(result, project)
    if result.owner != "evaluation" or result.slice or not judged or not sign:
        return
    if not is_first(result, project, "n", "positives"):
        return
    for baseline in project.baselines:
        theirs = counterpart(result, baseline, project)
        if isinstance(theirs, str):
            if theirs.startswith("unknown"):  # what differs is reported by EVA202
                yield abstain(f"baseline {baseline.id}: {theirs}")
            continue
        if (project.comparer.value(result) - project.comparer.value(theirs)) * sign <= 0:
            continue  # no gain is claimed
        paired = pairs_of(result, baseline, project)
        found = verdict(result, theirs, paired, project, alpha)
        said = f"{label(result)} = {result.literal('value')} against {theirs.literal('value')} of {baseline.id}"
        if isinstance(found, str):
            yield abstain(f"{said}: {found}")
        elif found.answer == "refuted" or confirmed and found.answer == "undecided":
            places = [theirs.at("value"), *([paired.at()] if paired else [])]
            figures = [side_by_side(result, theirs, str(baseline.id), project), _p_values(found, alpha)]
            yield result.at("value"), f"{said}: {found.answer}, {found.words} (alpha {alpha:g})", places, *figures


def _p_values(found: Gain, alpha: float) -> Intervals:
    """The p values that the data leave possible, against alpha."""
    low, high = found.p
    row = Row("p", low) if low == high else Row("possible p", None, low, high)
    return Intervals("p value of the gain", (row,), (Line("alpha", alpha, "max"),))
