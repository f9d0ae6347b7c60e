"""`mlgov init`: a first manifest, filled from what the repository already says."""

import os
from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import say
from mlgov.cli.options import request

if TYPE_CHECKING:
    from mlgov.starter import Start


@click.command("init")
@click.argument("folder", type=click.Path(), default=".")
@click.option("--dry-run", is_flag=True, help="Print the text instead of writing it.")
def command(folder: str, dry_run: bool) -> None:
    """Write a commented mlgov.yaml into FOLDER, from what the files there already say.

    Values that a file proves point to that file; what the rules ask for at the project's stage stands there as a
    comment to fill in. Nothing is invented, and nothing is ever overwritten.
    """
    _refuse(folder)
    text = _start(folder).text()
    if dry_run:
        say(text)
        return
    path = os.path.join(folder, "mlgov.yaml")
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
    say(f"wrote {path}; fill in the prompts that are true, then run mlgov check {folder}".rstrip(" ."))


def _refuse(folder: str) -> None:
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise click.UsageError(f"{folder} is not a folder; name the folder that mlgov.yaml should lie in")
    for name in ("mlgov.yaml", "mlgov.yml"):
        if os.path.lexists(path := os.path.join(folder, name)):
            raise click.UsageError(f"{path} exists, and mlgov init never overwrites; edit it, or move it away")


def _start(folder: str) -> "Start":
    from mlgov.run import load_settings, open_tree, wanted
    from mlgov.starter import Start

    asked = request((folder,), "worktree")
    opened = open_tree(asked)
    settings = load_settings(asked, opened)
    return Start(opened.snapshot, settings, wanted(opened, settings), "".join(opened.prefixes), asked.today)
