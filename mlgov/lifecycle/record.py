"""A record is one typed part of the lifecycle model that knows where each of its values stands.

Records are pydantic models: every field is optional (`None` = not stated), unknown keys are errors, and the
field types of `mlgov.lifecycle.fields` read the value grammar. A record belongs to a `Book`, which knows
the origin of every value of the project; so `record.at("value")` is a place and `record.literal("value")` the
literal characters that stand there. `parts` are the names of the file (`for`, `from`, `schema`), while the
attributes of Python end in an underscore where the language reserves the word (`for_`, `from_`, `schema_`).
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, PrivateAttr

from mlgov import units
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.lifecycle.book import Book, Path
from mlgov.lifecycle.fields import Number, Ref, Shorthand, Text, states


class Record(BaseModel):
    """Base of every part of the lifecycle model; see the module for what it can tell about itself."""

    # slots, because pydantic looks private attributes up in Python, and every place asks for these two
    __slots__ = ("_book", "_path")
    model_config = ConfigDict(extra="forbid", defer_build=True, protected_namespaces=())
    if TYPE_CHECKING:
        _book: Book = PrivateAttr()
        _path: Path = PrivateAttr()

    def at(self, *parts: str | int) -> Origin:
        """Where this record, or the value at `parts` inside it, stands: `gate.at("max")`."""
        return self._book.origin(self._path + parts)

    def literal(self, *parts: str | int) -> str:
        """The literal text of the value at `parts` (`0.910`); "" where it is not stated."""
        return self._book.text(self._path + parts)

    def has(self, *fields: str) -> bool:
        """True if every named field is filled in: not absent, empty or a placeholder; an excused field counts."""
        return all(map(self._filled, fields))

    def _filled(self, field: str) -> bool:
        value = getattr(self, field)
        if value.__class__ is str:
            return not is_placeholder(value)
        if value is None or isinstance(value, (list, dict)) and not value:
            return self._book.is_excused(self._path + (_key(self, field),))
        return not (isinstance(value, str) and is_placeholder(value))

    def lacks(self, *fields: str) -> list[str]:
        """The named fields that are not filled in, in the order given."""
        return [field for field in fields if not self._filled(field)]

    @property
    def how(self) -> str:
        """`declared` (a person wrote it), `observed` (a run wrote it) or `derived`."""
        return self._book.how(self._path)

    @property
    def environment(self) -> str:
        """`staging`, `production` …; "" where its file is about all of them."""
        return self._book.environment(self._path)

    @property
    def is_own(self) -> bool:
        """True if it stands in a file of mlgov's own format, so that it can state every field."""
        return self._book.is_own(self._path)

    @property
    def subject(self) -> str:
        """Its canonical path with ids, stable when lines move: `rollout.stages[canary].gates[0]`."""
        return self._book.subject(self._path)

    def bind(self, book: Book, path: Path) -> "list[Record]":
        """Tell this record and all records inside it where they belong; gives each of them, in order of the model."""
        found: list[Record] = []
        _bind(self, book, path, found)
        return found

    @property
    def path(self) -> Path:
        """Where this record stands in the model: `("rollout", "stages", 0)`."""
        return self._path

    def key(self, field: str) -> str:
        """The name of an attribute in files: `for_` -> `for`."""
        return _key(self, field)


_set = object.__setattr__


def _key(record: Record, field: str) -> str:
    return type(record).model_fields[field].alias or field


def _bind(record: Record, book: Book, path: Path, found: list[Record]) -> None:
    """One list for all, not a generator in each record: there are thousands of records, and they lie deep."""
    _set(record, "_book", book)
    _set(record, "_path", path)
    found.append(record)
    values = record.__dict__
    for field, key in inner_fields(type(record)):
        if value := values[field]:
            for steps, child in _children(value):
                _bind(child, book, (*path, key, *steps), found)


def _children(value: object) -> Iterator[tuple[Path, Record]]:
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


Replied = Annotated[Reply | None, Shorthand("answer")]
Amount = Annotated[Money | None, Shorthand("words")]


@cache
def inner_fields(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a record that may hold records: attribute and name in files."""
    found = ((name, f.alias or name) for name, f in model.model_fields.items() if any(record_types(f.annotation)))
    return tuple(found)


def record_types(annotation: Any) -> Iterator[type[Record]]:
    """The record classes that an annotation names, however deep: `list[Gate] | None` names Gate."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from record_types(part)


@cache
def refs_of(model: type[Record]) -> tuple[tuple[str, Ref], ...]:
    """The fields of a record that refer to ids, with the mark that says to which."""
    found = []
    for name, field in model.model_fields.items():
        found += [(name, mark) for mark in field.metadata if isinstance(mark, Ref)]
    return tuple(found)
