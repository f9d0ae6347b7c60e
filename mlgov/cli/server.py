"""`mlgov server`: for editors, over standard input and output."""

import os
import sys
from collections.abc import Mapping
from typing import Any

import click

from mlgov.cli.options import request
from mlgov.run import Request

INSTALL = "pip install 'mlgov[server]'"


@click.command("server")
@click.option("--now", metavar="DATE", help="The date that is believed; default: SOURCE_DATE_EPOCH, else today.")
@click.option(
    "--stdio", is_flag=True, expose_value=False, help="As it always speaks; some editors add this by themselves."
)
@click.pass_context
def command(ctx: click.Context, /, now: str | None) -> None:
    """Serve an editor: findings while typing, what each claim is about, the way to every other place of it.

    An editor starts it by itself and speaks the language server protocol over standard input and output; see
    docs/how-to/editors.md. It needs the extra server: pip install 'mlgov[server]'.

    \b
    mlgov server                      what an editor starts
    """
    try:
        from mlgov.server.features import session
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs", "attr"):
            raise
        raise click.ClickException(f"mlgov server needs packages that are not installed; {INSTALL}") from None

    def ask(paths: tuple[str, ...], options: Mapping[str, Any]) -> Request:
        return request(paths, "worktree", now, use_cache=False, **options)

    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as writer:
        sys.stdout = sys.stderr  # whoever prints must not break the protocol
        ctx.exit(session(ask).run(sys.stdin.buffer, writer))
