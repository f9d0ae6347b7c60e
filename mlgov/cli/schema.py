"""`mlgov schema`: the JSON Schema of the manifest, of the report or of exported facts, for editors and other readers."""

import click

from mlgov.cli.answers import OneOf, say, say_json


@click.command("schema")
@click.argument(
    "of", type=OneOf(("manifest", "report", "facts")), default="manifest", metavar="[manifest|report|facts]"
)
def command(of: str) -> None:
    """Print the JSON Schema of the manifest (default), of the JSON report or of exported facts.

    \b
    mlgov schema > mlgov.schema.json  for editors and validators
    mlgov schema report               of mlgov check -o json
    """
    if of != "manifest":
        from importlib.resources import files

        where = "mlgov.renderers" if of == "report" else "mlgov.exports"
        say(files(where).joinpath(f"{of}.schema.json").read_text(encoding="utf-8"))
        return
    from mlgov.lifecycle.manifest import json_schema

    say_json(json_schema())
