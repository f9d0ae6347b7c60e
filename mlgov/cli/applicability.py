"""What `mlgov rules --explain-applicability` prints: each project with the standing of every rule."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from mlgov.cli.answers import say, say_json

if TYPE_CHECKING:
    from mlgov.examination import Examined
    from mlgov.standing import Standing


def tell(path: str, codes: set[str] | None, profile: str | None, output: str) -> None:
    """Print it as text or JSON. codes: only these rules, None = all."""
    from mlgov.cli.options import request
    from mlgov.examination import examine

    if output == "markdown":
        raise click.UsageError("--explain-applicability prints text or json; markdown is for the list of rules")
    found = examine(request((path,), "worktree", profile=profile))
    shown = [(e, [s for s in e.standings.values() if codes is None or s.code in codes]) for e in found]
    if output == "json":
        say_json({"version": 1, "projects": [_data(*pair) for pair in shown]})
    else:
        say("\n\n".join("\n".join(_text(*pair)) for pair in shown))


def _data(examined: "Examined", rows: "list[Standing]") -> dict[str, Any]:
    project = examined.project
    return {
        "project": project.id,
        "stage": project.stage,
        "profile": examined.profile,
        "summary": _counted(rows),
        "rules": [row._asdict() for row in rows],
    }


def _counted(rows: "list[Standing]") -> dict[str, int]:
    from mlgov.standing import STATES

    counted = Counter(row.state for row in rows)
    return {state: counted[state] for state in STATES}


def _text(examined: "Examined", rows: "list[Standing]") -> Iterator[str]:
    from mlgov.renderers.escaping import terminal

    counts = ", ".join(f"{count} {state}" for state, count in _counted(rows).items())
    name = terminal(examined.project.id or "this project")
    yield f"{name}: stage {examined.project.stage}, profile {examined.profile}: {counts}"
    wide = max((len(row.name) for row in rows), default=0)
    for row in rows:
        told = "; ".join(row.reasons) or (f"{row.findings} found" if row.findings else "")
        state = f"{row.state}: {told}" if told else row.state
        yield terminal(f"  {row.code}  {row.name:<{wide}}  {state}")
