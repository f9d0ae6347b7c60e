"""Which columns say something about persons: their values are never shown, whatever is found in them."""

from collections.abc import Callable

from mlgov.lifecycle.project import Project

_HARMLESS = (None, "", "none")


def about_persons(project: Project) -> Callable[..., bool]:
    """Tells of names of columns whether one of them is about persons.

    Columns that are marked so are, and the key of an entity is. Where the project as a whole declares personal data, a
    column is about persons unless it is marked as free of them.
    """
    said = [(column.name.lower(), column.pii) for column in project.data.columns if column.name]
    marked = {name for name, pii in said if pii not in _HARMLESS}
    free = {name for name, pii in said if pii == "none"} - marked
    entity, privacy = project.part("data.entity"), project.part("data.privacy")
    if key := getattr(entity, "key_", None):
        marked.add(key.lower())
    has_persons = getattr(privacy, "pii", None) not in _HARMLESS

    def is_private(*names: str | None) -> bool:
        asked = {name.lower() for name in names if name}
        return bool(asked & marked) or has_persons and bool(asked - free)

    return is_private
