"""`mlgov blame`: the commits in which each end of a finding got its value."""

from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import complete_rules, output_option, say, say_json
from mlgov.cli.options import request, scope_option, split

if TYPE_CHECKING:
    from mlgov.ancestry import Commit
    from mlgov.engine import Verdict
    from mlgov.finding import Origin


@click.command("blame")
@click.argument("names", nargs=-1, metavar="[CODE|FINGERPRINT]...", shell_complete=complete_rules)
@click.option("--path", "paths", multiple=True, type=click.Path(), help="Only what lies below; repeatable.")
@scope_option
@output_option("text", "json")
def command(names: tuple[str, ...], paths: tuple[str, ...], scope: str, output: str) -> None:
    """Name the commit that gave each end of a finding its value; without names, of every contradiction.

    A value is followed by the ids above it, not by its line. Renamed files are not followed.

    \b
    mlgov blame EVA204                who wrote the numbers that contradict each other
    """
    from mlgov.retrospect import sides

    found = list(sides(request(paths, scope), split(names)))
    if names and not found:
        raise click.UsageError(f"nothing is found that is called {', '.join(names)}; mlgov check lists the findings")
    if output == "json":
        say_json({"version": 1, "findings": [_data(*pair) for pair in found]})
    else:
        say("\n\n".join(_text(*pair) for pair in found) or "no finding has several ends")


def _data(verdict: "Verdict", ends: "list[tuple[Origin, Commit]]") -> dict[str, object]:
    places = [{"file": o.file, "pointer": o.pointer, "commit": c._asdict()} for o, c in ends]
    return {"code": verdict.code, "name": verdict.name, "message": verdict.message, "ends": places}


def _text(verdict: "Verdict", ends: "list[tuple[Origin, Commit]]") -> str:
    from mlgov.renderers.escaping import terminal

    rows = [terminal(f"{verdict.code} {verdict.name}: {verdict.message}")]
    for origin, commit in ends:
        place = f"{origin.file}{'' if origin.pointer.startswith('@') else '#' + origin.pointer}"
        who = f"{commit.sha[:12]} {commit.date[:10]} {commit.author}: " if commit.sha else ""
        rows.append(terminal(f"  {place}: {who}{commit.subject}"))
    return "\n".join(rows)
