"""What the text at a position states: the path of the model it is about, in the project that the file belongs to."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mlgov.documents import kind_of
from mlgov.documents.yaml_cursor import here
from mlgov.finding import Origin, Place
from mlgov.lifecycle.book import Path
from mlgov.lifecycle.mentions import Mention, Thing, thing_at
from mlgov.lifecycle.project import Project
from mlgov.server.view import View


class Claimed(NamedTuple):
    """A path of the model of a project, and what it is about."""

    project: Project
    path: Path
    thing: Thing | None


def claims_at(view: View, path: str, offset: int) -> list[Claimed]:
    """What stands at an offset of the shown text, for each project that the file speaks about."""
    line, column = view.judged(path, *view.text(path).place(offset))
    return [
        Claimed(project, about, thing_at(project, about))
        for project in view.projects
        if (about := _path_at(view, project, path, line, column))
    ]


def said_about(view: View, claimed: Claimed) -> tuple[Mention, ...]:
    """Every mention of the thing that a claim is about."""
    return tuple(m for m in view.mentions(claimed.project) if m.thing == claimed.thing)


def _path_at(view: View, project: Project, file: str, line: int, column: int) -> Path | None:
    """The path of the model that is stated at a place of a file."""
    stated = [(path, origin) for path, origin in project.book.stated_in(file) if not origin.before]
    if not stated:
        return None
    if kind_of(file) in ("yaml", "json") and (found := _by_pointer(view, stated, file, line, column)):
        return found
    return _by_place(view, stated, line, column)


def _by_pointer(view: View, stated: Iterable[tuple[Path, Origin]], file: str, line: int, column: int) -> Path | None:
    """The way to the value at the cursor, seen from the deepest value above it that the model knows."""
    at = here(view.content(file).decode(errors="replace").removeprefix("\ufeff"), line, column)
    if at is None:
        return None
    best: tuple[int, Path] | None = None
    for path, origin in stated:
        steps = Origin("").at(*at.steps).pointer
        pointer = origin.pointer
        if origin.document != at.document or pointer.startswith("@"):
            continue
        if (steps + "/").startswith(pointer + "/") and (best is None or len(pointer) >= best[0]):
            below = at.steps[pointer.count("/") :]
            best = len(pointer), path + below
    return best[1] if best else None


def _by_place(view: View, stated: Iterable[tuple[Path, Origin]], line: int, column: int) -> Path | None:
    """The smallest place that covers the cursor; else the nearest one on its line, as a number has a name beside it."""
    every = list(stated)
    places = view.places(origin for _, origin in every)
    covering = [(places[origin], path) for path, origin in every if _covers(places[origin], line, column)]
    if not covering:
        beside = [(places[origin], path) for path, origin in every if places[origin].line == line]
        return min(beside, key=lambda c: abs(c[0].column - column))[1] if beside else None
    return min(covering, key=lambda c: (c[0].end_column - c[0].column, -len(c[1])))[1]


def _covers(place: Place, line: int, column: int) -> bool:
    return bool(place.line) and (place.line, place.column) <= (line, column) <= (place.end_line, place.end_column)


def ends(view: View, mentioned: Iterable[Mention]) -> Iterator[tuple[Mention, Place]]:
    """Mentions with their places, in order of file and line; what stands nowhere is left out."""
    every = [m for m in mentioned if m.origin.file and not m.origin.before]
    places = view.places(m.origin for m in every)
    yield from sorted(((m, places[m.origin]) for m in every), key=lambda pair: pair[1][:3])
