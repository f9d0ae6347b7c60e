"""`mlgov schema`: the JSON Schema of the manifest or of the report, for editors and for readers of reports."""

import click

from mlgov.cli.answers import OneOf, say, say_json


@click.command("schema")
@click.argument("of", type=OneOf(("manifest", "report")), default="manifest", metavar="[manifest|report]")
def command(of: str) -> None:
    """Print the JSON Schema of the manifest (default) or of the JSON report."""
    if of == "report":
        from importlib.resources import files

        say(files("mlgov.renderers").joinpath("report.schema.json").read_text(encoding="utf-8"))
        return
    from mlgov.lifecycle.manifest import json_schema

    say_json(json_schema())
