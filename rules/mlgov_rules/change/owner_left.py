"""Whoever owns something must still be in the team, and at work on it.

That no owner has committed for long is information, and nothing more: there are other ways to look after a model. A
commit is by an owner where its name or address is the handle, or a name or alias of the person on the team list.

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

### nobody who owns anything has committed for a year; this is information in every profile
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: "@max", aliases: [max@example.org]}], ownership: {model: "@max", data: "@max"}}
~~~
~~~text after/notes.txt
any change
~~~

## Passes
### one of the owners is at work
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: max}, {id: ada}], ownership: {model: max, data: ada}}
~~~
~~~text after/notes.txt
any change
~~~

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

### whether a team has committed is not known
~~~yaml mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {ownership: {model: "@org/ml"}}
~~~
~~~text after/notes.txt
any change
~~~

## Options
* `inactive_days` (180): days without a commit of any owner from which it is said

## Remedy
pass on what the person owns: ownership, alerts, risks, pipelines and the rollback

## References
S0-25; NIST AI RMF GOVERN 2.1
"""

from collections.abc import Iterator
from datetime import date
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
    Severity,
    abstain,
    rule,
)

from ._words import FETCH

AREAS = ("problem", "data", "data_pipelines", "labels", "model", "serving", "monitoring")


@rule("CHG510", severity="IWE", sources=["S0-25"], stricter={"inactive_days": "lower"})
def owner_left(change: Change, *, inactive_days: int = 180) -> Findings:
    yield from _left(change)
    yield from _inactive(change, inactive_days)


def _left(change: Change) -> Findings:
    """Owners who went away from the list."""
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


def _inactive(change: Change, limit: int) -> Findings:
    """Owners of the project of whom none has committed for long."""
    owners = {handle: origin for handle, _, origin in reversed([*_areas(change.head)])}
    if not owners or not change.head.today or change.removed:
        return
    if not change.last_commits:
        yield abstain(f"when an owner committed last is not known: {FETCH}")
        return
    last = {handle: _last(change, handle) for handle in owners}
    if unknown := [handle for handle, day in last.items() if not day]:
        yield abstain(f"no commit is known to be by {unknown[0]}, who may have no part in the code, or another address")
        return
    handle = max(last, key=lambda h: last[h])
    days = (date.fromisoformat(change.head.today[:10]) - date.fromisoformat(last[handle][:10])).days
    if days > limit:
        words = f"no owner has committed for {days} days, the last was {handle} on {last[handle][:10]}"
        yield owners[handle], words, [o for h, o in owners.items() if h != handle], Severity.INFO


def _last(change: Change, handle: str) -> str:
    """The date of the last commit by a person; "" where none is known."""
    meant = next((p for p in change.head.records(Person) if handle in map(_plain, (p.id or "", *p.aliases))), None)
    names = {handle} if meant is None else {_plain(n) for n in (meant.id, meant.name, *meant.aliases) if n}
    return max((day for author, day in change.last_commits.items() if names & {*_names(author)}), default="")


def _names(author: str) -> Iterator[str]:
    """What a name or an address of an author may be called: `4711+ada@users.noreply.github.com` is ada."""
    local, at, _ = author.partition("@")
    yield from (author, local.rpartition("+")[2]) if at else (author, author.replace(" ", ""), author.replace(" ", "-"))


def _known(project: Project) -> Iterator[tuple[str, Origin]]:
    """Everyone who is listed, under every handle."""
    for person in project.records(Person):
        for handle in (person.id, *person.aliases):
            if handle:
                yield _plain(handle), person.at()
    for entry in project.records(CodeownersEntry):
        for handle in entry.owners:
            yield _plain(handle), entry.at()


def _areas(project: Project) -> Iterator[tuple[str, str, Origin]]:
    for ownership in project.records(Ownership):
        for area in AREAS:
            if handle := getattr(ownership, area):
                yield _plain(handle), f"the {area.replace('_', ' ')}", ownership.at(area)


def _owned(project: Project) -> Iterator[tuple[str, str, Origin]]:
    yield from _areas(project)
    things = (project.records(kind) for kind in (Alert, Risk, DataPipeline, Rollback))
    for record in chain.from_iterable(things):
        if handle := getattr(record, "owner", None):
            yield _plain(handle), record.subject, record.at("owner")


def _plain(handle: str) -> str:
    return handle.strip().lstrip("@").lower()
