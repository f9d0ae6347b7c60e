"""The types of fields: how each kind of value of the model is written, read and shown in the JSON Schema.

A field is declared with `states`, `items` or `maps` and one of the types below, which read the grammar of
`mlgov.units`. The marks `Ref`, `Handle` and `Location` say what a text refers to, so that it can be looked up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, PlainValidator, WithJsonSchema

from mlgov import units


def states(description: str = "", **more: Any) -> Any:
    """A field that may be absent; `description` is its meaning in the JSON Schema and the reference."""
    return Field(default=None, description=description or None, **more)


def items(description: str = "", **more: Any) -> Any:
    """A list field; absent = empty list."""
    return Field(default_factory=list, description=description or None, **more)


def maps(description: str = "") -> Any:
    """A field that maps names to values; absent = empty."""
    return Field(default_factory=dict, description=description or None)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field whose texts (or keys) are ids of the list `section`; `words` are allowed beside them."""

    section: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handle:
    """Marks a field that names people: an id of `team.people`, a CODEOWNERS owner or a mail address."""


@dataclass(frozen=True, slots=True)
class Location:
    """Marks a field that says where something is: a path of the tree, a URL, or (`text`) neither of them."""

    path: bool = True
    url: bool = True
    text: bool = False


@dataclass(frozen=True, slots=True)
class Shorthand:
    """Lets a scalar stand for a record: it becomes the record's field `key`."""

    key: str

    def __call__(self, value: Any) -> Any:
        """The mapping that the scalar abbreviates; everything else as it is."""
        return value if value is None or isinstance(value, (dict, list, BaseModel)) else {self.key: value}


def _text(value: object) -> str:
    if isinstance(value, (dict, list)) or value is None:
        raise ValueError("a text")
    return units.literal(value)


def _version(value: object) -> str:
    if isinstance(value, float):
        raise ValueError(f'a version in quotes ("{units.literal(value)}"); a bare decimal number loses its digits')
    return _text(value)


def one_or_more(value: object) -> object:
    """A list, also where one scalar was given instead of it."""
    return [] if value is None else value if isinstance(value, (list, dict)) else [value]


def _integer(value: object) -> units.Quantity:
    number = units.quantity(value)
    if number.unit or not float(number).is_integer():
        raise ValueError("an integer")
    return number


def _identifier(value: object) -> str:
    text = _text(value)
    if not text or not (text[0].isalpha() or text[0] == "_") or not all(c.isalnum() or c in "_-./@+" for c in text):
        raise ValueError("an id: letters, digits and underscores, beginning with a letter")
    return text


def _unless_null(read: Callable[[Any], Any]) -> PlainValidator:
    """`null` is the same as absent."""
    return PlainValidator(lambda value: None if value is None else read(value))


def _schema(type_: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": type_, **more})


_NUMBER_OR_TEXT = WithJsonSchema({"type": ["number", "string"]})

Text = Annotated[str | None, BeforeValidator(lambda v: None if v is None else _text(v))]
Name = Annotated[str, BeforeValidator(_text)]
_T = TypeVar("_T")
OneOrMore = Annotated[list[_T], BeforeValidator(one_or_more)]
Texts = OneOrMore[Name]
Mapped = dict[Name, _T]
Id = Annotated[str | None, _unless_null(_identifier), _schema("string", pattern="^[A-Za-z][A-Za-z0-9_]*$")]
Version = Annotated[str | None, _unless_null(_version), _schema("string")]
Flag = Annotated[bool | None, Field(strict=True)]
Fraction = Annotated[units.Quantity | None, _unless_null(units.fraction), _NUMBER_OR_TEXT]
Duration = Annotated[units.Quantity | None, _unless_null(units.duration), _NUMBER_OR_TEXT]
Bytes = Annotated[units.Quantity | None, _unless_null(units.size), _NUMBER_OR_TEXT]
Count = Annotated[units.Quantity | None, _unless_null(units.count), _NUMBER_OR_TEXT]
Number = Annotated[units.Quantity | None, _unless_null(units.quantity), _NUMBER_OR_TEXT]
Integer = Annotated[units.Quantity | None, _unless_null(_integer), _schema("integer")]
Value = Annotated[units.Quantity, PlainValidator(units.quantity), _NUMBER_OR_TEXT]
Share = Annotated[units.Quantity, PlainValidator(units.fraction), _NUMBER_OR_TEXT]
Range = Annotated[list[Value], Field(max_length=2)]
Date = Annotated[str | None, _unless_null(units.day), _schema("string", pattern=r"^\d{4}-\d\d-\d\d")]

Contact = Annotated[Text, Handle()]
Contacts = Annotated[Texts, Handle()]
PathOrUrl = Annotated[Text, Location()]
PathsOrUrls = Annotated[Texts, Location()]
FilePath = Annotated[Text, Location(url=False)]
FilePaths = Annotated[Texts, Location(url=False)]
Url = Annotated[Text, Location(path=False)]
PathOrText = Annotated[Text, Location(text=True)]
MetricRef = Annotated[Text, Ref("metrics")]
MetricRefs = Annotated[Texts, Ref("metrics")]
DatasetRef = Annotated[Text, Ref("data.datasets")]
BaselineRef = Annotated[Text, Ref("baselines")]
SignalRef = Annotated[Text, Ref("monitoring.signals")]
TaskRefs = Annotated[Texts, Ref("plan.tasks")]

Correction = Literal["none", "bonferroni", "sidak", "holm", "bh"]
Pii = Literal["none", "pseudonymised", "personal", "special_category"]
Section = Literal[
    "project",
    "problem",
    "framing",
    "metrics",
    "data",
    "training",
    "baselines",
    "evaluation",
    "experiments",
    "serving",
    "rollout",
    "monitoring",
    "feedback",
    "product",
    "team",
    "plan",
    "risks",
    "process",
]
Consequence = Literal["negligible", "minor", "serious", "critical", "catastrophic"]
