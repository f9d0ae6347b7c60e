"""Reported values must be possible together.

Precision, recall and F1, accuracy and its parts, confusion counts, MAE and RMSE, percentiles, slices and their whole are
checked with the intervals that their printed digits leave. Only numbers of one file about one model, data set, split and
slice meet. F1 of one class is the harmonic mean; a mean over classes can only lie below it, and only that is checked
where the averaging is not stated.

## Why
Numbers that cannot come from one confusion matrix were measured on different things, or typed wrongly. No statistics is
needed to know it.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
evaluation:
  results:
  - {metric: precision, value: 0.80, split: test}
  - {metric: recall, value: 0.60, split: test}
  - {metric: f1, value: 0.75, split: test}
~~~

### errors
~~~json metrics.json
{"mae": 3.0, "rmse": 2.0, "r2": 0.61}
~~~

### percentiles, in two units
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: latency_p50, unit: ms}, {id: latency_p95, unit: ms}]
evaluation:
  results: [{metric: latency_p50, value: 210}, {metric: latency_p95, value: 180}]
~~~

### confusion counts
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: recall, value: 65%, n: 1000, counts: {tp: 60, fp: 30, fn: 40, tn: 870}}]
~~~

### slices that make up the whole
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  slices: [{id: men, attribute: sex, value: m}, {id: women, attribute: sex, value: f}]
  results:
  - {metric: accuracy, value: 0.90, n: 1000}
  - {metric: accuracy, value: 0.85, n: 600, slice: men}
  - {metric: accuracy, value: 0.88, n: 400, slice: women}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
evaluation:
  results:
  - {metric: precision, value: 80%, split: test}
  - {metric: recall, value: 0.60, split: test}
  - {metric: f1, value: 0.69, split: test}
  - {metric: precision, value: 0.99, split: train}
  - {metric: mae, value: 2.0}
  - {metric: rmse, value: 2.0}
~~~

### a mean over classes lies below the harmonic mean
~~~json metrics.json
{"precision_macro": 0.80, "recall_macro": 0.60, "f1_macro": 0.61}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: precision, value: 0.80, average: macro}
  - {metric: recall, value: 0.60, average: macro}
  - {metric: f1, value: 0.75}
~~~

## Remedy
report the numbers of one run on one data set, as it wrote them

## References
S4-43; Fazekas, Kovács 2023 (arXiv:2310.12527)
"""

from mlgov.rulekit import Findings, Project, abstain, rule
from mlgov_rules.evaluation._arithmetic import Group, groups_of, impossible, impossible_slices, mixed_averages
from mlgov_rules.evaluation._counts import items
from mlgov_rules.evaluation._documents import is_first, label
from mlgov_rules.evaluation._slices import partitions


@rule("EVA101", severity="EEE", sources=["S4-43"], implies=["EVA303"])
def metric_arithmetic_inconsistent(project: Project) -> Findings:
    for together in groups_of(project):
        for result in together:
            if is_first(result, project, "counts", "n", "positives"):
                yield from _judged(Group(result, together, project))


def _judged(group: Group) -> Findings:
    result, project = group.result, group.project
    found = list(impossible(group))
    if not found and result.owner == "evaluation" and not result.slice and items(result):
        for _, slices in partitions(result, project):
            found += impossible_slices(result, slices, project)
    for words, parts in found:
        said = " and ".join(f"{p.metric} = {p.literal('value')}" for p in parts if not p.slice)
        beside = f" beside {said}" if said else ""
        message = f"{label(result)} = {result.literal('value')} is impossible{beside}: {words}"
        yield result.at("value"), message, [p.at("value") for p in parts]
    if not found and mixed_averages(group):
        yield abstain(f"{label(result)}: unknown average")
