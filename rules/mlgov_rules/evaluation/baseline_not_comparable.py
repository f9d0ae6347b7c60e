"""Baseline and candidate must be measured on the same data, split and metric.

A baseline is comparable if one of its results of a metric matches one of the candidate's. Model version, variant and
decision threshold belong to each model and may differ.

## Why
A gain over a baseline that was measured on other data is a difference of the data, not of the models.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test_2025, role: test}, {id: test_2026, role: test}]}
baselines:
- {id: rules, kind: current_system, results: [{metric: recall, value: 0.52, dataset: test_2025, split: test}]}
evaluation:
  results: [{metric: recall, value: 0.61, dataset: test_2026, split: test}]
~~~

### another version of the data
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: rules, kind: current_system, results: [{metric: mae, value: 7, dataset_version: v1, split: test}]}
evaluation:
  results: [{metric: mae, value: 5, dataset_version: v2, split: test}]
~~~

### a comparison on other data than the baseline's result
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
baselines:
- {id: rules, kind: current_system, results: [{metric: recall, value: 0.52, split: test}]}
evaluation:
  comparisons: [{against: rules, metric: recall, split: validation, n: 500, b: 40, c: 12}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: valid_2026, role: validation}, {id: test_2026, role: test}]}
baselines:
- id: rules
  kind: current_system
  model_version: "1.3"
  results:
  - {metric: Recall, value: 52%, dataset: valid_2026}
  - {metric: Recall, value: 54%, dataset: test_2026}
evaluation:
  results: [{metric: recall, value: 0.61, dataset: test_2026, split: test, model_version: "1.4"}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
data: {datasets: [{id: test_2025, role: test}, {id: test_2026, role: test}]}
baselines:
- {id: rules, kind: current_system, results: [{metric: recall, value: 0.52, split: test}]}
evaluation:
  results: [{metric: recall, value: 0.61, dataset: test_2026, split: test}]
~~~

## Remedy
measure the baseline again on the data of the candidate

## References
S3-32, S3-35, S1-36; ML Test Score Model 5
"""

from mlgov.rulekit import Baseline, Comparison, Findings, MetricResult, Project, abstain, rule
from mlgov_rules.evaluation._baselines import candidates, usable
from mlgov_rules.evaluation._documents import is_one_of_several, label


@rule("EVA202", severity="WEE", sources=["S3-32", "S1-36", "S3-35"])
def baseline_not_comparable(baseline: Baseline, project: Project) -> Findings:
    key = project.comparer.key
    for metric in dict.fromkeys(key(r).metric for r in usable(baseline)):
        yield from _compared([r for r in usable(baseline) if key(r).metric == metric], baseline, project)
    for comparison in project.evaluation.comparisons:
        if comparison.against == baseline.id:
            yield from _elsewhere(comparison, baseline, project)


def _compared(results: list[MetricResult], baseline: Baseline, project: Project) -> Findings:
    first = [r for r in results if not _is_echo(r, results, project)]
    answers = [(r, c, answer) for r in first for c, answer in candidates(r, project)]
    answers = [a for a in answers if not _is_echo(a[1], project.comparer.alike(a[1]), project)]
    answers = [a for a in answers if not is_one_of_several(a[1], project)] or answers
    if not answers or any(answer.answer == "same" for *_, answer in answers):
        return
    result, candidate, answer = answers[0]
    unclear = next((a for *_, a in answers if a.answer == "unknown" or a.part == "unit"), None)
    if unclear:
        yield abstain(f"{label(result)}: {unclear.answer} {unclear.part.replace('_', ' ')}")
        return
    part = answer.part
    theirs, ours = getattr(project.comparer.key(result), part), getattr(project.comparer.key(candidate), part)
    words = f"baseline {baseline.id} has {label(result)} = {result.literal('value')} on {part.replace('_', ' ')} "
    words += f"{theirs}, the candidate has {candidate.literal('value')} on {ours}"
    yield result.at("value"), words, [candidate.at("value")]


def _is_echo(result: MetricResult, others: list[MetricResult], project: Project) -> bool:
    """True for a document's copy of a number that the manifest states with more about it."""
    comparer = project.comparer
    own = [o for o in others if o.is_own and not result.is_own]
    return any(comparer.agree(o, result) and comparer.compare(o, result).answer != "different" for o in own)


def _elsewhere(comparison: Comparison, baseline: Baseline, project: Project) -> Findings:
    alike = project.comparer.named_alike
    results = [r for r in usable(baseline) if not comparison.metric or alike(r.metric, comparison.metric)]
    for part in ("dataset", "split"):
        said = getattr(comparison, part)
        stated = [r for r in results if getattr(project.comparer.key(r), part)]
        if said and stated and all(getattr(project.comparer.key(r), part) != said for r in stated):
            measured = getattr(project.comparer.key(stated[0]), part)
            words = f"the comparison with {baseline.id} is on {part} {said}, the result of {baseline.id} on {measured}"
            yield comparison.at(part), words, [stated[0].at("value")]
            return
