"""Each requirement must name the metric and bound, the test or the review that verifies it.

## Why
A requirement that nothing verifies is neither met nor missed. Whoever signs the release then decides by feeling.

Only requirements in mlgov's own format are asked; a requirement that will not be met this time (`wont`) is not.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics: [{id: recall}]
problem: {requirements: [{id: r3, kind: non_functional, statement: p95 below 200 ms}]}
~~~

### a metric without a bound
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics: [{id: recall}]
problem: {requirements: [{id: r1, statement: finds most leavers, acceptance: {metric: recall}}]}
~~~

### verified by a metric that is not named
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics: [{id: recall}]
problem: {requirements: [{id: r1, statement: finds most leavers, verification: metric}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
metrics: [{id: recall, unit: fraction}]
problem:
  requirements:
  - {id: r1, statement: finds most leavers, acceptance: {metric: recall, min: 60%}}
  - {id: r2, statement: shows three reasons, verification: review}
  - {id: r3, statement: answers in French, priority: wont}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
problem: {requirements: [{id: r1, statement: finds most leavers}]}
~~~

## Remedy
add `acceptance: {metric: …, min or max: …}`; or `verification: test` or `review` where no number can decide

## References
S0-01, S4-09; EU AI Act Annex IV 2(g); NIST AI RMF MEASURE 2.1
"""

from mlgov.rulekit import Findings, Project, Requirement, abstain, requirement_lack, rule


@rule("REQ202", severity="IWE", stage="development", sources=["S0-01", "S4-09"])
def requirement_without_metric(requirement: Requirement, project: Project) -> Findings:
    lack = requirement_lack(requirement) if requirement.is_own else ""
    if not lack:
        return
    if not project.metrics:
        yield abstain("the project defines no metrics")
    else:
        places = [requirement.at("acceptance")] if requirement.acceptance else []
        yield requirement.at(), f"requirement {requirement.id or requirement.statement} {lack}", places
