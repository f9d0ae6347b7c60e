"""`mlgov rules`: the table of everything that can be reported."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import click

from mlgov.cli.answers import OneOf, complete_rules, output_option, say, say_json

_LETTERS = {"off": "-", "info": "I", "warning": "W", "error": "E"}
_COLUMNS = ("Code", "Name", "Severity", "From stage", "Law")
_HEAD = """# Rules

{count} rules and hygiene codes, written by `mlgov rules --output markdown`; `mlgov explain CODE` tells all about one.
Severity is that of the profiles prototype/standard/high-risk: E error, W warning, I info, - off.
"""


@click.command("rules")
@click.option(
    "--select",
    multiple=True,
    metavar="CODE",
    shell_complete=complete_rules,
    help="Only these: codes, prefixes (EVA2), names, families.",
)
@click.option("--profile", type=OneOf(("prototype", "standard", "high-risk")), help="Only what this profile asks for.")
@click.option(
    "--explain-applicability",
    "path",
    is_flag=False,
    flag_value=".",
    metavar="[PATH]",
    help="Say for each project below PATH which rules applied, abstained or do not apply, and why.",
)
@output_option("text", "json", "markdown")
def command(select: tuple[str, ...], profile: str | None, path: str | None, output: str) -> None:
    """List the installed rules with their severity, the stage from which they speak, and their law.

    Severities are those of the profiles prototype, standard and high-risk: E error, W warning, I info, - off.

    \b
    mlgov rules --select EVA          one family
    mlgov rules --profile high-risk   with the severities of a profile
    """
    from mlgov.cli.laws import chosen, every_law

    laws = chosen(select) if select else every_law()
    laws = [law for law in laws if not profile or law["severity"][profile] != "off"]
    if path is not None:
        from mlgov.cli.applicability import tell

        tell(path, {str(law["code"]) for law in laws} if select else None, profile, output)
    elif output == "json":
        say_json({"version": 1, "rules": [{k: v for k, v in law.items() if k != "sections"} for law in laws]})
    elif output == "markdown":
        say("\n".join(_markdown(laws, profile)))
    else:
        say("\n".join(_text(laws, profile)))


def _row(law: dict[str, Any], profile: str | None) -> tuple[str, ...]:
    level = law["severity"][profile] if profile else "/".join(_LETTERS[s] for s in law["severity"].values())
    return law["code"], law["name"], level, law["stage"], law["title"]


def _text(laws: list[dict[str, Any]], profile: str | None) -> Iterator[str]:
    rows = [_row(law, profile) for law in laws]
    widths = [max(map(len, column), default=0) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
    yield f"{len(rows)} rules" + (f" of profile {profile}" if profile else "; severity: prototype/standard/high-risk")


def _markdown(laws: list[dict[str, Any]], profile: str | None) -> Iterator[str]:
    """One table per family, and which rules hold each requirement of the framework."""
    yield _HEAD.format(count=len(laws))
    for family, some in groupby(laws, key=lambda law: str(law["family"])):
        yield f"## {family}\n"
        yield f"| {' | '.join(_COLUMNS)} |"
        yield "|---" * len(_COLUMNS) + "|"
        for row in (_row(law, profile) for law in some):
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        yield ""
    yield from _requirements({law["code"]: law["sources"] for law in laws})


def _requirements(cited: dict[str, list[str]]) -> Iterator[str]:
    from mlgov.crosswalk import framework

    yield "## Requirements and the rules that hold them\n"
    yield "| Id | Requirement | Rules |\n|---|---|---|"
    for requirement in framework("requirements").requirements:
        codes = ", ".join(requirement.held_by(cited))
        told = f"not checkable: {requirement.not_checkable}" if requirement.not_checkable else codes or "-"
        yield f"| {requirement.id} | {requirement.text} | {told} |"
