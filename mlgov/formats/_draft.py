"""A record that an adapter puts together from several places of a file, before it becomes one fact."""

import re
from collections.abc import Iterator
from typing import Any

from mlgov.artifact import Artifact
from mlgov.documents import Flaw, locate
from mlgov.finding import Origin
from mlgov.lifecycle.fact import Fact

_FOREIGN = re.compile(r"[^A-Za-z0-9_./@+-]+")


class Draft:
    """The values of a record, and where each of them stands if that is not below `where`."""

    def __init__(self, where: Origin, **values: Any) -> None:
        self.where = where
        self.values: dict[str, Any] = {key: value for key, value in values.items() if value is not None}
        self.parts: dict[str, Origin] = {}

    def put(self, field: str, value: Any, where: Origin) -> None:
        """State one field; None states nothing."""
        if value is not None:
            self.values[field] = value
            self.parts[field] = where

    def add(self, field: str, record: "Draft") -> None:
        """Append a record to a list inside this one."""
        rows = self.values.setdefault(field, [])
        inner = f"{field}.{len(rows)}"
        rows.append(record.values)
        self.parts[inner] = record.where
        self.parts |= {f"{inner}.{part}": origin for part, origin in record.parts.items()}

    def fact(self, path: str, environment: str = "", how: str = "declared") -> Fact:
        """The record as a fact."""
        return Fact(path, self.values, self.where, how, self.parts, environment)


def rows(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mappings of a list, with their positions."""
    return ((at, row) for at, row in enumerate(value if isinstance(value, list) else ()) if isinstance(row, dict))


def identifier(text: Any, default: str = "unnamed") -> str:
    """A name as an id of the model: letters, digits and `_-./@+`, beginning with a letter."""
    made = _FOREIGN.sub("-", text if isinstance(text, str) else "").strip("-./@+")[:120] or default
    return made if made[0].isalpha() or made[0] == "_" else f"n{made}"


def flaw_at(artifact: Artifact, origin: Origin, reason: str) -> Flaw:
    """What cannot be understood, with its line and column."""
    span = locate(artifact.path, artifact.raw, origin.pointer, origin.document)
    return Flaw("INT002", reason, span.line, span.column, None, origin.document)
