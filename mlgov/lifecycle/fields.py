"""The types of fields: how each kind of value of the model is written, read and shown in the JSON Schema.

A field is declared with `states`, `items` or `maps` and one of the types below, which read the grammar of
`mlgov.units`. The marks `Ref`, `Handle` and `Location` say what a text refers to, so that it can be looked up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, Strict
from pydantic_core import CoreSchema, core_schema

from mlgov import units


def states(description: str = "", **more: Any) -> Any:
    """A field that may be absent; `description` is its meaning in the JSON Schema and the reference."""
    return Field(default=None, description=description or None, **more)


def items(description: str = "", **more: Any) -> Any:
    """A list field; absent = empty list."""
    return Field(default=[], description=description or None, **more)


def maps(description: str = "") -> Any:
    """A field that maps names to values; absent = empty."""
    return Field(default={}, description=description or None)


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
class Written:
    """How a value is read from plain data, and what the JSON Schema allows for it."""

    read: Callable[[Any], Any]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return dict(self.schema)


@dataclass(frozen=True, slots=True)
class Shorthand:
    """Lets a scalar stand for a record: it becomes the record's field `key`."""

    key: str

    def __call__(self, value: Any) -> Any:
        """The mapping that the scalar abbreviates; everything else as it is."""
        return value if value is None or isinstance(value, (dict, list, BaseModel)) else {self.key: value}

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"shorthand": self.key, **handler(schema)}


@dataclass(frozen=True, slots=True)
class Many:
    """Lets one scalar stand for a list of one."""

    def __call__(self, value: Any) -> Any:
        """A list, also where one scalar was given instead of it."""
        return [] if value is None else value if isinstance(value, (list, dict)) else [value]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        made = handler(schema)
        return {"anyOf": [made["items"], made]}


def _text(value: object) -> str:
    if value.__class__ is str:
        return value
    if isinstance(value, (dict, list)) or value is None:
        raise ValueError("a text")
    return units.literal(value)


def _version(value: object) -> str:
    if isinstance(value, float):
        raise ValueError(f'a version in quotes ("{units.literal(value)}"); a bare decimal number loses its digits')
    return _text(value)


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


def _maybe(read: Callable[[Any], Any], type_: str | list[str], **more: Any) -> Written:
    """`null` is the same as absent."""
    return Written(lambda value: None if value is None else read(value), {"type": type_, **more})


NUMERIC: dict[str, Any] = {"type": ["number", "string"]}
_SHARE = NUMERIC | {"minimum": 0, "maximum": 1}
_SCALAR = ["string", "number", "boolean"]
_DURATION = r"^~?\s*(\d+(\.\d+)?\s*(ms|s|m|h|d|w|y)\s*)+$|^0$"
_T = TypeVar("_T")

Text = Annotated[str | None, _maybe(_text, _SCALAR)]
Name = Annotated[str, Written(_text, {"type": _SCALAR})]
OneOrMore = Annotated[list[_T], Many()]
Texts = OneOrMore[Name]
Mapped = dict[Name, _T]
Id = Annotated[str | None, _maybe(_identifier, "string", pattern="^[A-Za-z_][A-Za-z0-9_./@+-]*$")]
Version = Annotated[str | None, _maybe(_version, "string")]
Flag = Annotated[bool | None, Strict()]
Fraction = Annotated[units.Quantity | None, _maybe(units.fraction, ["number", "string"], minimum=0, maximum=1)]
Duration = Annotated[units.Quantity | None, _maybe(units.duration, ["string", "integer"], pattern=_DURATION, maximum=0)]
Bytes = Annotated[units.Quantity | None, _maybe(units.size, ["number", "string"], minimum=0)]
Count = Annotated[units.Quantity | None, _maybe(units.count, ["integer", "string"], minimum=0)]
Number = Annotated[units.Quantity | None, _maybe(units.quantity, ["number", "string"])]
Integer = Annotated[units.Quantity | None, _maybe(_integer, ["integer", "string"])]
Date = Annotated[str | None, _maybe(units.day, "string", pattern=r"^\d{4}-\d\d-\d\d")]
Value = Annotated[units.Quantity, Written(units.quantity, NUMERIC)]
Share = Annotated[units.Quantity, Written(units.fraction, _SHARE)]
Range = Annotated[list[Value], Field(min_length=2, max_length=2)]

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
