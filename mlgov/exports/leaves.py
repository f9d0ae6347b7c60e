"""Every single value that is stated about a project, in the order of the model."""

from collections.abc import Iterator
from typing import Any

from mlgov.lifecycle.book import Claim, Path
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.record import Record
from mlgov.units import Quantity


def leaves(project: Project) -> Iterator[Claim]:
    """Each value with the places that state it: the one that counts first, then the others."""
    seen: set[Path] = set()
    for path in _paths(project.book.tree, ()):
        seen.add(path)
        yield from (claim for claim in project.book.stated(path) if not isinstance(claim.value, (dict, list)))
    for path in project.book.claims:
        if path not in seen:
            for claim in project.book.stated(path):
                yield from _inner(claim)


def _inner(claim: Claim) -> Iterator[Claim]:
    """The single values of a claim that is a mapping or a list."""
    if not isinstance(claim.value, (dict, list)):
        yield claim
        return
    for way in _paths(claim.value, ()):
        value: Any = claim.value
        for step in way:
            value = value[step]
        yield Claim((*claim.path, *way), value, claim.origin.at(*way), claim.how, claim.environment)


def _paths(value: Any, path: Path) -> Iterator[Path]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if entries is None:
        if value is not None:
            yield path
        return
    for key, inner in entries:
        yield from _paths(inner, (*path, key))


def typed(project: Project, path: Path) -> Any:
    """The value as the model understands it; None where it has no such field."""
    value: Any = project.model
    for step in path:
        if isinstance(value, Record):
            names = {field.alias or name: name for name, field in type(value).model_fields.items()}
            value = getattr(value, names.get(str(step), ""), None)
        elif isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step] if step < len(value) else None
        else:
            return None
    return value


def unit_of(value: Any) -> str | None:
    """`fraction`, `s` or `bytes` where the text says so."""
    return value.unit or None if isinstance(value, Quantity) else None
