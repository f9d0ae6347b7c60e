"""`mlgov inventory`: which files were recognised as what, which were not and why, and what each project states."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from mlgov.cli.answers import output_option, say, say_json
from mlgov.cli.options import paths_argument, request, scope_option
from mlgov.renderers.escaping import terminal
from mlgov.renderers.wording import many

if TYPE_CHECKING:
    from mlgov.lifecycle.project import Project
    from mlgov.run import Request

STATES = ("claimed", "templated", "unreadable", "pointer", "unclaimed")
_NO_NAME = "no format has files of this name"  # most files of a repository: code, data, pictures


@click.command("inventory")
@paths_argument
@scope_option
@click.option("--all", "everything", is_flag=True, help="Name also the files whose names no format knows.")
@output_option("text", "json")
def command(paths: tuple[str, ...], scope: str, everything: bool, output: str) -> None:
    """Show which files below PATHS mlgov reads, and why it does not read the others.

    States: claimed (a format recognised it), templated (a template, values unknown), unreadable, pointer (its content
    is stored elsewhere), unclaimed (no format recognised it).

    \b
    mlgov inventory                   what is read, and what each project states
    mlgov inventory --all data/       every file below data/, and why it is left out
    """
    data = _inventory(request(paths, scope))
    if output == "json":
        say_json(data)
    else:
        say("\n".join(_text(data, everything)))


def _inventory(asked: "Request") -> dict[str, Any]:
    """The files with their projects, and the projects with the sections that anything is said about."""
    from mlgov.analysis import look
    from mlgov.lifecycle.grouping import grouped
    from mlgov.run import load_settings, open_tree, wanted

    opened = open_tree(asked)
    settings = load_settings(asked, opened)
    found, _, assembled = look(opened.snapshot, wanted(opened, settings), asked.today, plugins=settings.plugins)
    owners: dict[str, list[str]] = {}
    for group, project in zip(grouped(found.evidence)[0], assembled.projects, strict=True):
        for file in dict.fromkeys(e.file for e in group.evidence):
            owners.setdefault(file, []).append(project.id)
    files = [entry._asdict() | {"projects": owners.get(entry.path, [])} for entry in found.entries]
    counted = Counter(entry.state for entry in found.entries)
    return {
        "version": 1,
        "summary": {state: counted[state] for state in STATES},
        "projects": [_project(project) for project in assembled.projects],
        "files": files,
    }


def _project(project: "Project") -> dict[str, Any]:
    from mlgov.lifecycle.manifest import SECTIONS

    return {
        "id": project.id,
        "folder": project.folder,
        "stage": project.stage,
        "has_manifest": project.has_manifest,
        "sections": {section: project.has_section(section) for section in SECTIONS},
    }


def _text(data: dict[str, Any], everything: bool) -> Iterator[str]:
    for project in data["projects"]:
        yield from _project_text(project, data["files"])
    for state in STATES:
        rest = [f for f in data["files"] if f["state"] == state and not (state == "claimed" and f["projects"])]
        yield from _state_text(state, rest, everything)
    yield ", ".join(f"{count} {state}" for state, count in data["summary"].items() if count) or "no files"


def _project_text(project: dict[str, Any], files: list[dict[str, Any]]) -> Iterator[str]:
    stated = [name for name, has in project["sections"].items() if has]
    manifest = "" if project["has_manifest"] else ", no manifest"
    yield f"{terminal(project['id'] or 'this project')}: stage {project['stage']}{manifest}, folder {terminal(project['folder'] or '.')}"
    yield f"  {len(stated)} of {len(project['sections'])} sections: {', '.join(stated) or 'none'}"
    own = [f for f in files if project["id"] in f["projects"]]
    wide = max((len(f["path"]) for f in own), default=0)
    for file in own:
        format_ = " ".join(filter(None, (file["format"], file["version"])))
        detail = f" ({file['reason']})" if file["reason"] else ""
        yield terminal(f"  {file['path']:<{wide}}  {format_}{detail}")
    yield ""


def _state_text(state: str, files: list[dict[str, Any]], everything: bool) -> Iterator[str]:
    if not files:
        return
    named = [f for f in files if everything or f["reason"] != _NO_NAME]
    yield f"{state}: {many(len(files), 'file')}"
    yield from (terminal(f"  {f['path']}: {f['reason'] or f['format']}") for f in named)
    if hidden := len(files) - len(named):
        yield f"  {many(hidden, 'file')}: {_NO_NAME} (--all names them)"
    yield ""
