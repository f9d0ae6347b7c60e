"""A compressed model must be evaluated as it is served.

A result counts if its variant is the one that is served. Results of the manifest that state no variant are those of the
uncompressed model; about results of other files nobody can tell.

## Why
Quantisation, pruning and distillation change predictions, seldom for all inputs alike. The number of the larger model
is a promise that the smaller one never made.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {compression: {method: quantization, variant: int8}}
evaluation:
  results: [{metric: recall, value: 0.84, split: test, variant: fp32}]
~~~

### no variant is stated
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {compression: {method: pruning, variant: half}}
evaluation:
  results: [{metric: recall, value: 0.84, split: test, model_hash: 5d41402abc4b2a76}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {compression: {method: quantization, variant: INT8}}
evaluation:
  results:
  - {metric: recall, value: 0.84, split: test}
  - {metric: recall, value: 0.83, split: test, variant: int-8}
~~~

### nothing is compressed
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {compression: {method: none, reason: fast enough}}
evaluation:
  results: [{metric: recall, value: 0.84, split: test}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
serving: {compression: {method: quantization, variant: int8}}
~~~
~~~json metrics.json
{"recall": 0.84}
~~~

## Remedy
evaluate the compressed model, and state its `variant` with the results

## References
S4-48
"""

import re

from mlgov.rulekit import Compression, Findings, Project, abstain, rule
from mlgov_rules.evaluation._documents import label


@rule("EVA209", severity="IEE", sources=["S4-48"])
def compression_without_reevaluation(compression: Compression, project: Project) -> Findings:
    served, results = compression.variant, project.results
    if compression.method in (None, "none") or not results:
        return
    variants = {_plain(r.variant) for r in results if r.variant}
    if _plain(served) in variants or not served and variants:
        return
    if not variants and not any(r.is_own for r in results):
        yield abstain("unknown variant of the results")
        return
    result = next((r for r in results if r.variant or r.is_own), results[0])
    measured = f"variant {result.variant}" if result.variant else "the uncompressed model"
    if result.model_hash:
        measured += f" with hash {result.model_hash}"
    words = f"the model is served as {served or compression.method}, {label(result)} is of {measured}"
    yield result.at("value"), words, [compression.at("variant" if served else "method")]


def _plain(variant: str | None) -> str:
    """`INT8` and `int-8` are one variant."""
    return re.sub(r"[^a-z0-9]", "", (variant or "").lower())
