"""Who does and who owns what."""

from typing import Literal

from mlgov.lifecycle.fields import Contact, Contacts, PathsOrUrls, Text, Texts, items, states
from mlgov.lifecycle.record import Record

RoleName = Literal[
    "ml_pm",
    "eng_manager",
    "data_scientist",
    "ml_researcher",
    "ml_engineer",
    "data_engineer",
    "mlops",
    "domain_expert",
    "reviewer",
    "on_call",
]


class Person(Record):
    """One person or team."""

    id: Contact = states("handles as in CODEOWNERS")
    name: Text = states("display name")
    aliases: Texts = items("other handles and mail addresses")
    teams: Texts = items("teams the person belongs to")


class Role(Record):
    """Who does what."""

    role: RoleName | None = states("what is done")
    holders: Contacts = items("one person may hold several roles")
    kind: Literal["task", "platform"] | None = states("for ml_pm")
    deliverables: PathsOrUrls = items("what the role hands over")


class Ownership(Record):
    """Who owns what."""

    problem: Contact = states("owner of the requirements")
    data: Contact = states("owner of the data")
    data_pipelines: Contact = states("owner of the data pipelines")
    labels: Contact = states("owner of the labels")
    model: Contact = states("after launch as well")
    serving: Contact = states("owner of the service")
    monitoring: Contact = states("owner of monitoring")


class CodeownersEntry(Record):
    """One line of CODEOWNERS; the last match wins."""

    pattern: Text = states("which files")
    owners: Contacts = items("who owns them")
    section: Text = states("heading it stands under")


class Team(Record):
    """The section `team`."""

    archetype: Literal["ad_hoc", "rnd", "embedded", "independent", "ml_first"] | None = states(
        "FSDL organisation archetypes"
    )
    swe_integration: Text = states("how far the ML team carries integration")
    people: list[Person] = items("handles as in CODEOWNERS")
    roles: list[Role] = items("who does what")
    ownership: Ownership | None = states("who owns what")
    codeowners: list[CodeownersEntry] = items("last match wins")
