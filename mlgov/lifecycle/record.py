"""A record is one typed part of the lifecycle model that knows where each of its values stands.

Records are pydantic models: every field is optional (`None` = not stated), unknown keys are errors, and the
field types below read the value grammar of `mlgov.units`. A record belongs to a `Book`, which knows
the origin of every value of the project; so `record.at("value")` is a place and `record.literal("value")` the
literal characters that stand there. `parts` are the names of the file (`for`, `from`, `schema`), while the
attributes of Python end in an underscore where the language reserves the word (`for_`, `from_`, `schema_`).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, PrivateAttr, WithJsonSchema

from mlgov import units
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin

if TYPE_CHECKING:
    from mlgov.lifecycle.book import Book, Path


def states(description: str = "", **more: Any) -> Any:
    """A field that may be absent; `description` is its meaning in the JSON Schema and the reference."""
    return Field(default=None, description=description or None, **more)


def items(description: str = "") -> Any:
    """A list field; absent = empty list."""
    return Field(default_factory=list, description=description or None)


def _text(value: object) -> str:
    if isinstance(value, (dict, list)) or value is None:
        raise ValueError("a text")
    return units.literal(value)


def _version(value: object) -> str:
    if isinstance(value, float):
        raise ValueError(f'a version in quotes ("{units.literal(value)}"); a bare decimal number loses its digits')
    return _text(value)


def _texts(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _answer(value: object) -> object:
    return value if isinstance(value, dict) else {"answer": _text(value)}


def _money(value: object) -> object:
    return value if isinstance(value, dict) else {"words": _text(value)}


def _identifier(value: object) -> str:
    text = _text(value)
    if not text or not (text[0].isalpha() or text[0] == "_") or not all(c.isalnum() or c in "_-./@+" for c in text):
        raise ValueError("an id: letters, digits and underscores, beginning with a letter")
    return text


def _schema(type_: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": type_, **more})


_NUMBER_OR_TEXT = WithJsonSchema({"type": ["number", "string"]})

Text = Annotated[str | None, BeforeValidator(lambda v: None if v is None else _text(v))]
Texts = Annotated[list[Annotated[str, BeforeValidator(_text)]], BeforeValidator(_texts)]
Id = Annotated[str | None, PlainValidator(_identifier), _schema("string", pattern="^[A-Za-z][A-Za-z0-9_]*$")]
Version = Annotated[str | None, PlainValidator(_version), _schema("string")]
Flag = Annotated[bool | None, Field(strict=True)]
Fraction = Annotated[units.Quantity | None, PlainValidator(units.fraction), _NUMBER_OR_TEXT]
Duration = Annotated[units.Quantity | None, PlainValidator(units.duration), _schema("string")]
Bytes = Annotated[units.Quantity | None, PlainValidator(units.size), _NUMBER_OR_TEXT]
Count = Annotated[units.Quantity | None, PlainValidator(units.count), _NUMBER_OR_TEXT]
Number = Annotated[units.Quantity | None, PlainValidator(units.quantity), _NUMBER_OR_TEXT]
Date = Annotated[str | None, PlainValidator(units.day), _schema("string", format="date")]
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
    def subject(self) -> str:
        """Its canonical path with ids, stable when lines move: `rollout.stages[canary].gates[0]`."""
        return self._book.subject(self._path) if self._book else type(self).__name__

    def bind(self, book: "Book", path: "Path") -> None:
        """Tell this record and all records inside it where they belong."""
        self._book, self._path = book, path
        for field in self.model_fields_set:
            for key, child in _children(getattr(self, field)):
                child.bind(book, path + (_key(self, field), *key))

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


Replied = Annotated[Answer | None, BeforeValidator(lambda v: None if v is None else _answer(v))]
Amount = Annotated[Money | None, BeforeValidator(lambda v: None if v is None else _money(v))]
