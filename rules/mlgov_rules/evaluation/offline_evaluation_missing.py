"""There must be a machine-readable result, with what it was measured on.

One result with metric and value is enough to begin with; each result that the manifest states says besides on which data
set and split, of how many items (or counts), of which model version and when. Results that other tools wrote are taken
as they are.

## Why
A number without its data set, version and date cannot be compared with any other, and not be repeated.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
~~~

### what it was measured on is missing
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
data: {datasets: [{id: test_2026, role: test}]}
evaluation:
  results: [{metric: recall, value: 0.84, dataset: test_2026, split: test, n: 2000, model_version: "1.4", date: 2026-11-05}]
~~~

### written by the pipeline
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
~~~
~~~json reports/metrics.json
{"recall": 0.84}
~~~

## Remedy
let the pipeline write a results file, and state in the manifest what it was measured on

## References
S4-43, S1-37, S1-40; Mitchell et al. 2019, quantitative analyses; EU AI Act Annex IV 2(g)
"""

from mlgov.rulekit import Findings, MetricResult, Project, presence

_NEEDED = ("metric", "value", "dataset", "split", "model_version", "date")


@presence(
    "EVA001",
    "evaluation",
    severity="WEE",
    stage="validation",
    lead=True,
    sources=["S4-43", "S1-37", "S1-40"],
    implies=["EVA003", "EVA006", "EVA201", "EVA207"],
)
def offline_evaluation_missing(project: Project) -> Findings:
    if not project.evaluation.results:
        yield project.at("evaluation"), "no machine-readable evaluation result"
    for lacking, results in _incomplete(project).items():
        metrics = ", ".join(dict.fromkeys(r.metric or "a result" for r in results))
        words = f"evaluation results of {metrics} lack {', '.join(f.replace('_', ' ') for f in lacking)}"
        yield results[0].at(), words, [r.at() for r in results[1:]]


def _incomplete(project: Project) -> dict[tuple[str, ...], list[MetricResult]]:
    """The manifest's results by what they lack: one omission made ten times is one finding."""
    found: dict[tuple[str, ...], list[MetricResult]] = {}
    for result in project.evaluation.results:
        lacking = result.lacks(*_NEEDED) if result.is_own else []
        if result.is_own and not result.has("n") and not result.has("counts"):
            lacking.append("n")
        if lacking:
            found.setdefault(tuple(lacking), []).append(result)
    return found
