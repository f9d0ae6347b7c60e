"""A record is one typed part of the lifecycle model that knows where each of its values stands.

Records are pydantic models: every field is optional (`None` = not stated), unknown keys are errors, and the
field types below read the value grammar of `mlgov.units`. A record belongs to a `Book`, which knows
the origin of every value of the project; so `record.at("value")` is a place and `record.literal("value")` the
literal characters that stand there. `parts` are the names of the file (`for`, `from`, `schema`), while the
attributes of Python end in an underscore where the language reserves the word (`for_`, `from_`, `schema_`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from mlgov.documents.placeholder import is_placeholder
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, PrivateAttr, WithJsonSchema

from mlgov import units
from mlgov.finding import Origin

if TYPE_CHECKING:
    from mlgov.lifecycle.book import Book, Path


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
        return value if value is None or isinstance(value, (dict, list, Record)) else {self.key: value}


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


class Record(BaseModel):
    """Base of every part of the lifecycle model; see the module for what it can tell about itself."""

    model_config = ConfigDict(extra="forbid", defer_build=True, protected_namespaces=(), populate_by_name=True)
    _book: "Book | None" = PrivateAttr(default=None)
    _path: "Path" = PrivateAttr(default=())

    def at(self, *parts: str | int) -> Origin:
        """Where this record, or the value at `parts` inside it, stands: `gate.at("max")`."""
        return self._book.origin(self._path + parts) if self._book else Origin("")

    def literal(self, *parts: str | int) -> str:
        """The literal text of the value at `parts` (`0.910`); "" where it is not stated."""
        return self._book.text(self._path + parts) if self._book else ""

    def has(self, *fields: str) -> bool:
        """True if every named field is filled in: not absent, empty or a placeholder; an excused field counts."""
        return all(self._filled(field) for field in fields)

    def _filled(self, field: str) -> bool:
        value = getattr(self, field)
        if value is None or isinstance(value, (list, dict)) and not value:
            return self._book is not None and self._book.is_excused(self._path + (_key(self, field),))
        return not (isinstance(value, str) and is_placeholder(value))

    def lacks(self, *fields: str) -> list[str]:
        """The named fields that are not filled in, in the order given."""
        return [field for field in fields if not self.has(field)]

    @property
    def how(self) -> str:
        """`declared` (a person wrote it), `observed` (a run wrote it) or `derived`."""
        return self._book.how(self._path) if self._book else "declared"

    @property
    def environment(self) -> str:
        """`staging`, `production` …; "" where its file is about all of them."""
        return self._book.environment(self._path) if self._book else ""

    @property
    def subject(self) -> str:
        """Its canonical path with ids, stable when lines move: `rollout.stages[canary].gates[0]`."""
        return self._book.subject(self._path) if self._book else type(self).__name__

    def bind(self, book: "Book", path: "Path") -> None:
        """Tell this record and all records inside it where they belong."""
        self._book, self._path = book, path
        for field in self.model_fields_set:
            for key, child in _children(getattr(self, field)):
                child.bind(book, path + (_key(self, field), *key))

    @property
    def path(self) -> "Path":
        """Where this record stands in the model: `("rollout", "stages", 0)`."""
        return self._path

    def key(self, field: str) -> str:
        """The name of an attribute in files: `for_` -> `for`."""
        return _key(self, field)

    def walk(self) -> "Iterator[Record]":
        """This record and every record inside it, in order of definition."""
        yield self
        for field in type(self).model_fields:
            if field in self.model_fields_set:
                for _, child in _children(getattr(self, field)):
                    yield from child.walk()


def _key(record: Record, field: str) -> str:
    return type(record).model_fields[field].alias or field


def _children(value: object) -> "Iterator[tuple[Path, Record]]":
    if isinstance(value, Record):
        yield (), value
    elif isinstance(value, list):
        yield from (((i,), item) for i, item in enumerate(value) if isinstance(item, Record))
    elif isinstance(value, dict):
        yield from (((k,), item) for k, item in value.items() if isinstance(item, Record))


class Bound(Record):
    """`{min: x}` or `{max: x}`, inclusive; both = a range. Numbers in the unit of the metric."""

    min: Number = states("the least that is allowed")
    max: Number = states("the most that is allowed")

    def broken_by(self, value: float, unit: str | None = None) -> bool:
        """True if `value` (base unit) lies outside; NaN is always outside."""
        low = self.min is None or value >= units.in_base(self.min, unit)
        high = self.max is None or value <= units.in_base(self.max, unit)
        return not (low and high)


class Answer(Record):
    """A one-word answer with its reason: `yes`, or `{answer: yes, reason: ...}`."""

    answer: Text = states("yes, no, partly, unknown, or the words named for the field")
    reason: Text = states("why")
    mitigation: Text = states("what is done about it")
    min: Number = states("a stated minimum, where the field has one")


class Reply(Answer):
    """An answer to a question that asks whether something is so."""

    answer: Literal["yes", "no", "partly", "unknown"] | None = states("yes, no, partly or unknown")


class Reason(Record):
    """Why something does not apply here."""

    reason: Text = states("why")


class Money(Record):
    """`{amount, currency, per}`; a text where the amount is told in words. Currencies are never converted."""

    amount: Number = states("the amount")
    currency: Text = states("ISO 4217 code")
    per: Text = states("`year` where it recurs")
    words: Text = states("told in words")


class Source(Record):
    """`{file, pointer?, format?}`: ties a declared value to the file that proves it (pointer: RFC 6901)."""

    file: Text = states("path from the project's folder; / = repository root")
    pointer: Text = states("RFC 6901 pointer into the file")
    format: Text = states("how to read it, where the name does not tell")


class Sourced(Record):
    """A record whose value, or the whole of which, is bound to a file."""

    source: Source | None = states("the file that proves it")


Replied = Annotated[Reply | None, BeforeValidator(Shorthand("answer"))]
Amount = Annotated[Money | None, BeforeValidator(Shorthand("words"))]


@cache
def refs_of(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a record that refer to ids, with the section that defines those."""
    found = []
    for name, field in model.model_fields.items():
        found += [(name, mark.section) for mark in field.metadata if isinstance(mark, Ref)]
    return tuple(found)
