"""The business goal must be stated: the value that the organisation expects, in its own words.

## Why
A document that opens with the algorithm cannot say when the product has failed. The goal also decides which errors matter.

A link to the place where the goal is written counts as a statement of it.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
~~~

### begun, and still a placeholder
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: TBD, statement: use BERT for tickets}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: answer 30 % of the tickets without an agent, which saves 200 hours per month}
~~~

### the goal stands elsewhere
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: https://wiki.example.org/tickets/goals}
~~~

## Remedy
add to `problem.business_goal` one sentence: the goal, who benefits, and in which unit the value is counted

## References
S3-14, S3-26, S3-45, S4-03; NIST AI RMF MAP 1.3, 1.4
"""

from mlgov.rulekit import Findings, Problem, missing, presence


@presence(
    "REQ001",
    "problem",
    severity="WEE",
    stage="ideation",
    lead=True,
    sources=["S3-14", "S3-26", "S3-45", "S4-03"],
)
def business_goal_missing(problem: Problem) -> Findings:
    yield from missing(problem, "no {} (value to the organisation) is stated", "business_goal")
