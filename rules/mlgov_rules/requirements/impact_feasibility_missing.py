"""Impact, feasibility and readiness must be judged before the work begins.

## Why
The value of a model, the price of its data and the people who keep it are known in rough terms on the first day, and decide
more than any architecture. Ranks and words will do.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  impact: {economic: 200 hours per month, product_need: an order of tickets, automates: sorting}
  feasibility: {data_access: easy, label_cost: low, data_quality: {reason: nobody looked}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  impact: {economic: 200 hours per month, product_need: an order of tickets, automates: sorting}
  feasibility:
    data_access: easy
    label_cost: {amount: 0.2, currency: EUR}
    data_needed: ~50000
    data_quality: partly
    accuracy_need: yes
    precedents: [https://example.org/survey]
    human_solvable: yes
  readiness: {data_collection: yes, staff: yes}
~~~

## Remedy
fill in `problem.impact`, `problem.feasibility` and `problem.readiness`, with a number, a rank or a word each

## References
S2-03, S2-04, S2-05, S2-06, S2-07, S2-08, S2-09, S2-10, S2-11, S2-12, S2-13, S2-14, S2-15, S2-16, S2-17, S2-18, S2-19, S2-20; NIST AI RMF MAP 3.1, 3.2
"""

from mlgov.rulekit import Findings, Project, presence
from mlgov_rules.requirements._answers import gaps, spoken

_FEASIBILITY = (
    "data_access", "label_cost", "data_needed", "data_quality", "accuracy_need", "precedents", "human_solvable",
)  # fmt: skip


@presence(
    "REQ006",
    "problem",
    severity="IWE",
    stage="ideation",
    sources=[f"S2-{number:02}" for number in range(3, 21)],
)
def impact_feasibility_missing(project: Project) -> Findings:
    found = gaps(project, "problem.impact", "economic", "product_need", "automates")
    found += gaps(project, "problem.feasibility", *_FEASIBILITY)
    found += gaps(project, "problem.readiness", "data_collection", "staff")
    if found:
        words, place, others = spoken(found)
        yield place, f"impact, feasibility and readiness lack {words}", others
