"""A complex model must beat the simple one by more than noise.

## Why
Every step of complexity is paid for in latency, cost and maintenance for as long as the model lives.
Judged on the primary metric, on the same split and the same n: where even the most favourable paired result cannot be
told from noise, the gain is refuted. Items are taken as independent.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary, unit: fraction}]
training:
  candidates:
  - {id: logreg, complexity: simple, latency: {value: 12ms}, results: [{metric: accuracy, value: 0.910, split: test, n: 500}]}
  - {id: stack, complexity: ensemble, latency: {value: 60ms}, results: [{metric: accuracy, value: 0.914, split: test, n: 500}]}
~~~

### percent, and a simple baseline
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary, unit: percent}]
training:
  candidates: [{id: deepnet, complexity: complex}]
  selection: {selected: deepnet}
baselines: [{id: rules, kind: heuristic, results: [{metric: accuracy, value: 91.0, split: test, n: 500}]}]
evaluation:
  results: [{metric: accuracy, value: 91.4, split: test, n: 500}]
~~~

### a metric that is minimised, and no gain at all
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: prices}
metrics: [{id: rmse, role: primary}]
training:
  candidates:
  - {id: linear, complexity: simple, results: [{metric: rmse, value: 3.1, split: test}]}
  - {id: deepnet, complexity: complex, results: [{metric: rmse, value: 3.4, split: test}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary, unit: fraction}]
training:
  candidates:
  - {id: logreg, complexity: simple, results: [{metric: accuracy, value: 0.840, split: test, n: 1000}]}
  - {id: gbm, complexity: complex, results: [{metric: accuracy, value: 0.885, split: test, n: 1000}]}
~~~

### undecided is not refuted
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary, unit: fraction}]
training:
  candidates:
  - {id: logreg, complexity: simple, results: [{metric: accuracy, value: 0.90, split: test, n: 500}]}
  - {id: gbm, complexity: complex, results: [{metric: accuracy, value: 0.93, split: test, n: 500}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary, unit: fraction}]
training:
  candidates:
  - {id: logreg, complexity: simple, results: [{metric: accuracy, value: 0.910, split: test}]}
  - {id: gbm, complexity: complex, results: [{metric: accuracy, value: 0.914, split: test}]}
~~~

### another split
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
metrics: [{id: accuracy, role: primary, unit: fraction}]
training:
  candidates:
  - {id: logreg, complexity: simple, results: [{metric: accuracy, value: 0.910, split: validation, n: 500}]}
  - {id: gbm, complexity: complex, results: [{metric: accuracy, value: 0.914, split: test, n: 500}]}
~~~

## Options
- `alpha` (0.05): the level of the test

## Remedy
ship the simple model, or enlarge the test set until it shows the gain

## References
S3-18, S3-22, S4-30, S4-31, S2-05; ML Test Score M5; Rules of ML #40; McNemar 1947
"""

from collections.abc import Iterator
from typing import NamedTuple

from mlgov.rulekit import Candidate, Comparability, Findings, MetricResult, Project, abstain, rule
from mlgov_rules.development._gains import Gain, gain, sign


class Rival(NamedTuple):
    """A simple model and what it was measured at."""

    name: str | None
    results: list[MetricResult]
    candidate: Candidate | None = None


@rule("MOD203", severity="IWE", sources=["S3-18", "S3-22", "S4-30", "S4-31", "S2-05"], stricter={"alpha": "lower"})
def complexity_not_justified(candidate: Candidate, project: Project, *, alpha: float = 0.05) -> Findings:
    if candidate.complexity not in ("complex", "ensemble") or not _is_chosen(candidate, project):
        return
    for rival in _rivals(project):
        for result, theirs in _pairs(candidate, rival, project):
            comparable = _compared(result, theirs, project)
            if comparable.answer != "same":
                yield abstain(f"{rival.name}: {comparable.answer} {comparable.part}")
                continue
            found = gain(result, theirs, project, alpha)
            if isinstance(found, str):
                yield abstain(f"{rival.name}: {found}")
            elif found.is_refuted:
                message = f"{candidate.id} {_words(found, result, theirs, rival)}{_price(candidate, rival)}"
                yield result.at("value"), message, [theirs.at("value"), candidate.at("complexity")]


def _is_chosen(candidate: Candidate, project: Project) -> bool:
    """Only the selected model has to be justified; every complex one where none is selected."""
    chosen = project.training.selection.selected if project.training.selection else None
    return chosen is None or chosen == candidate.id


def _rivals(project: Project) -> Iterator[Rival]:
    for other in project.training.candidates:
        if other.complexity == "simple":
            yield Rival(other.id, other.results, other)
    named = {a.baseline for a in project.problem.alternatives if a.baseline}
    for baseline in project.baselines:
        if baseline.kind in ("heuristic", "simple_model") or baseline.id in named:
            yield Rival(baseline.id, baseline.results)


def _pairs(candidate: Candidate, rival: Rival, project: Project) -> Iterator[tuple[MetricResult, MetricResult]]:
    """The results of both on the metric that decides; on the only one they share, where none is primary."""
    chosen = project.training.selection and project.training.selection.selected == candidate.id
    mine = candidate.results or (project.results if chosen else [])
    both = [
        (a, b)
        for a in mine
        for b in rival.results
        if not a.slice and None not in (a.value, b.value) and project.comparer.same_metric(a, b) and sign(a, project)
    ]
    if project.primaries("offline"):
        both = [(a, b) for a, b in both if project.metric(a.metric) in project.primaries("offline")]
    if len({project.comparer.key(a).metric for a, _ in both}) == 1:
        yield min(both, key=lambda pair: _compared(pair[0], pair[1], project).answer != "same")


def _compared(result: MetricResult, theirs: MetricResult, project: Project) -> Comparability:
    return project.comparer.compare(result, theirs, ignore=("model_version", "variant"))


def _words(found: Gain, result: MetricResult, theirs: MetricResult, rival: Rival) -> str:
    said = f"{result.metric} {result.literal('value')} against {theirs.literal('value')}"
    if found.p_best is None:
        return f"does not beat the simple {rival.name}: {said}"
    return f"beats the simple {rival.name} within noise: {said}, on n = {found.n} no paired result has p below {found.p_best:.2g}"


def _price(candidate: Candidate, rival: Rival) -> str:
    mine, theirs = candidate.latency, rival.candidate.latency if rival.candidate else None
    if not mine or not theirs or not mine.value or not theirs.value or mine.percentile != theirs.percentile:
        return ""
    return f", at {mine.value / theirs.value:.2g} times the latency"
