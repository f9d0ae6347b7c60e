"""Every role that the work needs must be held by somebody.

## Why
What nobody is responsible for is not done. One person may hold several roles. A role is needed only where there is work
for it: no operations without serving, no data engineer without data pipelines.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
problem: {statement: calls reach the wrong customers}
training: {loss: {name: log_loss}}
team:
  roles: [{role: ml_pm, holders: [ada]}]
~~~

### a role without a holder
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
serving: {target: cloud}
team:
  roles: [{role: mlops}]
~~~

### no section at all
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
training: {loss: {name: log_loss}}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
problem: {statement: calls reach the wrong customers}
training: {loss: {name: log_loss}}
serving: {target: cloud}
team:
  roles: [{role: ml_pm, holders: [ada]}, {role: data_scientist, holders: [bo]}, {role: mlops, holders: [bo]}]
~~~

## Remedy
name a holder for each role; a small team gives several roles to one person

## References
S1-01, S1-10, S0-07, S0-08, S0-09, S0-46, S2-04; NIST AI RMF GOVERN 2.1
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Origin, Project, presence

# which of the roles does the work of a section, and why it is needed
_NEEDED = (
    (("ml_pm",), ("problem",), "requirements"),
    (("ml_engineer", "data_scientist", "ml_researcher"), ("training",), "training"),
    (("data_engineer",), ("data.pipelines",), "data pipelines"),
    (("mlops",), ("serving", "rollout"), "serving"),
)


@presence(
    "ORG001",
    "team",
    severity="-WE",
    stage="development",
    lead=True,
    sources=["S1-01", "S1-10", "S0-07", "S0-08", "S0-09", "S0-46", "S2-04"],
)
def role_unassigned(project: Project) -> Findings:
    lacking = list(_lacking(project))
    if lacking:
        words = ", ".join(f"{name} ({reason})" for name, reason, _ in lacking)
        places = [place for _, _, place in lacking]
        yield places[0], f"roles without a person: {words}", places[1:]
    elif not project.team.roles and not project.is_excused("team.roles"):
        yield project.at("team", "roles"), "no role is assigned to anybody"


def _lacking(project: Project) -> Iterator[tuple[str, str, Origin]]:
    held = {r.role for r in project.team.roles if r.has("holders")}
    empty = [r for r in project.team.roles if r.role and not r.has("holders")]
    yield from ((str(r.role), "listed without a holder", r.at()) for r in empty)
    for roles, sections, reason in _NEEDED:
        named = held | {r.role for r in empty}
        if any(map(project.has_section, sections)) and not named & set(roles) and not project.is_excused("team.roles"):
            yield " or ".join(roles), f"needed for {reason}", project.at("team", "roles")
