"""Ownership must fit the kind of organisation that the team says it is.

## Why
Each archetype answers the question who runs the model after the launch. Where the owners say something else, one of the
two is a wish. Advice only.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout: {stages: [{id: full, kind: full, traffic: 100%}]}
team:
  archetype: rnd
  roles: [{role: ml_researcher, holders: [cy]}]
~~~

### embedded, and the researcher owns the deployed model
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
team:
  archetype: embedded
  roles: [{role: ml_researcher, holders: [cy]}, {role: ml_engineer, holders: [bo]}, {role: data_engineer, holders: [di]}]
  ownership: {model: cy}
~~~

### nobody of the users owns the service of an ML-first organisation
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
team:
  archetype: ml_first
  roles: [{role: ml_engineer, holders: [bo]}]
  ownership: {model: bo, serving: bo}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout: {stages: [{id: full, kind: full, traffic: 100%}]}
team:
  archetype: embedded
  roles: [{role: ml_engineer, holders: [bo]}, {role: data_engineer, holders: [di]}]
  ownership: {model: bo}
~~~

### research that leaves production to an engineer
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
rollout: {stages: [{id: full, kind: full, traffic: 100%}]}
team:
  archetype: rnd
  swe_integration: the product team integrates
  roles: [{role: ml_researcher, holders: [cy]}, {role: mlops, holders: [sam]}]
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: pre_launch}
team:
  archetype: embedded
  ownership: {model: "@org/ml"}
~~~

## Remedy
give the work to the role that the archetype expects, or correct the archetype

## References
S0-22, S0-23, S0-26, S0-27, S0-29, S0-30, S0-37, S0-09
"""

from mlgov.rulekit import Findings, Origin, Project, Team, abstain, rule
from mlgov_rules.team._handles import holders, plain, roles_of

_ENGINEERS = ("ml_engineer", "mlops", "data_engineer")
_RESEARCH = ("ml_researcher", "data_scientist")


@rule(
    "ORG203",
    severity="-IW",
    stage="development",
    sources=["S0-22", "S0-23", "S0-26", "S0-27", "S0-29", "S0-30", "S0-37", "S0-09"],
)
def archetype_ownership_conflict(team: Team, project: Project) -> Findings:
    if team.archetype == "rnd":
        yield from _research(team, project)
    elif team.archetype in ("embedded", "independent"):
        yield from _owner_of_the_model(team, project)
        if team.archetype == "embedded":
            yield from _shared_work(team, project)
    elif team.archetype == "ml_first":
        yield from _owner_of_the_service(team, project)


def _conflict(team: Team, expected: str, got: str, *places: Origin) -> Findings:
    yield team.at("archetype"), f"archetype {team.archetype} implies {expected}, but {got}", list(places)


def _research(team: Team, project: Project) -> Findings:
    """Research does not bring products to users unless an engineer does."""
    stage = next((s for s in project.rollout.stages if s.kind == "full" or s.traffic == 1.0), None)
    if stage is None or holders(project, *_ENGINEERS):
        return
    if not team.roles:
        yield abstain("unknown roles")
    else:
        yield from _conflict(
            team, "no production", f"the rollout stage {stage.id} serves everybody and no engineer is named", stage.at()
        )


def _owner_of_the_model(team: Team, project: Project) -> Findings:
    """The deployed model stays with those who engineer it."""
    owner = team.ownership.model if team.ownership else None
    roles = roles_of(owner, project)
    if not roles:
        if owner:
            yield abstain(f"unknown roles of {owner}")
    elif not roles & {"ml_engineer", "mlops"} and (roles <= set(_RESEARCH) or team.archetype == "embedded"):
        words = f"{owner} owns it as {' and '.join(sorted(roles))}"
        yield from _conflict(
            team, "that an ML engineer owns the deployed model", words, project.at("team", "ownership", "model")
        )
    if (
        team.archetype == "embedded"
        and team.roles
        and project.has_section("data.pipelines")
        and not holders(project, "data_engineer")
    ):
        yield from _conflict(team, "a data engineer for the pipelines", "there is none", team.at("roles"))


def _shared_work(team: Team, project: Project) -> Findings:
    """Research and engineering of one product have at least one task in common."""
    research, engineers = ({plain(h) for h in holders(project, *roles)} for roles in (_RESEARCH, _ENGINEERS))
    tasks = [{plain(h) for h in t.assignees} for t in project.plan.tasks if len(t.assignees) > 1]
    apart = research and engineers and not research & engineers
    if apart and tasks and not any(t & research and t & engineers for t in tasks):
        yield from _conflict(
            team,
            "shared work of research and engineering",
            "no task has assignees of both",
            project.at("plan", "tasks"),
        )


def _owner_of_the_service(team: Team, project: Project) -> Findings:
    """The users run what they use."""
    owner = team.ownership.serving if team.ownership else None
    roles = roles_of(owner, project)
    if not owner:
        yield abstain("unknown owner of the service")
    elif roles and roles <= {*_ENGINEERS, *_RESEARCH}:
        words = f"{owner} of the ML team runs the service"
        yield from _conflict(team, "that the users run the service", words, project.at("team", "ownership", "serving"))
