"""What a custom rule is about: the records at one path of the lifecycle model, named by the path or its last word."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from mlgov.custom.table import Table, near
from mlgov.errors import SettingsError
from mlgov.lifecycle.manifest import Manifest
from mlgov.lifecycle.record import Record, record_types

_DEEPEST = 5  # no path of the model that people would name has more steps


class Subject(NamedTuple):
    """Where records of one kind stand. path: `monitoring.alerts`; shape: per step "", "list" or "map"."""

    path: str
    shape: tuple[str, ...]
    kind: type[Record]

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the record by their name in files."""
        return {field.alias or name: field for name, field in self.kind.model_fields.items()}

    def holds(self, record: Record) -> bool:
        """True if a record of this kind stands at this path."""
        steps = list(record.path)
        for name, shape in zip(self.path.split("."), self.shape, strict=True):
            if not steps or steps.pop(0) != name or shape and not steps:
                return False
            if shape:
                steps.pop(0)
        return not steps

    def manifest(self, record: dict[str, Any]) -> dict[str, Any]:
        """The sections of a manifest that hold nothing but one such record."""
        told: Any = record
        for name, shape in reversed(list(zip(self.path.split("."), self.shape, strict=True))):
            told = {name: [told] if shape == "list" else {"example": told} if shape == "map" else told}
        return dict(told)


def subject_of(table: Table) -> Subject:
    """The subject that a table names under `for`; `SettingsError` where there is none, or several."""
    said = table.text("for")
    if exact := next((s for s in _subjects() if s.path == said), None):
        return exact
    ends = [s for s in _subjects() if s.path.rpartition(".")[2] == said]
    if len(ends) == 1:
        return ends[0]
    if ends:
        names = ", ".join(s.path for s in ends)
        raise SettingsError(f"for: {said!r} may be {names}; say which", table.place("for"))
    known = [word for s in _subjects() for word in (s.path, s.path.rpartition(".")[2])]
    raise SettingsError(f"for: the lifecycle model has no {said!r}{near(said, known)}", table.place("for"))


@cache
def _subjects() -> tuple[Subject, ...]:
    return tuple(_below(Manifest, "", ()))


def _below(model: type[Record], path: str, shape: tuple[str, ...]) -> Iterator[Subject]:
    """Every place below a record at which records stand."""
    for name, field in model.model_fields.items():
        kind = next(record_types(field.annotation), None)
        if kind is not None and len(shape) < _DEEPEST:
            here, told = f"{path}.{field.alias or name}".lstrip("."), str(field.annotation)
            inside = "map" if "dict[" in told else "list" if "list[" in told else ""
            yield Subject(here, (*shape, inside), kind)
            yield from _below(kind, here, (*shape, inside))
