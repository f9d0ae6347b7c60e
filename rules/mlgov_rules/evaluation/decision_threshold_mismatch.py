"""A model must be served at the decision threshold, and with the weights, at which it was evaluated.

Compared with `serving.threshold` are the thresholds of results and `training.threshold`; thresholds by segment compare
with those of the slices of the same name. Weights of a combination compare by name with `training.ensemble`. The threshold
shown to users (`product.confidence_threshold`) is another rule's (UXD204).

## Why
Precision at 0.80 says nothing about what users get at 0.50.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: precision, value: 0.84, split: test, threshold: 0.80}]
serving: {threshold: 0.5}
~~~

### by segment, in percent
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  slices: [{id: new, attribute: tenure}, {id: old, attribute: tenure}]
  results:
  - {metric: precision, value: 0.84, slice: new, threshold: 70%}
  - {metric: precision, value: 0.84, slice: old, threshold: 60%}
serving: {threshold: {new: 0.7, old: 0.5}}
~~~

### weights of a combination
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: feed}
training: {ensemble: [{model: clicks, weight: 0.7}, {model: quality, weight: 0.3}]}
serving: {combine: {clicks: 0.8, quality: 0.2}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {threshold: {value: 0.62, split: validation}}
evaluation:
  results:
  - {metric: precision, value: 0.84, split: test, threshold: 62%}
  - {metric: precision, value: 0.91, split: test, threshold: 0.8}
serving: {threshold: 0.62}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
training: {threshold: {value: 0.62, split: validation}}
serving: {threshold: {new: 0.7, old: 0.62}}
~~~

## Remedy
serve at the threshold that was evaluated, or evaluate at the one that is served

## References
S0-58, S3-31; ML Test Score Monitoring 3
"""

from mlgov.rulekit import Findings, MetricResult, Origin, Project, Quantity, Serving, abstain, agree, decimals, rule


@rule("EVA210", severity="WEE", sources=["S0-58", "S3-31"])
def decision_threshold_mismatch(serving: Serving, project: Project) -> Findings:
    results = [r for r in project.results if r.threshold is not None]
    if isinstance(serving.threshold, dict):
        yield from _by_segment(serving.threshold, results, serving, project)
    elif serving.threshold is not None:
        yield from _one(serving.threshold, [r for r in results if not r.slice], serving, project)
    for member in project.training.ensemble:
        weights = (serving.combine.get(n) for n in (member.model, member.objective) if n)
        served = next((w for w in weights if w is not None), None)
        if served is not None and member.weight is not None and not _equal(served, member.weight):
            name = member.model or member.objective
            words = f"{name} is evaluated with weight {member.literal('weight')}, served with {served}"
            yield serving.at("combine"), words, [member.at("weight")]


def _one(served: Quantity, results: list[MetricResult], serving: Serving, project: Project) -> Findings:
    trained = project.training.threshold
    evaluated: list[tuple[Quantity, Origin]] = [
        (r.threshold, r.at("threshold")) for r in results if r.threshold is not None
    ]
    if trained and trained.value is not None and not _equal(trained.value, served):
        words = f"the threshold was chosen as {trained.literal('value')}, served is {served}"
        yield serving.at("threshold"), words, [trained.at("value"), *(origin for _, origin in evaluated[:1])]
    elif evaluated and not any(_equal(value, served) for value, _ in evaluated):
        value, origin = evaluated[0]
        yield serving.at("threshold"), f"threshold {value} is evaluated, {served} is served", [origin]


def _by_segment(
    served: dict[str, Quantity], results: list[MetricResult], serving: Serving, project: Project
) -> Findings:
    cut = [r for r in results if r.slice in served]
    trained = project.training.threshold
    if not cut and (results or trained and trained.value is not None):
        yield abstain("thresholds by segment are served; unknown which segments were evaluated")
    for segment, value in served.items():
        here = [r for r in cut if r.slice == segment and r.threshold is not None]
        if here and not any(_equal(r.threshold, value) for r in here if r.threshold is not None):
            words = f"threshold {here[0].literal('threshold')} is evaluated for {segment}, {value} is served"
            yield serving.at("threshold", segment), words, [here[0].at("threshold")]


def _equal(a: Quantity, b: Quantity) -> bool:
    """Equal numbers; one that is rounded to two digits or more counts as the same."""
    rounded = min(decimals(a) or 0, decimals(b) or 0) >= 2 and agree(a, b)
    return abs(a - b) <= 1e-9 or rounded
