"""What one part of the problem section leaves unanswered."""

from typing import NamedTuple

from mlgov.rulekit import Answer, Origin, Project, Record


class Gap(NamedTuple):
    """One field that is not filled in, and where it would stand or a placeholder does."""

    word: str
    place: Origin


def gaps(project: Project, path: str, *fields: str) -> list[Gap]:
    """The fields of the record at `path` that are not filled in; all of them where the record is absent.

    An answer that says nothing but its reason is not filled in, `unknown` is. What is declared not applicable is not
    lacking.
    """
    if project.is_excused(path):
        return []
    record = project.part(path)
    steps = tuple(path.split("."))
    if record is None:
        return [Gap(_word(field), project.at(*steps)) for field in fields if not project.is_excused(f"{path}.{field}")]
    return [Gap(_word(field), _place(record, field)) for field in fields if not _is_filled(record, field)]


def _is_filled(record: Record, field: str) -> bool:
    value = getattr(record, field)
    if isinstance(value, Answer):
        return value.answer is not None
    if getattr(value, "answer", None):
        return True
    if isinstance(value, Record):
        return any(value.has(inner) for inner in type(value).model_fields)
    return record.has(field)


def _place(record: Record, field: str) -> Origin:
    return record.at(field) if record.literal(field) else record.at()


def _word(field: str) -> str:
    return field.replace("_", " ")


def spoken(found: list[Gap]) -> tuple[str, Origin, list[Origin]]:
    """The words of the gaps, and their places."""
    places = list(dict.fromkeys(gap.place for gap in found))
    return ", ".join(gap.word for gap in found), places[0], places[1:]
