"""`mlgov todo`: the smallest set of edits to green, mechanical ones apart from those that need a person."""

from typing import TYPE_CHECKING, Any

import click

from mlgov.cli.answers import output_option, say, say_json
from mlgov.cli.options import paths_argument, request, selection_options

if TYPE_CHECKING:
    from mlgov.finding import Finding
    from mlgov.todo import Errand, Todo


@click.command("todo")
@paths_argument
@selection_options
@click.option("--all", "every", is_flag=True, help="Below --fail-on too.")
@click.option("--now", metavar="DATE", help="The date of the run; default: SOURCE_DATE_EPOCH, else today.")
@output_option("text", "json")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], every: bool, now: str | None, output: str,
            **options: str) -> None:  # fmt: skip
    """Say what is left until mlgov check passes.

    First what mlgov fix can do, safe or after a look; each fix was tried, and what goes with it is counted. Then the
    places at which a person has to act: evidence that is missing, decisions, contradictions whose right end nobody
    but you knows. Each place is named once, with everything that can be settled there and who owns its file.

    Exit codes: 0 nothing to do, 1 something, 2 mlgov could not decide.

    \b
    mlgov todo                        what keeps the run from passing
    mlgov todo --all --select MON     everything about monitoring, hints too
    mlgov todo -o json                for a program
    """
    from mlgov.todo import todo

    found = todo(request(paths, "worktree", now, False, **options), every=every)
    if output == "json":
        say_json(_data(found))
    else:
        say("\n".join(_lines(found)))
    ctx.exit(found.exit_code)


def _lines(found: "Todo") -> list[str]:
    from mlgov.renderers.wording import many

    rows: list[str] = []
    for fixes, title in (
        (found.safe, f"{len(found.safe)} fix{'es'[: 2 * (len(found.safe) != 1)]} that mlgov can make: mlgov fix"),
        (found.unsafe, f"{len(found.unsafe)} to look at first: mlgov fix --unsafe-fixes --diff"),
    ):
        rows += [title, *map(_fix, fixes), ""] if fixes else []
    if found.settled:
        rows += [f"{many(len(found.settled), 'finding')} will be gone with them", ""]
    if found.errands:
        rows += [f"{many(len(found.errands), 'place')} where a person has to act", *_errands(found), ""]
    count = sum(len(errand.findings) for errand in found.errands)
    rows.append(f"{many(len(found.safe) + len(found.unsafe), 'mechanical edit')}, {many(count, 'finding')} for people."
                if found.exit_code else "Nothing to do.")  # fmt: skip
    if not found.report.completeness.completed:
        rows.append("The run was incomplete; mlgov check tells why.")
    return rows


def _fix(finding: "Finding") -> str:
    from mlgov.renderers.escaping import terminal

    return terminal(f"  {finding.places[0]}: {finding.code} {finding.fix.message if finding.fix else finding.message}")


def _errands(found: "Todo") -> list[str]:
    from mlgov.renderers.escaping import terminal

    rows = []
    for errand in found.errands:
        who = f"  ({', '.join(errand.owners)})" if errand.owners else ""
        rows.append(terminal(f"  {errand.place}{who}"))
        for finding in errand.findings:
            rows.append(terminal(f"    {finding.code} {finding.message}"))
        rows += [terminal(f"      = {remedy}") for remedy in dict.fromkeys(f.remedy for f in errand.findings) if remedy]
    return rows


def _data(found: "Todo") -> dict[str, Any]:
    from mlgov.report import finding_data

    return {
        "version": 1,
        "fixes": [finding_data(f) for f in (*found.safe, *found.unsafe)],
        "settled": [finding_data(f) for f in found.settled],
        "errands": [_errand(e) for e in found.errands],
        "summary": {
            "safe": len(found.safe),
            "unsafe": len(found.unsafe),
            "settled": len(found.settled),
            "places": len(found.errands),
            "exit_code": found.exit_code,
        },
    }


def _errand(errand: "Errand") -> dict[str, Any]:
    from mlgov.report import finding_data

    place = {"place": errand.place._asdict(), "owners": list(errand.owners)}
    return place | {"findings": [finding_data(f) for f in errand.findings]}
