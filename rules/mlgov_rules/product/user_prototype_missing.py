"""A prototype that people can click, or a test with users, must come before the product.

## Why
A page made in an afternoon shows whether anybody wants the prediction. Where there is no user interface, a sample of
outputs that somebody looked at counts.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
product: {type: software-2.0}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
product: {type: software-2.0, prototype: app.py}
~~~

### a test with users
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
product: {type: software-2.0, user_tests: ["https://wiki.example.org/tests/1"]}
~~~

## Remedy
build a page with Streamlit, Gradio or Voila, or show sample outputs to users, and link it

## References
S3-36
"""

from mlgov.rulekit import Findings, Product, missing, presence


@presence("UXD006", "product", severity="-IW", stage="development", sources=["S3-36"])
def user_prototype_missing(product: Product) -> Findings:
    yield from missing(product, "nobody has tried it yet: {} is missing", any_of=("prototype", "user_tests"))
