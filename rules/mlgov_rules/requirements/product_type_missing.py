"""The product must say of which type it is: software-2.0, human-in-the-loop or autonomous.

## Why
What a wrong prediction costs, and what users have to be told, depends on whether a person stands between the model and the
effect. Other rules follow the type.

A product may be of several types. Where the whole section is absent, this rule speaks before launch is prepared; from
then on the rule about the failure path does.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
~~~

### the section is begun
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
product: {automation_level: recommend}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: ideation}
product: {type: human-in-the-loop}
~~~

### a mixed product
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: mail, stage: ideation}
product: {type: [software-2.0, autonomous]}
~~~

## Remedy
set `product.type`; it selects the rules about autonomy, oversight and feedback

## References
S2-24
"""

from mlgov.rulekit import Findings, Product, Project, presence


@presence("REQ007", "product", severity="WEE", stage="ideation", lead=True, sources=["S2-24"])
def product_type_missing(product: Product, project: Project) -> Findings:
    if not project.has_section("product") and project.reached("pre_launch"):
        return
    if product.lacks("type"):
        yield product.at(), "product type is not stated: software-2.0, human-in-the-loop or autonomous"
