"""`mlgov new`: the beginning of a rule, an adapter or a pack, with examples that run."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlgov.cli.answers import OneOf, say
from mlgov.errors import UsageError

if TYPE_CHECKING:
    from mlgov.stubs import Files

KINDS = ("presence", "artifact", "cross", "statistical", "data", "change")
_AT = click.option(
    "--at", "folder", type=click.Path(file_okay=False), default=".", help="In which project; default: here."
)


@click.group("new")
def command() -> None:
    """Begin a rule, an adapter or a pack of your own.

    What is written runs at once, and its tests are red until it is filled in. Nothing is ever overwritten.
    """


@command.command("pack")
@click.argument("name")
@_AT
def pack(name: str, folder: str) -> None:
    """Begin an installable package NAME for rules and adapters of your organisation.

    \b
    mlgov new pack acme-governance
    cd acme-governance && mlgov new rule house/stale-approval && pytest
    """
    from mlgov.stubs.pack import pack_files

    _write(
        pack_files(Path(folder) / name, name), f"cd {name}; then mlgov new rule FAMILY/NAME or mlgov new adapter NAME"
    )


@command.command("rule")
@click.argument("name", metavar="FAMILY/NAME")
@click.option(
    "--kind", type=OneOf(KINDS), default="cross", show_default=True, help="What it compares; decides the code."
)
@click.option("--code", default="", help="Its code; default: the next free one of the family.")
@_AT
def rule(name: str, kind: str, code: str, folder: str) -> None:
    """Begin the rule NAME in FAMILY, called after the defect that it finds.

    The docstring comes first: the law, why, and examples under Fails, Passes and Abstains, which the tests run. Then
    the function. `mlgov test --pack` or pytest says what is still missing.

    \b
    mlgov new rule evaluation/stale-model-card
    mlgov new rule team/approver-missing --kind presence
    """
    from mlgov.catalogue import installed_rules
    from mlgov.stubs import module_name
    from mlgov.stubs.codes import checked, next_code
    from mlgov.stubs.home import home_of_rules
    from mlgov.stubs.rule import rule_files

    family, slash, own = name.partition("/")
    if not slash:
        raise UsageError(f"{name!r} names no family; write FAMILY/NAME, such as evaluation/{name}")
    home = home_of_rules(folder)
    taken = {r.code for r in installed_rules()}
    code = checked(code, taken) if code else next_code(home.package, module_name(family, "family"), kind, taken)
    how = f"pytest tests/rules -k {own}" if home.is_ours else "pytest"
    _write(
        rule_files(home, family, own, code, kind),
        f"{code}: fill in the examples, watch it fail ({how}), write the function",
    )


@command.command("adapter")
@click.argument("name")
@click.option("--pattern", default="", help="Which files may be of the format, as in .gitignore; default: NAME.yaml.")
@_AT
def adapter(name: str, pattern: str, folder: str) -> None:
    """Begin the adapter NAME, which reads one file format into facts.

    \b
    mlgov new adapter scorecard --pattern '*.scorecard'
    """
    from mlgov.stubs.adapter import adapter_files
    from mlgov.stubs.home import home_of_formats

    if any(c in pattern for c in '"\\\n'):
        raise UsageError(f"--pattern {pattern!r}: a pattern of file names with /, such as reports/*.json")
    files = adapter_files(home_of_formats(folder), name, pattern or f"{name}.yaml")
    _write(files, "replace the four fixtures, watch the test fail (pytest), then write recognise and read")


def _write(files: "Files", after: str) -> None:
    from mlgov.stubs import write

    for path in write(files):
        say(f"wrote {os.path.relpath(path)}")
    say(after)
