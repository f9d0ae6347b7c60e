"""A product with a human in the loop must measure what it does for the human.

## Why
A good model that costs the person more time than it saves has failed. Handling time, acceptance and override of
suggestions show it; at least the need of the person has to be written down.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: roc_auc, kind: model_quality}, {id: latency_p95, kind: operational}]
product: {type: human-in-the-loop}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: roc_auc, kind: model_quality}, {id: handling_time, kind: ux}]
product: {type: [human-in-the-loop]}
~~~

### the name says it
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
metrics: [{id: suggestion_acceptance_rate}]
product: {type: human-in-the-loop}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
product: {type: human-in-the-loop}
~~~

## Remedy
define a metric of kind ux, such as the median handling time or the override rate, and state `user_needs`

## References
S2-27, S2-30; People + AI Guidebook; NIST AI RMF MAP 3.5
"""

import re

from mlgov.rulekit import Findings, Metric, Product, Project, abstain, rule

_OF_PEOPLE = re.compile(
    r"accept(ance|ed)?|overrid|overrul|handling|time_to|task_time|effort|satisfaction|csat|nps|usability|correction|dismiss"
    r"|수락|수정|만족|처리_?시간"
)


@rule("UXD201", severity="-WE", stage="pre_launch", sources=["S2-27", "S2-30"])
def hitl_without_ux_measure(product: Product, project: Project) -> Findings:
    if "human-in-the-loop" not in product.type or product.has("user_needs"):
        return
    if not project.metrics:
        yield abstain("no metrics are defined")
    elif not any(_is_about_people(m) for m in project.metrics):
        words = "a human is in the loop, but neither their time, nor acceptance or override, nor their need is stated"
        yield product.at("type"), words, [project.at("metrics")]


def _is_about_people(metric: Metric) -> bool:
    return metric.kind == "ux" or bool(_OF_PEOPLE.search(f"{metric.id} {metric.name or ''}".lower().replace(" ", "_")))
