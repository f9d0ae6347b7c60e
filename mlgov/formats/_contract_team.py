"""The team of a data contract: a list of members up to 3.0, since 3.1 an object with a name and its members."""

from collections.abc import Iterator
from typing import Any

from mlgov.finding import Origin
from mlgov.formats._draft import Draft, rows
from mlgov.formats._quantities import text_of
from mlgov.lifecycle.fact import Fact

_OWNERS = ("owner", "data owner", "data product owner", "product owner", "dataset owner")
_ROLES = {
    "data scientist": "data_scientist", "data engineer": "data_engineer", "ml engineer": "ml_engineer",
    "machine learning engineer": "ml_engineer", "mlops engineer": "mlops", "platform engineer": "mlops",
    "domain expert": "domain_expert", "subject matter expert": "domain_expert",
}  # fmt: skip


def team(value: Any, where: Origin) -> Iterator[Fact]:
    """The people who have not left, their roles, and who owns the data: the owner among them, else the team."""
    name = text_of(value.get("name")) if isinstance(value, dict) else None
    members, place = (value.get("members"), where.at("members")) if isinstance(value, dict) else (value, where)
    holders: dict[str, Draft] = {}
    owners: list[Fact] = []
    for at, member in rows(members):
        handle = text_of(member.get("username"))
        if handle is None or member.get("dateOut"):
            continue
        person = Draft(place.at(at), id=handle)
        person.parts["id"] = place.at(at, "username")
        person.put("name", text_of(member.get("name")), place.at(at, "name"))
        if name:
            person.put("teams", [name], where.at("name"))
        yield person.fact("team.people[]")
        said = (text_of(member.get("role")) or "").lower()
        if said in _OWNERS:
            owners.append(Fact("team.ownership.data", handle, place.at(at, "username")))
        if role := _ROLES.get(said):
            found = holders.setdefault(role, Draft(place.at(at, "role"), role=role, holders=[]))
            found.values["holders"].append(handle)
    yield from (role.fact("team.roles[]") for role in holders.values())
    if not owners and name:
        owners = [Fact("team.ownership.data", name, where.at("name"))]
    yield from owners[:1]
