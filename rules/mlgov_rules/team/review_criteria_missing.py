"""How work is reviewed, and what each role hands over, must be known beforehand.

## Why
People who know that code, documentation and collaboration count will report a failed experiment as one.
Only criteria are asked for, never names or scores.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
process: {docs: [docs/howto.md]}
~~~

### a role that hands nothing over
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
process: {review_criteria: [code quality]}
team: {roles: [{role: data_scientist, holders: [cy]}, {role: reviewer, holders: [eva]}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
process: {review_criteria: [code quality, documentation, collaboration]}
team: {roles: [{role: data_scientist, holders: [cy], deliverables: [reports/errors.md]}, {role: on_call, holders: [sam]}]}
~~~

## Remedy
list criteria such as code quality, documentation and collaboration, and the deliverables of each role

## References
S0-40, S1-46, S1-47, S1-48
"""

from mlgov.rulekit import Findings, Project, missing, presence


@presence("ORG009", "process", severity="-IW", stage="development", sources=["S0-40", "S1-46", "S1-47", "S1-48"])
def review_criteria_missing(project: Project) -> Findings:
    yield from missing(project.process, "the process names no {}", "review_criteria")
    for role in project.team.roles:
        if role.is_own and role.role and role.role not in ("reviewer", "on_call"):
            yield from missing(role, f"role {role.role} states no {{}}", "deliverables")
