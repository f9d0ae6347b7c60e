"""`mlgov diff`: what changed between two revisions, as governance release notes."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import output_option, say, say_json
from mlgov.cli.options import request

if TYPE_CHECKING:
    from mlgov.lifecycle.change import Change
    from mlgov.lifecycle.differences import Difference

Told = list[tuple[str, str, "list[Difference]"]]


@click.command("diff")
@click.argument("base")
@click.argument("head", default="worktree")
@click.option("--path", "paths", multiple=True, type=click.Path(), help="Only what lies below; repeatable.")
@click.option("--all", "everything", is_flag=True, help="Also what is only renamed, moved or written otherwise.")
@output_option("text", "markdown", "json")
def command(base: str, head: str, paths: tuple[str, ...], everything: bool, output: str) -> None:
    """Tell what changed from BASE to HEAD: intended use, data, metrics, thresholds, limits, rollout, monitors, owners.

    HEAD is a revision, `staged`, or the files on disk (`worktree`, the default). A threshold is said to be loosened or
    tightened, in base units. Nothing is judged: mlgov check --base does that.

    \b
    mlgov diff v1.3 v1.4              what changed between two releases
    mlgov diff main                   what this branch changes
    """
    from mlgov.lifecycle.differences import differences
    from mlgov.retrospect import between

    told = [(c.id, _fate(c), differences(c)) for c in between(request(paths, head), base)]
    if output == "json":
        say_json({"version": 1, "base": base, "head": head, "projects": [_data(*project) for project in told]})
        return
    lines = list(_lines(told, everything, markdown=output == "markdown"))
    say("\n".join(lines) or f"nothing changed from {base} to {head}")


def _fate(change: "Change") -> str:
    return "added" if change.added else "removed" if change.removed else "changed"


def _data(name: str, fate: str, found: "list[Difference]") -> dict[str, object]:
    rows = [{k: v for k, v in d._asdict().items() if k != "at"} | {"file": d.at.file} for d in found]
    return {"project": name, "change": fate, "differences": rows}


def _lines(told: Told, everything: bool, markdown: bool) -> Iterator[str]:
    from mlgov.renderers.escaping import terminal
    from mlgov.renderers.wording import many

    for name, fate, found in told:
        shown = [d for d in found if d.substantive or everything]
        left_out = len(found) - len(shown)
        if not found and fate == "changed":
            continue
        yield f"## {_safe(name)}: {fate}" if markdown else terminal(f"{name}: {fate}")
        for topic, some in groupby(shown, key=lambda d: d.topic):
            yield f"\n### {topic.capitalize()}\n" if markdown else f"  {topic}"
            yield from (f"- {_safe(d.words)}" if markdown else terminal(f"    {d.words}") for d in some)
        if left_out:
            note = f"{many(left_out, 'value')} only renamed, moved or written otherwise (--all)"
            yield f"\n{note}" if markdown else f"  {note}"


def _safe(text: str) -> str:
    """Text of a stranger in Markdown: no links, images, tags or mentions that act."""
    from mlgov.renderers.escaping import terminal

    return "".join(f"\\{sign}" if sign in "\\`*_<>[]()#!|~@" else sign for sign in terminal(text))
