"""Whoever holds a role, owns a thing or is called by an alert must be on the team list or in CODEOWNERS.

## Why
An alert that is owned by a former colleague reaches nobody. Aliases and teams of the list count; mail addresses and
channels are not looked up. Owners in native files use the names of other systems and are not judged.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team:
  people: [{id: ada}, {id: sam, teams: ["@org/platform"]}]
  roles: [{role: ml_pm, holders: [ada]}]
monitoring:
  alerts: [{name: Slow, owner: kim}]
~~~

### a role and a risk
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team:
  people: [{id: ada}]
  roles: [{role: ml_pm, holders: [ada, lee]}]
risks: [{id: loop, owner: kim}]
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team:
  people: [{id: ada, aliases: [ada-l]}, {id: sam, teams: ["@org/platform"]}]
  roles: [{role: ml_pm, holders: ["@Ada"]}, {role: mlops, holders: ["@org/platform"]}]
  codeowners: [{pattern: /ml/, owners: ["@bo"]}]
monitoring:
  alerts: [{name: Slow, owner: bo}, {name: Down, owner: ops@example.org}]
risks: [{id: loop, owner: ada-l}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team:
  roles: [{role: ml_pm, holders: [ada]}]
~~~

### a team, and nobody says which teams there are
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team:
  people: [{id: ada}]
  ownership: {model: "@org/ml"}
~~~

## Remedy
name somebody who is there, or add the person to `team.people`

## References
S1-01, S0-24, S0-42, S1-44
"""

from collections.abc import Iterator

from mlgov.rulekit import Findings, Origin, Ownership, Project, abstain, rule
from mlgov_rules.team._handles import is_handle, known, plain

Holder = tuple[str, str, Origin]


@rule("ORG201", severity="IWE", sources=["S1-01", "S0-24", "S0-42", "S1-44"])
def role_holder_unknown(project: Project) -> Findings:
    listed = known(project)
    has_teams = any("/" in name for name in listed)
    people = bool(project.team.people)
    for handle, what, place in _holders(project):
        if not is_handle(handle) or plain(handle) in listed:
            continue
        if not listed:
            yield abstain("there is no list of people")
            return
        if "/" in handle and not has_teams or not people and not handle.startswith("@"):
            yield abstain(f"unknown whether {handle} exists")
        else:
            yield place, f"{handle} {what}, but is neither on the team list nor in CODEOWNERS"


def _holders(project: Project) -> Iterator[Holder]:
    for role in (r for r in project.team.roles if r.is_own):
        for i, handle in enumerate(role.holders):
            yield handle, f"holds the role {role.role}", role.at("holders", i)
    owned: Ownership | None = project.team.ownership
    for field in Ownership.model_fields if owned is not None and owned.is_own else ():
        if handle := getattr(owned, field):
            yield handle, f"owns {field.replace('_', ' ')}", project.at("team", "ownership", field)
    for alert in (a for a in project.monitoring.alerts if a.is_own and a.owner):
        yield str(alert.owner), f"owns the alert {alert.name}", alert.at("owner")
    for risk in (r for r in project.risks if r.is_own and r.owner):
        yield str(risk.owner), f"owns the risk {risk.id}", risk.at("owner")
    escalation = project.process.escalation
    if escalation is not None and escalation.is_own and escalation.contact:
        yield escalation.contact, "is the contact for escalations", escalation.at("contact")
