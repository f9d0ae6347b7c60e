"""A printed proportion of n items must be k/n for some integer k.

Judged are unweighted proportions whose denominator is known (n for accuracy, positives for recall), printed with so
many digits that not every number is possible. Means over classes, folds, seeds or words are exempt.

## Why
0.9137 of 200 items does not exist: there is a 182nd and a 183rd right answer and nothing between. Such a number was
measured on other data, averaged, or typed.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: accuracy, value: 0.9137, split: test, n: 200}]
~~~

### in a results file
~~~json metrics.json
{"test_accuracy": 0.9137, "n_test": 200}
~~~

### recall counts the positives
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
framing: {output: {type: binary}}
evaluation:
  results: [{metric: recall, value: 61.5%, split: test, n: 1000, positives: 40}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results:
  - {metric: accuracy, value: 0.9137, split: test, n: 20000}
  - {metric: recall, value: 0.675, split: test, n: 1000, positives: 40}
~~~

### a mean over folds
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: accuracy, value: 0.9137, split: cross_validation, n: 200, sd: 0.01}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
evaluation:
  results: [{metric: recall, value: 0.9137, split: test, n: 200}]
~~~

## Remedy
state the number of items that was really counted, or the value as it was measured

## References
S4-43; Brown, Heathers 2017 (GRIM)
"""

from mlgov.rulekit import Findings, MetricResult, Project, abstain, rule, statistics
from mlgov_rules.evaluation._counts import denominator, digits, known_metric
from mlgov_rules.evaluation._documents import is_first, label


@rule("EVA303", severity="WEE", sources=["S4-43"])
def impossible_proportion(result: MetricResult, project: Project) -> Findings:
    known = known_metric(result, project)
    if result.value is None or not (known and known.proportion) or not is_first(result, project, "n", "positives"):
        return
    n, value, places = denominator(result, project), project.comparer.value(result), digits(result, project)
    if n is None or result.value.approximate or not 0 <= value <= 1:
        if known.name != "precision" and (result.n is not None or result.positives is not None):
            yield abstain(f"{label(result)}: unknown number of items that are counted")
    elif _is_impossible(value, places, n):
        k = int(value * n)
        words = f"{label(result)} = {result.literal('value')} is not k/{n} for any integer k"
        nearest = f"{k}/{n} = {k / n:.{places}f}, {k + 1}/{n} = {(k + 1) / n:.{places}f}"
        counted = "n" if result.n is not None and int(result.n) == n else "positives"
        yield result.at("value"), f"{words} ({nearest})", [result.at(counted)]


def _is_impossible(value: float, places: int, n: int) -> bool:
    """True if the digits are more than n items can fill, and are filled with something else."""
    told = n > 0 and statistics.grim_is_informative(places, n)
    return told and not statistics.grim_possible(value, places, n).possible
