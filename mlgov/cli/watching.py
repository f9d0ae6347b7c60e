"""Runs something again whenever a file of the work tree changes, until Ctrl-C."""

import os
import sys
import time
from collections.abc import Callable

import click

from mlgov.errors import MlgovError
from mlgov.run import Request, open_tree

PAUSE = 0.5  # seconds between two looks
Marks = dict[str, tuple[int, int]]


def watch(request: Request, again: Callable[[], object]) -> None:
    """Call `again` now and after each change, once the files stand still; what it cannot do is told, and it goes on."""
    while True:
        before = _marks(request)
        if sys.stdout.isatty():
            click.clear()
        try:
            again()
        except (MlgovError, click.ClickException) as error:
            click.echo(f"mlgov: {error}", err=True)
        click.echo(f"watching {len(before)} files; Ctrl-C ends", err=True)
        _wait(request, before)


def _wait(request: Request, before: Marks) -> None:
    """Return when the files differ from before and nobody writes any more."""
    last, now = before, before
    while now == before or now != last:
        time.sleep(PAUSE)
        last, now = now, _marks(request)


def _marks(request: Request) -> Marks:
    """Size and time of every file that a check would list: cheap, because nothing is read."""
    try:
        opened = open_tree(request)
    except MlgovError:
        return {}
    found: Marks = {}
    for path in opened.snapshot.files():
        try:
            known = os.stat(os.path.join(opened.folder, path))
        except OSError:
            continue
        found[path] = (known.st_size, known.st_mtime_ns)
    return found
