"""Who a handle means: an id, an alias, a team, or an owner of CODEOWNERS."""

import re

from mlgov.rulekit import Project

_HANDLE = re.compile(r"@?[A-Za-z0-9](?:[\w.\-]*)(?:/[\w.\-]+)?")


def plain(handle: str) -> str:
    """`@Ada` and `ada` are one handle."""
    return handle.strip().lstrip("@").casefold()


def is_handle(text: str | None) -> bool:
    """False for mail addresses, channels, URLs and words: those name people without a list."""
    return bool(text) and bool(_HANDLE.fullmatch(str(text).strip()))


def known(project: Project) -> set[str]:
    """Every handle that the team list or CODEOWNERS defines."""
    team = project.team
    listed = [name for p in team.people for name in (p.id, *p.aliases, *p.teams) if name]
    return {plain(name) for name in (*listed, *(o for entry in team.codeowners for o in entry.owners))}


def roles_of(handle: str | None, project: Project) -> set[str]:
    """The roles that a person holds, under any of their names."""
    if not handle:
        return set()
    names = {plain(handle)}
    for person in project.team.people:
        all_names = {plain(n) for n in (person.id, *person.aliases) if n}
        if names & all_names:
            names |= all_names
    return {r.role for r in project.team.roles if r.role and names & {plain(h) for h in r.holders}}


def holders(project: Project, *roles: str) -> list[str]:
    """The people who hold one of the roles."""
    return [h for r in project.team.roles if r.role in roles for h in r.holders]
