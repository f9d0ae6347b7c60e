"""`mlgov explain`: what a rule asks for, why, and how to meet it."""

from collections.abc import Iterator
from typing import Any

import click

from mlgov.cli.answers import complete_rules, output_option, say, say_json


@click.command("explain")
@click.argument("codes", nargs=-1, metavar="CODE...", shell_complete=complete_rules)
@click.option("--all", "everything", is_flag=True, help="Explain every installed rule.")
@output_option("text", "json")
def command(codes: tuple[str, ...], everything: bool, output: str) -> None:
    """Show what a rule asks for, why, what fails and passes, and how to meet it.

    CODE is a code (EVA301), the beginning of one (EVA), a name or a family.

    \b
    mlgov explain EVA204              one rule, with its examples
    mlgov explain monitoring          a whole family
    """
    from mlgov.cli.laws import chosen, every_law

    if everything == bool(codes):
        raise click.UsageError("name a rule, such as mlgov explain EVA203, or say --all; mlgov rules lists them")
    laws = every_law() if everything else chosen(codes)
    if output == "json":
        say_json({"version": 1, "rules": laws})
    else:
        say("\n\n\n".join("\n".join(_page(law)) for law in laws))


def _page(law: dict[str, Any]) -> Iterator[str]:
    yield f"{law['code']} {law['name']}"
    yield law["title"]
    yield ""
    yield from (f"{name:<10}{value}" for name, value in _details(law) if value)
    for heading, text in law["sections"].items():
        yield from ("", heading, *_body(text))


def _details(law: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "family", f"{law['family']} ({law['scope']})"
    levels = ", ".join(f"{profile} {level}" for profile, level in law["severity"].items())
    yield "severity", levels + ("; no setting changes it" if law["fixed"] else "")
    yield "stage", "any" if law["stage"] == "any" else f"from {law['stage']} on"
    yield "since", law["since"]
    yield "sources", ", ".join(law["sources"])
    yield "silences", ", ".join(law["silences"])
    yield "options", ", ".join(f"{name} = {value!r}" for name, value in law["options"].items())


def _body(text: str) -> Iterator[str]:
    """The text of a section, indented; a fenced example becomes the name of its file with the content below."""
    fenced = False
    for line in text.splitlines():
        if line.startswith("~~~"):
            fenced = not fenced
            if fenced:
                yield f"  {line[3:].partition(' ')[2] or 'for example'}:"
        else:
            yield f"{'    ' if fenced else '  '}{line}".rstrip()
