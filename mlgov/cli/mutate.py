"""`mlgov mutate`: which of many single faults the current policy would catch in a project."""

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from mlgov.cli.answers import output_option, say, say_json
from mlgov.cli.options import clock, request, split

if TYPE_CHECKING:
    from mlgov.mutations import Laboratory, Trial

_STATES = {"caught": "caught", "missed": "MISSED", "off": "off", "unfit": "-"}


@click.command("mutate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False), metavar="PROJECT_FOLDER")
@click.option("--only", multiple=True, metavar="NAME|CODE", help="Only these mutations: names, codes, prefixes (EVA).")
@click.option("--profile", metavar="NAME", help="prototype, standard or high-risk.")
@click.option("--list", "listed", is_flag=True, help="Name the mutations without trying them.")
@click.option("--now", metavar="DATE", help="The date of the run; default: SOURCE_DATE_EPOCH, else today.")
@output_option("text", "json")
@click.pass_context
def command(ctx: click.Context, folder: str, only: tuple[str, ...], profile: str | None, listed: bool,
            now: str | None, output: str) -> None:  # fmt: skip
    """Plant single faults in a clean project, in memory, and tell which the policy catches.

    For each mutation: its name, what it does, the code that should catch it, and the codes that spoke. `off`: the
    policy does not run that rule; `-`: the project has nothing to change. No file is written.

    Exit codes: 0 every fault whose rule is on was caught, 1 one was missed, 2 mlgov could not decide.

    \b
    mlgov mutate examples/churn       every fault that is known
    mlgov mutate . --only EVA,DAT     two families
    """
    from mlgov.mutations import Laboratory, chosen, files_below

    wanted = chosen(split(only))
    if listed:
        say("\n".join(f"{m.name:<26}{m.code:<8}{m.does}" for m in wanted))
        return
    settings, files = files_below(request((folder,), "worktree", now, profile=profile))
    laboratory = Laboratory(files, settings, clock(now))
    trials = list(laboratory.trials(wanted))
    if output == "json":
        say_json(_data(trials, laboratory))
    else:
        say("\n".join(_lines(trials, laboratory, os.path.normpath(folder))))
    ctx.exit(1 if any(trial.state == "missed" for trial in trials) else 0)


def _lines(trials: "list[Trial]", laboratory: "Laboratory", folder: str) -> "list[str]":
    rows = [_line(trial) for trial in trials]
    counts = Counter(trial.state for trial in trials)
    known = f"; {len(laboratory.known)} findings were there before" if laboratory.known else ""
    total = ", ".join(f"{counts[state]} {word}" for state, word in
                      (("caught", "caught"), ("missed", "missed"), ("off", "off"), ("unfit", "do not fit")))  # fmt: skip
    return [*rows, "", f"{folder}: {len(trials)} mutations: {total}{known}"]


def _line(trial: "Trial") -> str:
    mutation, others = trial.mutation, [code for code in trial.caught_by if code != trial.mutation.code]
    said = f"also {', '.join(others)}" if others else trial.reason
    row = f"{_STATES[trial.state]:<8}{mutation.code:<8}{mutation.name:<26}{mutation.does}"
    return f"{row} ({said})" if said else row


def _data(trials: "list[Trial]", laboratory: "Laboratory") -> dict[str, Any]:
    rows = [
        {
            "name": trial.mutation.name,
            "does": trial.mutation.does,
            "expected": trial.mutation.code,
            "consequences": list(trial.mutation.consequences),
            "state": trial.state,
            "caught_by": list(trial.caught_by),
            "reason": trial.reason,
        }
        for trial in trials
    ]
    return {"version": 1, "findings_before": len(laboratory.known), "mutations": rows}
