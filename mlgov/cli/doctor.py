"""`mlgov doctor`: what would make a run slow, incomplete or impossible here."""

import click

from mlgov.cli.answers import output_option, say, say_json
from mlgov.cli.options import request


@click.command("doctor")
@click.argument("folder", type=click.Path(), default=".")
@output_option("text", "json")
@click.pass_context
def command(ctx: click.Context, folder: str, output: str) -> None:
    """Look at this installation and at the repository around FOLDER.

    Versions, parsers, plug-ins, cache, git, settings, files that cannot be read: everything that a run depends on
    and that a bug report should hold. Nothing is judged and nothing is changed.

    Exit codes: 0 fine, 1 something makes runs slower or poorer, 2 something keeps them from deciding.

    \b
    mlgov doctor                 before asking for help
    mlgov doctor -o json         for a bug report
    """
    from mlgov.doctor import BROKEN, SLOW, signs
    from mlgov.renderers.escaping import terminal

    found = signs(request((folder,), "worktree"))
    if output == "json":
        say_json({"version": 1, "signs": [sign._asdict() for sign in found]})
    else:
        for sign in found:
            advice = f"\n{'':<34}{terminal(sign.advice)}" if sign.advice else ""
            say(f"{sign.state:<6}{sign.what:<28}{terminal(sign.found)}{advice}")
    states = {sign.state for sign in found}
    ctx.exit(2 if BROKEN in states else int(SLOW in states))
