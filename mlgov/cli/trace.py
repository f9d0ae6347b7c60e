"""`mlgov trace`: from each requirement to the person who is called, with the broken links."""

from typing import TYPE_CHECKING, Any

import click

from mlgov.cli.answers import output_option, say, say_json
from mlgov.cli.options import paths_argument, request, scope_option

if TYPE_CHECKING:
    from mlgov.examination import Examined
    from mlgov.lifecycle.gaps import Gap
    from mlgov.lifecycle.trace import Trace


@click.command("trace")
@paths_argument
@scope_option
@click.option("--project", "name", metavar="ID", help="Only this project; svg needs it where there are several.")
@output_option("text", "json", "mermaid", "svg")
def command(paths: tuple[str, ...], scope: str, name: str | None, output: str) -> None:
    """Follow each metric from its requirement over offline result, baseline, experiment and rollout to monitor,
    rollback and owner, and name the links that are missing.

    A missing link counts from the stage on from which its rule speaks. Nothing is judged: the exit code is 0.

    \b
    mlgov trace                       the whole chain of every metric
    """
    from mlgov.examination import examine
    from mlgov.lifecycle.trace import trace

    found = [e for e in examine(request(paths, scope)) if name in (None, e.project.id)]
    if not found:
        raise click.UsageError(f"no project is called {name!r}; mlgov inventory lists them")
    traces = [(e, trace(e.project)) for e in found]
    if output == "json":
        say_json({"version": 1, "projects": [_data(*pair) for pair in traces]})
    elif output == "mermaid":
        from mlgov.renderers.trace_mermaid import mermaid

        say("\n\n".join(mermaid(t) for _, t in traces))
    elif output == "svg":
        _svg([t for _, t in traces])
    else:
        from mlgov.renderers.trace_text import text

        say("\n\n".join(text(t, lambda gap, e=e: _is_due(gap, e), lambda o, e=e: e.places([o])[o]) for e, t in traces))  # type: ignore[misc]


def _svg(traces: "list[Trace]") -> None:
    from mlgov.renderers.trace_svg import svg

    if len(traces) > 1:
        names = ", ".join(t.project for t in traces)
        raise click.UsageError(f"svg draws one project; choose with --project: {names}")
    say(svg(traces[0]))


def _is_due(gap: "Gap", examined: "Examined") -> bool:
    return examined.project.reached(gap.stage)


def _data(examined: "Examined", trace: "Trace") -> dict[str, Any]:
    places = examined.places([*(n.origin for n in trace.nodes), *(g.origin for g in trace.gaps)])
    gaps = [
        {
            "code": gap.code,
            "stage": gap.stage,
            "due": _is_due(gap, examined),
            "metric": gap.metric,
            "from": gap.subject,
            "missing": gap.missing,
            "message": gap.words,
            "place": places[gap.origin]._asdict(),
        }
        for gap in trace.gaps
    ]
    nodes = [n._asdict() | {"origin": None, "place": places[n.origin]._asdict()} for n in trace.nodes]
    threads = [{"name": t.name, "cells": {k: [n.key for n in v] for k, v in t.cells.items()}} for t in trace.threads]
    return {
        "project": trace.project,
        "stage": trace.stage,
        "nodes": [{k: v for k, v in node.items() if k != "origin"} for node in nodes],
        "edges": [list(edge) for edge in trace.edges],
        "threads": threads,
        "broken": gaps,
    }
