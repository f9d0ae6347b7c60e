"""`mlgov check`: one run, any number of outputs, one exit code."""

import os
from contextlib import suppress
from typing import Any

import click

from mlgov.cli.answers import OneOf
from mlgov.cli.options import paths_argument, request, scope_option, selection_options
from mlgov.cli.progress import progress
from mlgov.cli.screen import columns, wants_color
from mlgov.renderers import FORMATS, View, render
from mlgov.report import Report
from mlgov.run import Opened, Request, check


@click.command("check")
@paths_argument
@scope_option
@selection_options
@click.option(
    "--output",
    "-o",
    "outputs",
    multiple=True,
    metavar="FORMAT[=PATH]",
    help=f"What to print, or to write to PATH; repeatable: {', '.join(FORMATS)}.",
)
@click.option(
    "--base",
    default="",
    metavar="REF|auto",
    help="Judge the change since REF as well; its policy counts, too. auto: as the CI or pre-commit says.",
)
@click.option("--new-only", is_flag=True, help="With --base: report what the change introduced or touched.")
@click.option("--data", is_flag=True, help="Measure the data as well: files, splits, leakage, expectations, metrics.")
@click.option(
    "--spark", default="", metavar="MASTER", help="With --data: measure on Spark, at local[2] or spark://host:7077."
)
@click.option("--fix", is_flag=True, help="Make the safe fixes first, as mlgov fix does; told on stderr.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: those too that somebody should look at.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.option(
    "--connect",
    multiple=True,
    envvar="MLGOV_DATA_CONNECT",
    metavar="DATASET=URL#TABLE",
    help="With --data: the table of a database that holds a data set; repeatable, or in MLGOV_DATA_CONNECT.",
)
@click.option("--statistics", is_flag=True, help="Print only how often each rule was found.")
@click.option("--show-abstentions", is_flag=True, help="Say which rules could not decide, and why.")
@click.option("--show-ratcheted", is_flag=True, help="List the findings that the ratchet knows.")
@click.option("--allow-empty", is_flag=True, help="Exit 0 where no file is of a format that mlgov reads.")
@click.option("--sarif-category", default="", metavar="NAME", help="Tells two SARIF reports of one commit apart.")
@click.option("--sarif-suppressed", is_flag=True, help="Write accepted findings to SARIF; GitHub shows them as open.")
@click.option("--color", type=OneOf(("auto", "always", "never")), default="auto", show_default=True)
@click.option("--now", metavar="DATE", help="The date of the run; default: SOURCE_DATE_EPOCH, else today.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], scope: str, outputs: tuple[str, ...], statistics: bool,
            show_abstentions: bool, show_ratcheted: bool, sarif_category: str, sarif_suppressed: bool, color: str,
            now: str | None, no_cache: bool, base: str, data: bool, spark: str, connect: tuple[str, ...], fix: bool, unsafe_fixes: bool, watch: bool, **options: Any) -> None:  # fmt: skip
    """Judge a repository, or the part of it below PATHS.

    Exit codes: 0 nothing reached --fail-on, 1 findings, 2 mlgov could not decide (usage, settings, unreadable
    input, a rule that crashed, nothing to read). The output format never changes the code.

    \b
    mlgov check                          the repository around this folder
    mlgov check --scope staged           what the next commit would hold
    mlgov check -o text -o json=r.json   on the terminal, and as JSON in a file
    mlgov check --base auto              in CI: the change as well, and its policy
    mlgov check --select EVA,MON201      one family and one rule
    mlgov check --watch                  again after each change of a file
    """
    targets = [_target(output) for output in outputs or ("text",)]
    if statistics:
        targets = [("statistics", ""), *(t for t in targets if t[1])]
    if options["new_only"] and not base:
        raise click.UsageError("--new-only needs --base: without one nothing tells old findings from new ones")
    if data and scope != "worktree":
        raise click.UsageError(f"--data measures the files on disk, so it cannot go with --scope {scope}")
    if data:
        options["data"] = {"verify": True}
    if base == "auto":
        from mlgov import forge

        base = forge.base(os.environ, paths[0] if paths else ".")
    if (fix or watch) and scope != "worktree":
        raise click.UsageError(
            f"--{'fix' if fix else 'watch'} is about the files on disk; it cannot go with --scope {scope}"
        )
    if unsafe_fixes and not fix:
        raise click.UsageError("--unsafe-fixes needs --fix")
    asked = request(paths, scope, now, not no_cache, base, **options)
    asked = asked._replace(spark=spark, background=any(format_ == "html" for format_, _ in targets))
    if connect:
        from mlgov.verification.connections import connections

        asked = asked._replace(connections=connections(connect))
    screen = View(wants_color(color), columns(), show_abstentions, show_ratcheted, sarif_suppressed, sarif_category,
                  _blob(targets))  # fmt: skip

    def once() -> int:
        with progress("checking"):
            if fix:
                _fix(asked, unsafe_fixes)
            report, opened = check(asked)
        for format_, path in targets:
            _write(format_, path, report, opened, screen._replace(color=False, columns=0) if path else screen)
        return report.exit_code

    if watch:
        from mlgov.cli.watching import watch as watching

        watching(asked, once)
    ctx.exit(once())


def _fix(asked: Request, unsafe: bool) -> None:
    """Make the fixes, and tell them apart from the report."""
    from mlgov.cli.fix import told
    from mlgov.fixing import fixed, write

    fixing = fixed(asked._replace(base="", background=False), unsafe=unsafe)
    write(fixing)
    click.echo("\n".join(told(fixing)[:-1]) or "nothing to fix", err=True)


def _target(output: str) -> tuple[str, str]:
    format_, _, path = output.partition("=")
    if format_ not in FORMATS:
        import difflib

        near = difflib.get_close_matches(format_, FORMATS, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(FORMATS)}"
        raise click.UsageError(f"unknown output format {format_!r}{hint}")
    return format_, path


def _write(format_: str, path: str, report: Report, opened: Opened, view: View) -> None:
    """Print a rendering, or write it to a file by rename, so that a reader never sees half of it."""
    text = render(format_, report, opened.snapshot.read, view)
    if not path:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False, color=view.color)
        return
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
        os.replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise click.ClickException(f"the report cannot be written to {path}: {error.strerror}") from error


def _blob(targets: list[tuple[str, str]]) -> str:
    """Where a forge shows the files, for outputs that link to them."""
    if not {"markdown", "html"} & {format_ for format_, _ in targets}:
        return ""
    from mlgov import forge

    return forge.blob(os.environ)
