"""The projects below the paths of a command, and the one of them that is meant."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlgov.cli.answers import near
from mlgov.cli.options import request
from mlgov.errors import UsageError

if TYPE_CHECKING:
    from mlgov.lifecycle.project import Project


def projects_below(paths: tuple[str, ...], scope: str, now: str | None = None) -> "list[Project]":
    """All projects, without judging them; there is at least one."""
    from mlgov.analysis import look
    from mlgov.run import load_settings, open_tree, wanted

    asked = request(paths, scope, now)
    opened = open_tree(asked)
    settings = load_settings(asked, opened)
    found = look(opened.snapshot, wanted(opened, settings), asked.today, plugins=settings.plugins)
    if not found.assembled.projects:
        raise UsageError("there is no project here; mlgov inventory tells which files are read")
    return list(found.assembled.projects)


def called(projects: "Sequence[Project]", wanted: str | None) -> "list[Project]":
    """The project of this id; all of them where none is named."""
    if wanted is None:
        return list(projects)
    found = [project for project in projects if project.id == wanted]
    if not found:
        ids = [project.id for project in projects]
        hint = near(wanted, ids) or f"; there is {', '.join(ids)}"
        raise UsageError(f"no project is called {wanted!r}{hint}")
    return found
