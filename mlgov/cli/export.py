"""`mlgov export`: what is known about a project, in the formats of other tools."""

from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import OneOf, say
from mlgov.cli.options import paths_argument, scope_option
from mlgov.cli.projects import called, projects_below
from mlgov.errors import UsageError
from mlgov.renderers.escaping import json_text

if TYPE_CHECKING:
    from mlgov.lifecycle.project import Project

FORMATS = ("facts", "hugging-face", "cyclonedx", "model-card")


@click.command("export")
@paths_argument
@scope_option
@click.option("--format", "format_", type=OneOf(FORMATS), default="facts", show_default=True, help="What to write.")
@click.option("--project", "wanted", metavar="ID", help="Which project; needed where the repository holds several.")
def command(paths: tuple[str, ...], scope: str, format_: str, wanted: str | None) -> None:
    """Print what mlgov knows about the projects below PATHS: every fact, or a model card for other tools.

    facts: each value with its literal text, unit and place (mlgov schema facts describes it). hugging-face: front matter
    with model-index. cyclonedx: an ML-BOM 1.6. model-card: Markdown. What is not stated stays unknown.

    \b
    mlgov export                      every fact as JSON
    mlgov export --format model-card  a card of what is stated
    """
    projects = called(projects_below(paths, scope), wanted)
    say(_exported(projects, format_))


def _exported(projects: "list[Project]", format_: str) -> str:
    from importlib import import_module

    module = import_module(f"mlgov.exports.{format_.replace('-', '_')}")
    if format_ == "facts":
        return json_text(str(module.export(projects)))
    if len(projects) > 1:
        ids = ", ".join(project.id or "." for project in projects)
        raise UsageError(f"there are {len(projects)} projects; say which with --project: {ids}")
    text = str(module.export(projects[0]))
    return json_text(text) if format_ == "cyclonedx" else text
