"""Every place of a project that refers to an item of a list by its id."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mlgov.finding import Origin
from mlgov.lifecycle.record import Record, refs_of

if TYPE_CHECKING:
    from mlgov.lifecycle.project import Project


class Reference(NamedTuple):
    """One text that refers to an id. path: canonical path of the field, with ids."""

    record: Record
    path: str
    wanted: str
    origin: Origin


def references_to(section: str, project: "Project") -> Iterator[Reference]:
    """What refers to items of `section` (`metrics`, `monitoring.signals`), in the order of the model."""
    for record in project.every:
        for field, ref in refs_of(type(record)):
            stated = getattr(record, field)
            if ref.section != section or not stated:
                continue
            key, path = record.key(field), f"{record.subject}.{record.key(field)}"
            if isinstance(stated, dict):
                yield from (Reference(record, path, name, record.at(key, name)) for name in stated)
            elif isinstance(stated, list):
                yield from (Reference(record, path, name, record.at(key, i)) for i, name in enumerate(stated))
            else:
                yield Reference(record, path, stated, record.at(key))
