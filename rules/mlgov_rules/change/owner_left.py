"""Whoever owns something must still be in the team.

The part of the catalogue that counts days without a commit of any owner is not decided here: handles and the addresses
of commits name people differently.

## Why
An alert whose owner left is read by nobody. Removing a person from the team file is the moment to pass things on.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: ada}, {id: eva}], ownership: {model: ada, data: eva}}
monitoring: {alerts: [{name: Slow, owner: ada}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: eva}], ownership: {model: ada, data: eva}}
monitoring: {alerts: [{name: Slow, owner: ada}]}
~~~

## Passes
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: ada}, {id: eva}], ownership: {model: ada, data: eva}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: eva}], ownership: {data: eva, model: eva}}
~~~

### another handle of the same person
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: ada}], ownership: {model: ada}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: ada_lovelace, aliases: ["@ada"]}], ownership: {model: ada}}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: ada}], ownership: {model: ada}}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {ownership: {model: ada}}
~~~

## Remedy
pass on what the person owns: ownership, alerts, risks, pipelines and the rollback

## References
S0-25; NIST AI RMF GOVERN 2.1
"""

from collections.abc import Iterator
from itertools import chain

from mlgov.rulekit import (
    Alert,
    Change,
    CodeownersEntry,
    DataPipeline,
    Findings,
    Origin,
    Ownership,
    Person,
    Project,
    Risk,
    Rollback,
    abstain,
    rule,
)

AREAS = ("problem", "data", "data_pipelines", "labels", "model", "serving", "monitoring")


@rule("CHG510", severity="IWE", sources=["S0-25"])
def owner_left(change: Change) -> Findings:
    before, after = dict(_known(change.base)), dict(_known(change.head))
    left = before.keys() - after.keys()
    owned: dict[str, list[tuple[str, Origin]]] = {}
    for handle, what, origin in _owned(change.head):
        if handle in left:
            owned.setdefault(handle, []).append((what, origin))
    if owned and not after:
        yield abstain("nobody is listed in the team any more, so who is left is not known")
        return
    for handle, things in owned.items():
        words = f"{handle} was removed from the team, and still owns {', '.join(what for what, _ in things)}"
        yield things[0][1], words, [origin for _, origin in things[1:]] + [before[handle]]


def _known(project: Project) -> Iterator[tuple[str, Origin]]:
    """Everyone who is listed, under every handle."""
    for person in project.records(Person):
        for handle in (person.id, *person.aliases):
            if handle:
                yield _plain(handle), person.at()
    for entry in project.records(CodeownersEntry):
        for handle in entry.owners:
            yield _plain(handle), entry.at()


def _owned(project: Project) -> Iterator[tuple[str, str, Origin]]:
    for ownership in project.records(Ownership):
        for area in AREAS:
            if handle := getattr(ownership, area):
                yield _plain(handle), f"the {area.replace('_', ' ')}", ownership.at(area)
    things = (project.records(kind) for kind in (Alert, Risk, DataPipeline, Rollback))
    for record in chain.from_iterable(things):
        if handle := getattr(record, "owner", None):
            yield _plain(handle), record.subject, record.at("owner")


def _plain(handle: str) -> str:
    return handle.strip().lstrip("@").lower()
