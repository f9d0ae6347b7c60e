"""A record is one typed part of the lifecycle model that knows where each of its values stands.

Records are pydantic models: every field is optional (`None` = not stated), unknown keys are errors, and the
field types of `mlgov.lifecycle.fields` read the value grammar. A record belongs to a `Book`, which knows
the origin of every value of the project; so `record.at("value")` is a place and `record.literal("value")` the
literal characters that stand there. `parts` are the names of the file (`for`, `from`, `schema`), while the
attributes of Python end in an underscore where the language reserves the word (`for_`, `from_`, `schema_`).
"""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, PrivateAttr

from mlgov import units
from mlgov.documents.placeholder import is_placeholder
from mlgov.finding import Origin
from mlgov.lifecycle.book import Book, Path
from mlgov.lifecycle.fields import Number, Ref, Shorthand, Text, states


class Record(BaseModel):
    """Base of every part of the lifecycle model; see the module for what it can tell about itself."""

    model_config = ConfigDict(extra="forbid", defer_build=True, protected_namespaces=(), populate_by_name=True)
    _book: Book | None = PrivateAttr(default=None)
    _path: Path = PrivateAttr(default=())

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

    def bind(self, book: Book, path: Path) -> None:
        """Tell this record and all records inside it where they belong."""
        self._book, self._path = book, path
        for field in self.model_fields_set:
            for key, child in _children(getattr(self, field)):
                child.bind(book, path + (_key(self, field), *key))

    @property
    def path(self) -> Path:
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
def refs_of(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a record that refer to ids, with the section that defines those."""
    found = []
    for name, field in model.model_fields.items():
        found += [(name, mark.section) for mark in field.metadata if isinstance(mark, Ref)]
    return tuple(found)
