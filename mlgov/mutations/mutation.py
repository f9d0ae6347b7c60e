"""A mutation is one named fault that can be planted in a clean project, and the code that should catch it."""

from typing import NamedTuple

from mlgov.mutations.edits import Edit


class Mutation(NamedTuple):
    """One fault. code: the rule that must speak.

    consequences: rules that may speak as well, because the fault breaks more than one law.
    is_change: a fault of the change; the clean project is its base. prepare: what must hold of the project before.
    """

    name: str
    does: str
    code: str
    edit: Edit
    consequences: tuple[str, ...] = ()
    is_change: bool = False
    prepare: Edit | None = None
