"""A change of governance must be approved by somebody other than its author.

Authors are those who wrote the commits of the change. An approver is known to be one of them by a mail address or a
name: those of `team.people[].aliases`, a handle that is a mail address, or the address that a forge made of the handle.

## Why
An approval is a second look. The author has already looked.

## Fails
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: ada, aliases: [ada@example.org]}, {id: eva, aliases: [eva@example.org]}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: ada, aliases: [ada@example.org]}, {id: eva, aliases: [eva@example.org]}]}
process: {approvals: [{of: evaluation, by: ada, on: 2026-11-20, outcome: approved}]}
~~~

### the reason of a loosened threshold
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {changes: [{path: "metrics[recall]", reason: too strict, approved_by: ada@example.org}]}
~~~

## Passes
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: ada, aliases: [ada@example.org]}, {id: eva, aliases: [eva@example.org]}]}
process: {approvals: [{of: data, by: ada, on: 2026-10-01, outcome: approved}]}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
team: {people: [{id: ada, aliases: [ada@example.org]}, {id: eva, aliases: [eva@example.org]}]}
process:
  approvals:
  - {of: evaluation, by: eva, on: 2026-11-20, outcome: approved}
  - {on: 2026-10-01, of: data, outcome: approved, by: ada}
~~~

## Abstains
~~~yaml before/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
~~~
~~~yaml after/mlgov.yaml
apiVersion: mlgov/v1
project: {id: churn}
process: {approvals: [{of: evaluation, by: eva, on: 2026-11-20, outcome: approved}]}
~~~

## Remedy
ask somebody else to look at the change and to approve it

## References
S4-02, S1-10; EU AI Act Annex IV 2(g); NIST AI RMF MEASURE 1.3
"""

import re
from collections.abc import Iterator

from mlgov.rulekit import Approval, Change, DeclaredChange, Findings, Origin, Person, abstain, rule

_NOREPLY = re.compile(r"(?:\d+[+-])?([^@]+)@users\.noreply\.")


@rule("CHG513", severity="-WE", sources=["S4-02", "S1-10"])
def self_approved_change(change: Change) -> Findings:
    authors = {name for said in change.authors for name in _names(said)}
    for what, approver, origin in _approvals(change):
        names = _identity(change, approver)
        if not authors:
            yield abstain("the authors of this change are not known: nothing is committed yet, or there is no history")
        elif names & authors:
            yield origin, f"{what} is approved by {approver}, an author of this change"
        elif not any("@" in name for name in names):
            yield abstain(f"no mail address of {approver} is known (team.people[].aliases)")


def _approvals(change: Change) -> Iterator[tuple[str, str, Origin]]:
    """What this change adds to the approvals: what is approved, by whom, and where it says so."""
    for approval in change.new(Approval):
        if approval.by and approval.outcome in (None, "approved"):
            yield approval.of or "the change", approval.by, approval.at("by")
    for entry in change.new(DeclaredChange):
        if entry.approved_by:
            yield f"the change of {entry.path_ or 'a threshold'}", entry.approved_by, entry.at("approved_by")


def _identity(change: Change, handle: str) -> set[str]:
    """All names of an approver."""
    mine = _plain(handle)
    found = {mine}
    for person in change.head.records(Person):
        names = {_plain(n) for n in (person.id, person.name, *person.aliases) if n}
        if mine in names:
            found |= names
    return found


def _names(author: str) -> Iterator[str]:
    """An author's name or address, and the handle in an address that a forge made."""
    yield _plain(author)
    if made := _NOREPLY.match(author):
        yield made[1]


def _plain(handle: str) -> str:
    return handle.strip().lstrip("@").lower()
