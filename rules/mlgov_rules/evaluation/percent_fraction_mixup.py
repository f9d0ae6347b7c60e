"""One metric must be a percent everywhere or a fraction everywhere.

Two values of one metric that would agree if one of them were a hundred times larger are most likely the same number in
two units. No mismatch is reported beside this finding.

## Why
A bound of 0.9 lets 91.2 pass whatever it means, and an alert at 5 never fires on a fraction.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: accuracy, value: 93.1, split: test}]
~~~
~~~json metrics.json
{"test_accuracy": 0.93067}
~~~

### against the declared unit
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: precision, unit: percent}]
evaluation:
  results: [{metric: precision, value: 42.5}]
~~~
~~~json metrics.json
{"precision": 0.425}
~~~

## Fixed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: accuracy, value: 0.93067, split: test}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: accuracy, value: 93.1%, split: test}]
~~~
~~~json metrics.json
{"test_accuracy": 0.93067}
~~~

### errors in the unit of the target have no percent
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: mae, value: 3.1, split: test}, {metric: mae, value: 310, split: validation}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: f1, value: 93.1}]
~~~
~~~json metrics.json
{"f1_macro": 0.931}
~~~

## Remedy
write one unit everywhere, and state it in `metrics[].unit`

## References
S3-25
"""

from mlgov.rulekit import (
    Findings,
    Fix,
    MetricResult,
    Observation,
    Origin,
    Project,
    abstain,
    decimals,
    quantity,
    repair,
    rule,
)
from mlgov_rules.evaluation._counts import known_metric
from mlgov_rules.evaluation._documents import file_of, label

# errors that are shares although they have no upper end
_SHARES = {"mape", "smape", "wape", "wer", "cer", "bleu", "chrf"}


@rule("EVA216", severity="IIW", sources=["S3-25"], implies=["EVA204", "EVA212", "EVA303", "EVA306"])
def percent_fraction_mixup(project: Project) -> Findings:
    comparer = project.comparer
    for group in comparer.grouped(project.statements).values():
        told: set[Origin] = set()
        for said in group if _is_share(group[0], project) else ():
            hundredfold = [o for o in group if _is_hundredth(o, said, project)]
            same = [o for o in hundredfold if comparer.compare(said, o).answer == "same"]
            if hundredfold and not same:
                yield abstain(f"{label(said)}: unknown {comparer.compare(said, hundredfold[0]).part}")
            elif same and told.isdisjoint(o.at("value") for o in (said, *same)):
                told |= {o.at("value") for o in (said, *same)}
                yield _mixup(said, same, project)


def _is_hundredth(small: MetricResult, large: MetricResult, project: Project) -> bool:
    """True if one value is a hundredth of the other, printed with a decimal and without a percent sign."""
    if small.value is None or large.value is None or not abs(large.value) > 10 * abs(small.value):
        return False
    told = not small.literal("value").strip().endswith("%") and (decimals(small.value) or 0) >= 1
    return told and project.comparer.off_by_hundred(small, large)


def _mixup(said: MetricResult, others: list[MetricResult], project: Project) -> Observation:
    words = f"{label(said)} is {said.literal('value')} in {file_of(said)} and {others[0].literal('value')} in "
    words += f"{file_of(others[0])}: one looks like a percent, the other like a fraction"
    return said.at("value"), words, [o.at("value") for o in others], _as_measured([said, *others], project)


def _as_measured(every: list[MetricResult], project: Project) -> Fix | None:
    """The measured number for each that a document states, where a bare number can only be a fraction."""
    if project.unit(every[0].metric) not in (None, "fraction", "ratio"):
        return None
    stated = [r for r in every if not r.is_observed]
    measured = [r for r in every if r.is_observed]
    if not measured or len({abs(r.value or 0) > 10 * abs(measured[0].value or 0) for r in stated}) != 1:
        return None
    number = quantity(measured[0].literal("value"))
    steps = [repair.replace(r.at("value"), number, r.literal("value")) for r in stated]
    return repair.fix(f"write {number.text}, the measured number", *steps)


def _is_share(result: MetricResult, project: Project) -> bool:
    """True for rates and other shares, and for metrics that nobody knows."""
    known = known_metric(result, project)
    return known is None or known.high == 1 or known.name in _SHARES
