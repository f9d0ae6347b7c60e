"""Every result must say how certain it is.

The number of items, a confidence interval, a standard deviation over runs, or counts: one of them is enough, and it may
stand in any file that states the result. Results in other tools' files count if their metric is known or defined.

## Why
0.91 of 20 items and 0.91 of 20,000 items are different findings, and only one of them supports a decision.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}, {metric: precision, value: 0.80, split: test}]
~~~

### only the file of the pipeline speaks
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation: {error_analysis: looked at 200 misses by hand}
~~~
~~~json metrics.json
{"recall": 0.84}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
evaluation:
  results:
  - {metric: recall, value: 0.84, split: test, counts: {k: 336, n: 400}}
  - {metric: precision, value: 0.80, split: test, ci: {low: 0.76, high: 0.84}}
~~~
~~~json metrics.json
{"test_recall": 0.84}
~~~

## Remedy
add n, the confusion counts, a confidence interval or the standard deviation over runs

## References
S3-38; Mitchell et al. 2019, quantitative analyses; NIST AI RMF MEASURE 2.5
"""

from mlgov.rulekit import Findings, MetricResult, Project, presence
from mlgov_rules.evaluation._counts import known_metric
from mlgov_rules.evaluation._documents import by_file, is_one_of_several, label

_ANY = ("n", "ci", "sd", "counts")


@presence("EVA006", "evaluation", severity="IWE", stage="validation", sources=["S3-38"])
def uncertainty_missing(project: Project) -> Findings:
    for file, results in by_file(r for r in project.results if _is_asked(r, project)).items():
        bare = [r for r in results if not _is_certain(r, project)]
        named = list(dict.fromkeys(f"{label(r)} = {r.literal('value')}" for r in bare))
        if bare:
            more = f" and {len(named) - 5} more" if len(named) > 5 else ""
            words = f"{', '.join(named[:5])}{more} in {file}: neither n nor a confidence interval, sd or counts"
            yield bare[0].at(), words, [r.at() for r in bare[1:]]


def _is_asked(result: MetricResult, project: Project) -> bool:
    if is_one_of_several(result, project):  # a model that is told for comparison
        return False
    return result.is_own or bool(project.metric(result.metric) or known_metric(result, project))


def _is_certain(result: MetricResult, project: Project) -> bool:
    """True if this result, or another that may be the same one, states how certain it is."""
    if len(result.lacks(*_ANY)) < len(_ANY):
        return True
    compare = project.comparer.compare
    others = [o for o in project.comparer.alike(result) if len(o.lacks(*_ANY)) < len(_ANY)]
    return any(compare(o, result).answer != "different" for o in others)
