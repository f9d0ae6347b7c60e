"""`mlgov fix`: mechanical repairs, proven and written at once."""

import sys
from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import say
from mlgov.cli.options import paths_argument, request, scope_option, selection_options

if TYPE_CHECKING:
    from mlgov.fixing import Fixing


@click.command("fix")
@paths_argument
@scope_option
@selection_options
@click.option("--unsafe-fixes", is_flag=True, help="Make those too that change what is claimed: look at them first.")
@click.option("--diff", is_flag=True, help="Print what would change, as a patch, and write nothing.")
@click.option("--now", metavar="DATE", help="The date of the run; default: SOURCE_DATE_EPOCH, else today.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], scope: str, unsafe_fixes: bool, diff: bool, now: str | None,
            **options: str) -> None:  # fmt: skip
    """Repair what a program can repair, in the files below PATHS.

    Only what other files already prove, or what cannot be meant otherwise; evidence is never invented. Comments, line
    ends and layout stay. A fix that would not remove its finding, or would bring another one, is not made.

    Exit codes: 0 nothing that reaches --fail-on is left, 1 findings are left (with --diff: there is something to
    change), 2 mlgov could not decide.

    \b
    mlgov fix --diff                      what would change
    mlgov fix                             make the safe fixes
    mlgov fix --unsafe-fixes --diff       and those that somebody should look at
    mlgov fix --select FRM201 service/    one rule, one folder
    """
    from mlgov.fixing import fixed, write

    fixing = fixed(request(paths, scope, now, False, **options), unsafe=unsafe_fixes)
    if diff:
        _print_diff(fixing)
        ctx.exit(2 if not fixing.first.completeness.completed else int(bool(fixing.after)))
    write(fixing)
    say("\n".join(told(fixing)))
    ctx.exit(fixing.last.exit_code)


def told(fixing: "Fixing") -> list[str]:
    """What was done, what was not and why, and what is left."""
    from mlgov.renderers.escaping import terminal
    from mlgov.renderers.wording import many

    rows = [terminal(f"{f.places[0]}: {f.code} {f.fix.message}") for f in fixing.made if f.fix]
    rows += [terminal(f"{one.finding.places[0]}: {one.finding.code} not fixed: {one.reason}") for one in fixing.left]
    offered = sum(1 for f in fixing.last.findings if f.fix and not f.fix.safe) - sum(
        1 for one in fixing.left if one.finding.fix and not one.finding.fix.safe
    )
    done = f"Fixed {many(len(fixing.made), 'finding')} in {many(len(fixing.after), 'file')}"
    more = f"; {offered} more with --unsafe-fixes" if offered > 0 else ""
    left = len(fixing.last.findings)
    return [*rows, f"{done}{more}; {many(left, 'finding')} left{': mlgov todo' if left else ''}."]


def _print_diff(fixing: "Fixing") -> None:
    """The patch as it is; on a terminal made harmless, because it quotes files of the repository."""
    from mlgov.edits.difference import unified
    from mlgov.renderers.escaping import terminal

    for path in sorted(fixing.after):
        patch = unified(path, fixing.before[path], fixing.after[path])
        if sys.stdout.isatty():
            say("\n".join(terminal(line) for line in patch.decode("utf-8", "backslashreplace").split("\n")))
        else:
            click.echo(patch, nl=False)
