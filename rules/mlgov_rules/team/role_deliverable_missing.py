"""What a role has to hand over must be there, and the requirements must be owned by the product manager.

## Why
A path that leads nowhere is a document that nobody wrote, or one that was moved and that nobody finds.
Links to other systems are not followed.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
team:
  roles: [{role: data_scientist, holders: [cy], deliverables: [reports/errors.md]}]
~~~

### the requirements
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
problem: {document: docs/PRD.md}
team:
  people: [{id: ada}, {id: bo}]
  roles: [{role: ml_pm, holders: [ada], deliverables: [docs/prd.md]}]
  ownership: {problem: bo}
~~~

~~~markdown docs/prd.md
# Requirements
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
problem: {document: docs/prd.md}
team:
  people: [{id: ada, aliases: [ada-l], teams: [product]}]
  roles:
  - {role: ml_pm, holders: ["@ada"], deliverables: [docs/prd.md, "https://wiki.example.org/prd"]}
  ownership: {problem: ada-l}
~~~

~~~markdown docs/prd.md
# Requirements
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: validation}
team:
  roles: [{role: data_scientist, holders: [cy]}]
~~~

## Remedy
write the document, correct its path, or give it to the role that owns it

## References
S1-02, S1-03, S1-04, S1-05, S1-06, S1-07, S1-46, S0-07, S0-08, S0-10, S0-11
"""

from mlgov.rulekit import Findings, Origin, Project, Role, abstain, rule
from mlgov_rules.team._handles import plain, roles_of


@rule(
    "ORG202",
    severity="-WE",
    stage="validation",
    sources=["S1-02", "S1-03", "S1-04", "S1-05", "S1-06", "S1-07", "S1-46", "S0-07", "S0-08", "S0-10", "S0-11"],
)
def role_deliverable_missing(role: Role, project: Project) -> Findings:
    if not role.deliverables:
        yield abstain(f"role {role.role} states no deliverables")
    for i, path in enumerate(role.deliverables):
        yield from _absent(str(role.role), path, role.at("deliverables", i), project)
    if role.role == "ml_pm" and role.holders:
        document = project.problem.document
        if document and document not in role.deliverables:
            yield from _absent("ml_pm", document, project.problem.at("document"), project)
        yield from _owner(role, project)


def _absent(role: str, path: str, place: Origin, project: Project) -> Findings:
    if project.exists(path) is False:
        twin = project.tree.near(project.path(path))
        also = f"; {twin} differs only in case" if twin else ""
        yield place, f"{role} must deliver {path}, which is not in the repository{also}"


def _owner(role: Role, project: Project) -> Findings:
    """The owner of the requirements holds the role, or is a team of somebody who does."""
    owner = project.team.ownership.problem if project.team.ownership else None
    if not owner or "ml_pm" in roles_of(owner, project):
        return
    names = {plain(h) for h in role.holders}
    teams = {
        plain(t) for p in project.team.people for t in p.teams if {plain(n) for n in (p.id or "", *p.aliases)} & names
    }
    listed = {plain(n) for p in project.team.people for n in (p.id or "", *p.aliases)}
    if plain(owner) in teams:
        return
    if plain(owner) not in listed:
        yield abstain(f"unknown whether {owner} is the ml_pm")
        return
    words = f"{owner} owns the requirements, the ml_pm is {', '.join(role.holders)}"
    yield project.at("team", "ownership", "problem"), words, [role.at("holders")]
