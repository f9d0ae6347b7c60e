"""What a wrong prediction costs, and the worst harm it may do, must be stated.

## Why
Which metric decides, where the threshold lies and how much oversight is needed all follow from the price of the two errors.

Money or a level of severity will do.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: faster answers, error_cost: {false_positive: minor}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem:
  business_goal: faster answers
  error_cost: {false_positive: minor, false_negative: {amount: 60, currency: EUR}}
  failure: {consequence: minor}
~~~

## Remedy
state `problem.error_cost.false_positive`, `problem.error_cost.false_negative` and `problem.failure.consequence`

## References
S2-16, S2-28, S3-24; EU AI Act Article 9; NIST AI RMF MAP 5.1
"""

from mlgov.rulekit import Findings, Project, presence
from mlgov_rules.requirements._answers import gaps, spoken


@presence("REQ009", "problem", severity="IEE", stage="ideation", sources=["S2-16", "S2-28", "S3-24"])
def failure_consequence_missing(project: Project) -> Findings:
    found = gaps(project, "problem.error_cost", "false_positive", "false_negative")
    found += gaps(project, "problem.failure", "consequence")
    if found:
        words, place, others = spoken(found)
        yield place, f"nothing is said of what wrong predictions do: {words} missing", others
