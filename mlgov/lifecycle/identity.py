"""Who a project is: identity, stage, risk tier, and which files belong to it."""

from typing import Annotated, Literal

from mlgov.lifecycle.fields import (
    FilePath,
    Id,
    Mapped,
    Name,
    OneOrMore,
    Shorthand,
    Text,
    Texts,
    Url,
    Version,
    items,
    maps,
    states,
)
from mlgov.lifecycle.record import Record, Sourced

CardSection = Literal[
    "details",
    "intended_use",
    "factors",
    "metrics",
    "evaluation_data",
    "training_data",
    "quantitative",
    "ethics",
    "caveats",
]


class License(Record):
    """The licences of code, model and data, as SPDX ids."""

    code: Text = states("licence of the code")
    weights: Text = states("licence of the model")
    data: Text = states("licence of the data")


class Card(Sourced):
    """The model card and what it holds."""

    file: FilePath = states("the model card")
    sections: OneOrMore[CardSection] = items("sections of the card that hold text (Mitchell 2019)")
    factors: Texts = items("groups and conditions the card names")
    files: Texts = items("files of the repository the card names; with / from the root, else wherever they lie")


class ArtifactLink(Record):
    """A native file that belongs to this project."""

    path_: FilePath = states("the file", alias="path")
    kind: Text = states("what it is")
    format: Text = states("how to read it, where the name does not tell")


class Link(Record):
    """A page about the project."""

    title: Text = states("what stands there")
    url: Url = states("where it is")


class Identity(Record):
    """The section `project`: who this is about."""

    id: Id = states("key of the project in a repository; default: name of the directory")
    name: Text = states("display name")
    version: Version = states("version of the model or product being governed; always a string")
    description: Text = states("one paragraph")
    stage: Literal["ideation", "development", "validation", "pre_launch", "production", "retired"] | None = states(
        "gates the presence rules; when absent it is inferred"
    )
    risk_tier: Literal["low", "medium", "high"] | None = states("the team's own tier, not a legal class")
    domain: Texts = items("field of use, e.g. credit, hiring, health")
    regulatory: Mapped[Name] = maps("legal classes as declared, e.g. eu_ai_act: limited; quoted back, never judged")
    intended_use: Text = states("what it is meant for")
    out_of_scope_use: Texts = items("what it must not be used for")
    license: License | None = states("licences of code, weights and data")
    card: Card | None = states("the model card")
    artifacts: list[Annotated[ArtifactLink, Shorthand("path")]] = items(
        "native files that belong to this project; needed where a repository holds several"
    )
    links: list[Link] = items("pages about the project")
