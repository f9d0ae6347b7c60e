"""The options that several commands share."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import click

from mlgov.cli.answers import complete_rules
from mlgov.run import Request

F = TypeVar("F", bound=Callable[..., Any])

paths_argument = click.argument("paths", nargs=-1, type=click.Path())
scope_option = click.option(
    "--scope",
    default="worktree",
    show_default=True,
    metavar="worktree|staged|hook|REV",
    help="Which tree is read: the files on disk, what is staged, what a git hook is about, or a revision.",
)


def selection_options(command: F) -> F:
    """Options that decide which rules run and how severe they are."""
    for option in reversed(
        (
            click.option(
                "--select",
                multiple=True,
                metavar="CODE",
                shell_complete=complete_rules,
                help="Run only these: codes, prefixes (EVA2), names, families.",
            ),
            click.option(
                "--ignore", multiple=True, metavar="CODE", shell_complete=complete_rules, help="Leave these out."
            ),
            click.option(
                "--extend-select",
                multiple=True,
                metavar="CODE",
                shell_complete=complete_rules,
                help="Run these as well.",
            ),
            click.option(
                "--profile", metavar="NAME", help="prototype, standard or high-risk: which severity each rule has."
            ),
            click.option(
                "--fail-on", metavar="LEVEL", help="Exit 1 from this severity on: error, warning, info, never."
            ),
        )
    ):
        command = option(command)
    return command


def split(words: tuple[str, ...]) -> tuple[str, ...]:
    """`--select EVA,DAT` and `--select EVA --select DAT` are the same."""
    return tuple(w.strip() for word in words for w in word.split(",") if w.strip())


def today() -> str:
    """The clock of the run: `SOURCE_DATE_EPOCH` where it is set, else the UTC date."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return datetime.now(UTC).date().isoformat()


def still(value: str | None) -> str:
    """The day that it still is somewhere on earth (UTC-12): a waiver holds to the end of its last day everywhere."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if value or epoch.isdigit():
        return clock(value)
    return (datetime.now(UTC) - timedelta(hours=12)).date().isoformat()


def clock(value: str | None) -> str:
    """`--now` as an ISO date, else `today`."""
    if not value:
        return today()
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        raise click.UsageError(f"--now takes a date such as 2026-11-20, not {value!r}") from None


def request(
    paths: tuple[str, ...], scope: str, now: str | None = None, use_cache: bool = True, base: str = "", **options: Any
) -> Request:
    """The request that options describe."""
    kept = {k: split(v) if isinstance(v, tuple) else v for k, v in options.items() if v}
    if scope == "hook":
        from mlgov import forge

        scope = forge.hooked(os.environ)
    return Request(tuple(paths), scope, kept, clock(now), use_cache, base, still(now))
