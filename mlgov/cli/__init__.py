"""The command line: arguments in, text and exit code out; nothing else of mlgov prints or exits."""

import importlib
import os
import sys

import click

from mlgov import __version__
from mlgov.errors import MlgovError

COMMANDS = {
    "check": "judge a repository; exit 0 clean, 1 findings, 2 could not decide",
    "fix": "repair what a program can repair, in place",
    "todo": "say what is left until check passes: fixes, and places for people",
    "render": "print a saved report in another format",
    "diff": "say what changed between two revisions, as governance release notes",
    "blame": "name the commits that gave the ends of a finding their values",
    "bisect": "find the first commit at which a finding appears",
    "waive": "accept a finding for a time, with a reason and an owner",
    "waivers": "list what is accepted, and when it ends",
    "ratchet": "keep the findings of a legacy repository, so that only new ones fail",
    "explain": "show what a rule asks for, why, and how to meet it",
    "rules": "list the installed rules",
    "inventory": "show which files were recognised, and why others were not",
    "settings": "show every setting with the place it comes from",
    "schema": "print the JSON Schema of the manifest or of the report",
    "trace": "follow each requirement to metric, evidence, guard, monitor, rollback and owner",
    "score": "answer the 28 tests of the ML Test Score from evidence",
    "coverage": "say for each requirement id of a framework whether evidence is found",
    "size": "compute how much data a plan needs, with the YAML to paste",
    "test": "run the examples of rules without code, or of an installed pack",
    "record": "measure the data, and keep what was measured for runs without them",
    "mutate": "plant single faults in a clean project and tell which the policy catches",
    "server": "tell an editor what is wrong while you type",
    "init": "write a commented mlgov.yaml from what the repository already says",
    "expectations": "write what is declared about the data as a suite of Great Expectations",
    "new": "begin a rule, an adapter or a pack of your own, with examples that run",
    "export": "write facts or a model card in the formats of other tools",
    "doctor": "look for what would make a run slow, incomplete or impossible",
    "completion": "print the shell completion script",
}


class Commands(click.Group):
    """Loads a command when it is called, so that `mlgov --help` costs no more than click."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if not ctx.resilient_parsing and ctx.obj == "listing":
            return click.Command(cmd_name, short_help=COMMANDS[cmd_name])
        command: click.Command = importlib.import_module(f"mlgov.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> "tuple[str | None, click.Command | None, list[str]]":
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from mlgov.backends import version_line

        click.echo(version_line(__version__))
        ctx.exit(0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
def mlgov() -> None:
    """Fail the build where an ML repository contradicts itself.

    mlgov reads what a repository already says about its models (model cards, metrics, pipelines, manifests,
    alerts), joins it into one lifecycle model per project, and reports what is missing or contradictory.

    Start with `mlgov check`. `mlgov explain CODE` tells more about any finding.
    """


def main() -> None:
    """The entry point of the program; every expected failure ends with exit code 2 and one line on stderr."""
    try:
        code = mlgov.main(prog_name="mlgov", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = 130
    except MlgovError as error:
        _tell(f"mlgov: {error}")
        code = 2
    except BrokenPipeError:
        sys.stderr.close()
        code = 2
    except Exception as error:
        _report_crash(error)
        code = 2
    _leave(code if isinstance(code, int) else 0)


def _leave(code: int) -> None:
    """End the process at once: taking a large model apart object by object would cost more than a tenth of the run.

    What cannot be written out is a report that nobody got: exit code 2.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        code = 2
    os._exit(code)


def _tell(text: str) -> None:
    """One line on stderr; it may quote the checked repository, so it is made harmless."""
    from mlgov.renderers.escaping import terminal

    click.echo(terminal(text).encode("utf-8", "backslashreplace"), err=True)


def _report_crash(error: Exception) -> None:
    """A defect of mlgov itself: say so, with what a bug report needs."""
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" at {last[0].filename.rpartition('mlgov')[2].lstrip('/')}:{last[0].lineno}" if last else ""
    _tell(f"mlgov: internal error{where}: {type(error).__name__}: {error}")
    _tell(f"This is a defect of mlgov {__version__}; the run is incomplete. MLGOV_TRACEBACK=1 shows more.")
    if os.environ.get("MLGOV_TRACEBACK"):
        traceback.print_exception(error)
