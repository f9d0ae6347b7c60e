"""A simple model must be trained and measured before a complex one.

## Why
The simple model shows what the data give away for free and finds the errors of the pipeline while they are cheap.
Zero-shot prompting of a foundation model counts as simple, and so does a measured simple baseline.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
training:
  candidates: [{id: deepnet, complexity: complex, trained_on: 2026-11-02}, {id: gbm, complexity: medium}]
~~~

### the simple model came later
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
training:
  candidates:
  - {id: deepnet, complexity: complex, trained_on: 2026-11-02}
  - {id: logreg, complexity: simple, trained_on: 2026-11-09, results: [{metric: roc_auc, value: 0.84, split: test}]}
~~~

### the simple model was never measured
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
training:
  candidates: [{id: deepnet, complexity: complex}, {id: logreg, complexity: simple}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
training:
  candidates:
  - {id: logreg, complexity: simple, trained_on: 2026-10-30, results: [{metric: roc_auc, value: 0.84, split: test}]}
  - {id: deepnet, complexity: complex, trained_on: 2026-11-02}
~~~

### a simple baseline
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
training:
  candidates: [{id: deepnet, complexity: complex}]
baselines: [{id: logreg, kind: simple_model, results: [{metric: roc_auc, value: 0.84, split: test}]}]
~~~

## Remedy
train a simple model, such as a logistic regression, and add its results; then justify every step beyond it

## References
S4-29, S3-33; Rules of ML #4, #14; ML Test Score M5
"""

from mlgov.rulekit import Candidate, Findings, Project, presence


@presence("MOD002", "training", severity="IWE", stage="validation", sources=["S4-29", "S3-33"])
def simple_first_model_missing(project: Project) -> Findings:
    candidates = [c for c in project.training.candidates if c.is_own]
    simple = [c for c in candidates if c.complexity == "simple"]
    beyond = [c for c in candidates if c.complexity in ("medium", "complex", "ensemble")]
    baseline = any(b.kind == "simple_model" and b.results for b in project.baselines)
    if candidates and not simple and not beyond:
        yield candidates[0].at(), "no candidate says how complex it is"
    elif beyond and not baseline:
        yield from _first(beyond, [c for c in simple if c.results], simple)


def _first(beyond: list[Candidate], measured: list[Candidate], simple: list[Candidate]) -> Findings:
    complex_ = beyond[0]
    if not simple:
        yield complex_.at("complexity"), f"no simple model was trained before {complex_.id}"
    elif not measured:
        message = f"the simple model {simple[0].id} has no results to compare {complex_.id} with"
        yield simple[0].at(), message, [complex_.at("complexity")]
    elif all(_is_later(s, c) for s in measured for c in beyond):
        late = measured[0]
        message = (
            f"the simple model {late.id} was trained on {late.trained_on}, after {complex_.id} ({complex_.trained_on})"
        )
        yield late.at("trained_on"), message, [complex_.at("trained_on")]


def _is_later(simple: Candidate, other: Candidate) -> bool:
    return bool(simple.trained_on and other.trained_on and simple.trained_on[:10] > other.trained_on[:10])
