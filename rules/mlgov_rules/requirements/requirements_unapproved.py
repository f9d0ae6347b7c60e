"""Somebody must have approved the requirements, by name and date.

## Why
Requirements that nobody agreed to are changed by whoever is loudest, and then nobody has ever wanted them.

Whether the approval is older than the last change of the text is a matter of history, which this rule does not read.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: development}
problem: {business_goal: faster answers}
~~~

### still pending
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: development}
problem: {business_goal: faster answers}
process: {approvals: [{of: problem, by: eva@example.org, on: 2026-11-16, outcome: pending}]}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: development}
problem: {business_goal: faster answers}
process: {approvals: [{of: problem, by: eva@example.org, on: 2026-11-16, outcome: approved}]}
~~~

### too early to ask
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: tickets, stage: ideation}
problem: {business_goal: faster answers}
~~~

## Remedy
have a second person sign: `process.approvals: [{of: problem, by: …, on: …}]`

## References
S4-02, S0-01; EU AI Act Annex IV 2(g); NIST AI RMF GOVERN 2.1
"""

from mlgov.rulekit import Findings, Problem, Project, presence


@presence("REQ010", "problem", severity="-IE", stage="development", sources=["S4-02", "S0-01"])
def requirements_unapproved(problem: Problem, project: Project) -> Findings:
    if not project.reached("development") or project.is_excused("process.approvals"):
        return
    approvals = [a for a in project.process.approvals if a.of == "problem"]
    if any(a.outcome in (None, "approved") and a.has("by", "on") for a in approvals):
        return
    if not approvals:
        yield problem.at(), "the requirements have no approval"
        return
    last = approvals[-1]
    lacking = [{"by": "a name", "on": "a date"}[field] for field in last.lacks("by", "on")]
    state = f"is {last.outcome}" if last.outcome in ("pending", "rejected") else f"lacks {' and '.join(lacking)}"
    yield last.at(), f"the approval of the requirements {state}", [problem.at()]
