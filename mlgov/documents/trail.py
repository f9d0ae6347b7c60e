"""The pointers that somebody wants to see, as a tree that the second pass over a file fills with places."""

from collections.abc import Iterable
from typing import NamedTuple

from mlgov.documents.pointer import steps


class Span(NamedTuple):
    """A stretch of text: 1-based lines and columns in code points, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Step:
    """One wanted pointer, or a parent of one: where its key and its value stand, once they were seen.

    inline: the value stands on one line; otherwise its key (or its first line) is shown.
    """

    __slots__ = ("inline", "key", "parts", "value")

    def __init__(self) -> None:
        self.parts: dict[str, Step] = {}
        self.key: Span | None = None
        self.value: Span | None = None
        self.inline = False

    def enter(self, part: str) -> "Step | None":
        """The step below, when it is wanted and not filled yet: the first of two equal keys counts."""
        below = self.parts.get(part)
        return below if below is not None and below.value is None else None

    def fill(self, key: Span | None, value: Span, inline: bool) -> None:
        """Say where the value (and its key, in a map) stands."""
        self.key, self.value, self.inline = key, value, inline

    def forget(self) -> None:
        """Empty this step and all below it, for another attempt."""
        waiting = [self]
        while waiting:
            step = waiting.pop()
            step.key = step.value = None
            waiting.extend(step.parts.values())


def trail(pointers: Iterable[str]) -> Step:
    """The tree of all `pointers` of one document."""
    root = Step()
    for pointer in pointers:
        step = root
        for part in steps(pointer):
            step = step.parts.setdefault(part, Step())
    return root
