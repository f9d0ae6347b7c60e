"""Every place of a project that refers to an item of a list by its id."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mlgov.finding import Origin
from mlgov.lifecycle.record import Record, refs_of

if TYPE_CHECKING:
    from mlgov.lifecycle.project import Project


class Reference(NamedTuple):
    """One text that refers to an id. field: name in files of what holds it; steps: the way from the record to it."""

    record: Record
    field: str
    wanted: str
    steps: tuple[str | int, ...]

    @property
    def path(self) -> str:
        """Canonical path of the field, with ids."""
        return f"{self.record.subject}.{self.field}"

    @property
    def origin(self) -> Origin:
        """Where the text stands."""
        return self.record.at(*self.steps)


def references_to(section: str, project: "Project") -> Iterator[Reference]:
    """What refers to items of `section` (`metrics`, `monitoring.signals`), in the order of the model."""
    for record in project.every:
        for field in _fields(type(record), section):
            stated, key = getattr(record, field), record.key(field)
            if isinstance(stated, dict):
                yield from (Reference(record, key, name, (key, name)) for name in stated)
            elif isinstance(stated, list):
                yield from (Reference(record, key, name, (key, i)) for i, name in enumerate(stated))
            elif stated:
                yield Reference(record, key, stated, (key,))


@cache
def _fields(model: type[Record], section: str) -> tuple[str, ...]:
    """The fields of a record that refer to items of a section; most records have none."""
    return tuple(field for field, ref in refs_of(model) if ref.section == section)
