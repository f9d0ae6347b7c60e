"""`mlgov settings`: every setting with the place it comes from; a wrong one ends with exit code 2."""

from typing import Any

import click

from mlgov.cli.answers import output_option, say, say_json
from mlgov.cli.options import paths_argument, request, scope_option, selection_options


@click.command("settings")
@paths_argument
@scope_option
@selection_options
@output_option("text", "json")
def command(paths: tuple[str, ...], scope: str, output: str, **options: Any) -> None:
    """Show every setting that holds for PATHS, and the file, option or default that it comes from.

    A setting that is unknown or impossible, or that names an unknown rule, ends with exit code 2.
    """
    from mlgov.catalogue import installed_rules
    from mlgov.policy.selection import plan
    from mlgov.renderers.escaping import terminal
    from mlgov.run import load_settings, open_tree

    asked = request(paths, scope, **options)
    settings = load_settings(asked, open_tree(asked))
    plan(settings, installed_rules())
    rows = [(key, value, settings.origins[key]) for key, value in settings.values.items()]
    if output == "json":
        say_json({"version": 1, "settings": {key: {"value": v, "origin": origin} for key, v, origin in rows}})
        return
    wide = max(len(key) for key, _, _ in rows)
    said = [f"{key:<{wide}} = {terminal(_toml(value))}" for key, value, _ in rows]
    column = max(map(len, said))
    say("\n".join(f"{text:<{column}}  # {terminal(row[2])}" for text, row in zip(said, rows, strict=True)))


def _toml(value: Any) -> str:
    """A value as it would be written in `.mlgov.toml`."""
    import json

    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False, default=str)
