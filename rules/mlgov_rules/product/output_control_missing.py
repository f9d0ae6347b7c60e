"""Users must be able to correct an output, or be spared the ones that are too uncertain.

## Why
A wrong output that can neither be changed nor avoided makes users work against the product.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
product: {type: software-2.0, failure_path: the list of 2024}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
product: {type: software-2.0, confidence_threshold: 0.8}
~~~

### nobody sees the score
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
product: {type: software-2.0, user_correction: {not_applicable: {reason: an internal API that returns scores, approved_by: eva}}}
~~~

## Remedy
offer a correction (`user_correction`) or a `confidence_threshold` below which nothing is shown

## References
S0-57, S0-58; People + AI Guidebook; EU AI Act Article 14
"""

from mlgov.rulekit import Findings, Product, missing, presence


@presence("UXD005", "product", severity="-WE", stage="pre_launch", sources=["S0-57", "S0-58"])
def output_control_missing(product: Product) -> Findings:
    message = "users can neither correct an output nor are they spared uncertain ones: {} is missing"
    yield from missing(product, message, any_of=("user_correction", "confidence_threshold"))
