"""The confidence threshold that users meet must have been evaluated.

## Why
Below the threshold nothing is shown. How precise the rest is, and how much remains, is known only at that threshold.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies, stage: validation}
product: {confidence_threshold: 0.8}
evaluation: {results: [{metric: precision, value: 0.97, split: test, threshold: 0.5, coverage: 0.9}]}
~~~

### how much remains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies, stage: validation}
product: {confidence_threshold: 0.8}
evaluation: {results: [{metric: precision, value: 0.97, split: test, threshold: 0.80}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies, stage: validation}
product: {confidence_threshold: 80%}
evaluation: {results: [{metric: precision, value: 0.97, split: test, threshold: 0.8, coverage: 62%}]}
~~~

### the metric states it
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies, stage: validation}
metrics: [{id: precision, threshold: 0.8}]
product: {confidence_threshold: 0.8}
evaluation: {results: [{metric: precision, value: 0.97, split: test, coverage: 0.62}]}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: replies, stage: validation}
product: {confidence_threshold: 0.8}
~~~

## Remedy
add a result with precision and `coverage` at this threshold

## References
S0-58; Mitchell 2019, Metrics
"""

from mlgov.rulekit import Findings, Product, Project, abstain, in_base, rule
from mlgov_rules.product._evidence import whole_results


@rule("UXD204", severity="-WE", stage="validation", sources=["S0-58"])
def confidence_threshold_unevaluated(product: Product, project: Project) -> Findings:
    threshold = product.confidence_threshold
    if threshold is None:
        return
    results = list(whole_results(project))
    if not any(r.is_own for r in results):
        yield abstain("the manifest states no results; other files do not tell coverage")
        return
    at_threshold = [r for r in results if _is_at(project.comparer.key(r).threshold, threshold)]
    shown = threshold.text
    if not at_threshold:
        stated = sorted({str(t) for r in results if (t := project.comparer.key(r).threshold) is not None})
        others = f"; results stand at {', '.join(stated)}" if stated else ""
        yield (
            product.at("confidence_threshold"),
            f"no result was measured at the threshold {shown} that users meet{others}",
        )
    elif not any(r.coverage is not None for r in at_threshold):
        words = f"the coverage at the threshold {shown} is not stated"
        yield product.at("confidence_threshold"), words, [r.at("value") for r in at_threshold]


def _is_at(stated: float | None, wanted: float) -> bool:
    return stated is not None and abs(in_base(stated, None) - in_base(wanted, None)) < 1e-9
