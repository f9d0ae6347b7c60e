"""`mlgov coverage`: which requirement ids of a framework the repository holds evidence for."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from mlgov.cli.answers import OneOf, output_option, say, say_json
from mlgov.cli.options import paths_argument, request, scope_option

if TYPE_CHECKING:
    from mlgov.coverage import Row
    from mlgov.crosswalk import Framework
    from mlgov.examination import Examined

FRAMEWORKS = ("requirements", "nist-ai-rmf", "eu-ai-act", "iso-42001")


@click.command("coverage")
@paths_argument
@scope_option
@click.option("--framework", "name", type=OneOf(FRAMEWORKS), default="requirements", show_default=True)
@output_option("text", "json")
def command(paths: tuple[str, ...], scope: str, name: str, output: str) -> None:
    """Say for each requirement id of a framework whether evidence is found or missing, and where.

    Evidence is what a repository states; whether it suffices is for people to judge. The exit code is 0.

    \b
    mlgov coverage --framework eu-ai-act
    """
    from mlgov.cli.laws import rules_here
    from mlgov.coverage import citations, coverage
    from mlgov.crosswalk import framework
    from mlgov.examination import examine

    chosen, cited = framework(name), citations(rules_here(paths[0] if paths else "."))
    found = [(e, coverage(e.project, e.standings, e.verdicts, chosen, cited)) for e in examine(request(paths, scope))]
    if output == "json":
        head = {"version": 1, "framework": name, "title": chosen.title, "source": chosen.source, "date": chosen.date}
        say_json(head | {"note": chosen.note, "projects": [_data(*pair) for pair in found]})
    else:
        say("\n\n".join("\n".join(_text(chosen, *pair)) for pair in found))


def _counted(rows: "tuple[Row, ...]") -> dict[str, int]:
    from mlgov.coverage import STATES

    counted = Counter(row.state for row in rows)
    return {state: counted[state] for state in STATES}


def _data(examined: "Examined", rows: "tuple[Row, ...]") -> dict[str, Any]:
    origins = [o for r in rows for o in (*r.evidence, *(v.origins[0] for v in r.gaps))]
    places = examined.places(origins)
    return {
        "project": examined.project.id,
        "summary": _counted(rows),
        "requirements": [
            {
                "id": row.id,
                "group": row.group,
                "text": row.text,
                "evidence": row.state,
                "reason": row.reason,
                "rules": list(row.rules),
                "places": [places[o]._asdict() for o in row.evidence],
                "findings": [
                    {"code": v.code, "message": v.message, "place": places[v.origins[0]]._asdict()} for v in row.gaps
                ],
            }
            for row in rows
        ],
    }


def _text(chosen: "Framework", examined: "Examined", rows: "tuple[Row, ...]") -> Iterator[str]:
    from mlgov.renderers.escaping import terminal

    shown = {row.id: (row.gaps[0].origins[:1] if row.gaps else row.evidence[:1]) for row in rows}
    places = examined.places(o for origins in shown.values() for o in origins)
    counts = ", ".join(f"{count} {state}" for state, count in _counted(rows).items() if count)
    yield f"{chosen.title} ({chosen.source}; {chosen.note})"
    yield f"{terminal(examined.project.id or 'this project')}: evidence {counts}"
    for group, some in groupby(rows, key=lambda row: row.group):
        yield f"\n{group}"
        for row in some:
            yield terminal(f"  {row.id}  {row.state}: {row.text}")
            where = "".join(f"{places[o]}" for o in shown[row.id])
            codes = f" [{', '.join(row.rules)}]" if row.rules else ""
            told = ": ".join(part for part in (where, row.reason) if part)
            yield terminal(f"    {told}{codes}")
