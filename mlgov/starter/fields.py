"""What the model knows about its fields: their order, their meaning, and which of them to prompt for."""

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from mlgov.lifecycle.book import Path
from mlgov.lifecycle.manifest import Manifest
from mlgov.lifecycle.record import Record, record_types
from mlgov.renderers.escaping import terminal

FEW = 6  # fields that are proposed where a rule names none


def prompted(path: Path) -> Iterator[Path]:
    """The fields to prompt for: the path itself, before it the name of its list item; a few for a whole section."""
    for end, step in enumerate(path[:-1], 1):
        if isinstance(step, int) and "id" in record_of(path[:end]).model_fields:
            yield (*path[:end], "id")
    if len(path) > 1:
        yield path
        return
    model = record_of(path)
    item: Path = (*path, 0) if field_of(Manifest, str(path[0])).default == [] else path
    for name, field in list(model.model_fields.items())[:FEW]:
        yield (*item, field.alias or name)


def is_field(path: Path) -> bool:
    """True if the model has a field of this path."""
    try:
        return bool(field_of(record_of(path[:-1]), str(path[-1])))
    except StopIteration:
        return False


def title(section: str, codes: list[str]) -> str:
    """What a section is for, and who asks for it as a whole."""
    return f"{field_of(Manifest, section).description} {bracketed(codes)}".rstrip()


def meaning(path: Path, codes: list[str]) -> str:
    """What a field is for, the words that it takes, and who asks."""
    field = field_of(record_of(path[:-1]), str(path[-1]))
    words = _words(field.annotation)
    choice = f": one of {', '.join(words)}" if words else ""
    return inert(f"{field.description or ''}{choice} {bracketed(codes)}".strip(" :"))


def bracketed(codes: list[str]) -> str:
    """Codes as a remark, nothing where there are none."""
    return f"({', '.join(dict.fromkeys(codes))})" if codes else ""


def _words(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [w for part in get_args(annotation) if not any(record_types(part)) for w in _words(part)]


def inert(text: str) -> str:
    """Text for a comment: it cannot end the line, nor hold what a YAML reader refuses."""
    return re.sub("[\ufffe\uffff]", "?", terminal(text))


def order(path: Path) -> tuple[int, ...]:
    """The position of a path in the model."""
    return tuple(_position(path, end) for end in range(len(path)))


def _position(path: Path, end: int) -> int:
    step = path[end]
    if isinstance(step, int):
        return step
    names = [field.alias or name for name, field in record_of(path[:end]).model_fields.items()]
    return names.index(step) if step in names else len(names)


def field_of(model: type[Record], key: str) -> Any:
    """A field by its name in files."""
    return next(f for name, f in model.model_fields.items() if (f.alias or name) == key)


def record_of(path: Path) -> type[Record]:
    """The record class that stands at a path."""
    model: type[Record] = Manifest
    for step in path:
        if not isinstance(step, int):
            model = next(record_types(field_of(model, step).annotation))
    return model
