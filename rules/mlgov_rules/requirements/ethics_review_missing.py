"""The ethics review must be recorded with its outcome, its reviewer and its date.

## Why
A review that nobody signed was no review. The outcome also decides what has to happen before a rollout.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: faster answers}
~~~

### without a date
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: faster answers, ethics_review: {outcome: pass, reviewer: eva@example.org}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: faster answers, ethics_review: {outcome: pass, reviewer: eva@example.org, date: 2026-06-10}}
~~~

## Remedy
add `problem.ethics_review` with `outcome` (pass, conditional or fail), `reviewer` and `date`

## References
S2-06, S3-21, S3-28; NIST AI RMF GOVERN 4; EU AI Act Article 9
"""

from mlgov.rulekit import Findings, Project, missing_at, presence


@presence("REQ005", "problem", severity="IWE", stage="ideation", sources=["S2-06", "S3-21", "S3-28"])
def ethics_review_missing(project: Project) -> Findings:
    yield from missing_at(project, "problem.ethics_review", "the ethics review lacks {}", "outcome", "reviewer", "date")
