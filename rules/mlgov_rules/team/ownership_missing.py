"""Data, labels, model and service must each have an owner.

## Why
After the launch the people who built a model move on. What has no owner then is neither mended nor switched off.
Labels and serving are asked about only where there are any. A team may be the owner.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data: {labels: {name: churned}}
team:
  roles: [{role: ml_pm, holders: [ada]}]
  ownership: {data: di, model: TBD}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, stage: development}
data: {labels: {name: churned}}
serving: {target: cloud}
team:
  ownership: {data: di, labels: di, model: "@org/ml", serving: sam}
~~~

## Remedy
name a person or a team under `team.ownership`

## References
S0-24, S0-25; NIST AI RMF GOVERN 2.1; Rules of ML #11
"""

from mlgov.rulekit import Findings, Project, missing_at, presence


@presence("ORG002", "team", severity="IWE", stage="development", sources=["S0-24", "S0-25"])
def ownership_missing(project: Project) -> Findings:
    fields = ["data"]
    if project.has_section("data.labels"):
        fields.append("labels")
    fields.append("model")
    if project.has_section("serving") or project.has_section("rollout"):
        fields.append("serving")
    yield from missing_at(project, "team.ownership", "there is no owner of {}", *fields)
