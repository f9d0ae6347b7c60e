"""Every known limit of the model must be shown to its users.

## Why
A limit that stands only in the model card is met by users who have never heard of it. The link is made by ids; texts
are not compared.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
evaluation: {limitations: [{id: young_accounts, statement: not valid below 30 days}, {id: business, statement: private only}]}
product: {type: human-in-the-loop, disclosed_limitations: [young_accounts]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
evaluation: {limitations: [{id: young_accounts, statement: not valid below 30 days}]}
product: {type: human-in-the-loop, disclosed_limitations: [young_accounts]}
~~~

## Remedy
tell users ("does not handle ...") and list the limit under `product.disclosed_limitations`

## References
S0-49, S0-50; EU AI Act Article 13; People + AI Guidebook
"""

from mlgov.rulekit import Findings, Product, Project, presence


@presence("UXD001", "product", severity="-WE", stage="pre_launch", sources=["S0-49", "S0-50"])
def limitations_undisclosed(product: Product, project: Project) -> Findings:
    limits = [limit for limit in project.evaluation.limitations if limit.id]
    hidden = [limit for limit in limits if limit.id not in product.disclosed_limitations]
    if hidden and not project.is_excused("product.disclosed_limitations"):
        words = f"users are not told of {', '.join(str(limit.id) for limit in hidden)}"
        yield product.at("disclosed_limitations"), words, [limit.at() for limit in hidden]
