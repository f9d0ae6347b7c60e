"""A project must not be named after an animal.

## Why
Nobody remembers which of the otters ranks the call list.

## Fails
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: otter, name: Otter}
~~~

## Passes
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn, name: Churn call list}
~~~

## Abstains
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~

## Remedy
name the project after what it does

## References
the handbook of Stranger Inc.
"""

from mlgov.rulekit import Findings, Project, abstain, rule


@rule("STR101", severity="IWE")
def codename_in_title(project: Project, *, animals: tuple[str, ...] = ("otter", "lynx")) -> Findings:
    name = project.identity.name
    if not name:
        yield abstain("the project has no name")
    elif name.lower() in animals:
        yield project.at("project", "name"), f"the project is named after an animal: {name}"
