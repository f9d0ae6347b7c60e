"""`mlgov score`: a published rubric answered from the evidence of a repository."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from mlgov.cli.answers import OneOf, output_option, say, say_json
from mlgov.cli.options import paths_argument, request, scope_option

if TYPE_CHECKING:
    from mlgov.examination import Examined
    from mlgov.score import Score


@click.command("score")
@paths_argument
@scope_option
@click.option("--rubric", type=OneOf(("ml-test-score",)), default="ml-test-score", show_default=True)
@output_option("text", "json")
def command(paths: tuple[str, ...], scope: str, rubric: str, output: str) -> None:
    """Answer the 28 tests of the ML Test Score (Breck et al. 2017) from evidence.

    0 nothing, or contradicted; 0.5 documented; 1 automated (gate, alert, pipeline). The total is the smallest of the
    four sums. Only rules that apply count. The score is no verdict: the exit code is 0.

    \b
    mlgov score                       the ML Test Score, with the evidence for each point
    """
    from mlgov.examination import examine
    from mlgov.score import rubric as told
    from mlgov.score import score

    found = [(e, score(e.project, e.standings, e.verdicts, rubric)) for e in examine(request(paths, scope))]
    data = told(rubric)
    if output == "json":
        head = {"version": 1, "rubric": rubric, "source": data["source"], "date": data["date"]}
        say_json(head | {"projects": [_data(*pair) for pair in found]})
    else:
        say("\n\n".join("\n".join(_text(data["title"], *pair)) for pair in found))


def _data(examined: "Examined", scored: "Score") -> dict[str, Any]:
    places = examined.places(o for a in scored.answers for o in a.origins)
    tests = [
        a._asdict() | {"origins": None, "places": [places[o]._asdict() for o in a.origins]} for a in scored.answers
    ]
    return {
        "project": examined.project.id,
        "total": scored.total,
        "sums": scored.sums,
        "tests": [{k: v for k, v in test.items() if k != "origins"} for test in tests],
    }


def _text(title: str, examined: "Examined", scored: "Score") -> Iterator[str]:
    from mlgov.renderers.escaping import terminal

    places = examined.places(a.origins[0] for a in scored.answers if a.origins)
    sums = ", ".join(f"{group} {points:g}" for group, points in scored.sums.items())
    name = terminal(examined.project.id or "this project")
    yield f"{title} of {name}: {scored.total:g}, the smallest of {sums or 'no sum'}"
    for answer in scored.answers:
        points = "n/a" if answer.points is None else f"{answer.points:g}"
        yield f"  {answer.id:<17} {points:>3}  {answer.text}"
        where = f"{places[answer.origins[0]]}: " if answer.origins else ""
        yield terminal(f"{'':25}{where}{answer.reason}")
