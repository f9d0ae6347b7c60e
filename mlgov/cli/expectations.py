"""`mlgov expectations`: what the files declare about the data, as a suite that Great Expectations itself loads."""

import json
import os
from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import near, say
from mlgov.cli.options import paths_argument, scope_option
from mlgov.cli.projects import called, projects_below
from mlgov.errors import UsageError
from mlgov.renderers.escaping import json_text

if TYPE_CHECKING:
    from mlgov.lifecycle.project import Project
    from mlgov.verification.expectation import Suite


@click.command("expectations")
@paths_argument
@scope_option
@click.option("--project", "wanted", metavar="ID", help="Which project; needed where the repository holds several.")
@click.option("--dataset", metavar="ID", help="Which data set; needed where several have expectations.")
@click.option(
    "--output", "-o", metavar="FILE", help="Write it to a file instead; a folder takes a file for each data set."
)
@click.option("--now", metavar="DATE", help="The day at whose beginning freshness is judged; default: today, UTC.")
def command(
    paths: tuple[str, ...], scope: str, wanted: str | None, dataset: str | None, output: str | None, now: str | None
) -> None:
    """Print the declared columns, types, ranges, counts, classes and age of the data below PATHS as a suite.

    It is the JSON of Great Expectations 1.x: ExpectationSuite(**json.load(file)) reads it. Nothing is run and Great
    Expectations is not needed; mlgov check --data runs the same suite.

    \b
    mlgov expectations --dataset train -o gx/expectations/train.json
    mlgov expectations -o gx/expectations/      a file for each data set
    """
    found = _suites(called(projects_below(paths, scope, now), wanted), dataset)
    if output and (output.endswith(("/", os.sep)) or os.path.isdir(output)):
        for suite in found:
            _write(os.path.join(output, suite.name.replace("/", "_") + ".json"), _text(suite))
    elif len(found) > 1:
        ids = ", ".join(suite.name for suite in found)
        raise UsageError(f"{len(found)} data sets have expectations: {ids}; say which with --project and --dataset, "
                         "or write each to a file with -o FOLDER/")  # fmt: skip
    elif output:
        _write(output, _text(found[0]))
    else:
        say(_text(found[0]))


def _suites(projects: "list[Project]", dataset: str | None) -> "list[Suite]":
    from mlgov.verification.declared import declared_suites

    every = [suite for project in projects for suite in declared_suites(project)]
    found = [suite for suite in every if dataset in (None, suite.dataset)]
    if not every:
        raise UsageError("nothing is declared about the data here: no columns, counts, classes or contract")
    if not found:
        ids = [suite.dataset for suite in every]
        hint = near(str(dataset), ids) or f"; there is {', '.join(ids)}"
        raise UsageError(f"nothing is declared about a data set {dataset!r}{hint}")
    return found


def _text(suite: "Suite") -> str:
    return json_text(json.dumps(suite.data(), indent=2)).rstrip("\n") + "\n"


def _write(path: str, text: str) -> None:
    from mlgov.edits import replace

    try:
        with open(path, "rb") as file:
            before: bytes | None = file.read()
    except OSError:
        before = None
    replace(path, text.encode(), before)
