"""`mlgov test`: the examples of rules without code, or of an installed pack, are run."""

from collections.abc import Iterator

import click

from mlgov.cli.answers import near, output_option, say, say_json
from mlgov.errors import UsageError
from mlgov.rule import Rule


@click.command("test")
@click.argument("path", default=".", type=click.Path(exists=True))
@click.option("--pack", metavar="NAME", help="The rules of an installed pack, by the name of its entry point.")
@output_option("text", "json")
@click.pass_context
def command(ctx: click.Context, path: str, pack: str | None, output: str) -> None:
    """Run the examples of the custom rules that the settings for PATH state.

    What stands under `fails` must fail, what stands under `passes` must pass. Exit codes: 0 all did, 1 one did not,
    2 the settings are wrong, or there is nothing to run.

    \b
    mlgov test                        the rules that the settings state
    mlgov test --pack acme-rules      the rules of an installed pack
    """
    rules = _of_pack(pack) if pack else _of_settings(path)
    if not rules:
        raise UsageError("no custom rules here: state them under `custom` in the settings, or name a --pack")
    rows = [row for rule in rules for row in _outcomes(rule)]
    failed = sum(1 for *_, problem in rows if problem)
    if output == "json":
        keys = ("code", "name", "example", "problem")
        say_json({"version": 1, "examples": [dict(zip(keys, row, strict=True)) for row in rows]})
    else:
        lines = [f"{'FAIL' if row[3] else 'pass':<6}{row[0]} {row[1]}: {row[2]}{_why(row[3])}" for row in rows]
        say("\n".join([*lines, "", f"{len(rows) - failed} passed, {failed} failed: {len(rules)} rules"]))
    ctx.exit(1 if failed else 0)


def _why(problem: str) -> str:
    return f"\n      {problem}" if problem else ""


def _of_settings(path: str) -> tuple[Rule, ...]:
    from mlgov.cli.options import request
    from mlgov.run import load_settings, open_tree

    asked = request((path,), "worktree")
    return load_settings(asked, open_tree(asked)).own


def _of_pack(name: str) -> tuple[Rule, ...]:
    from mlgov.catalogue import packs, rules_of
    from mlgov.distributions import RULES, registered

    names = {n: r.distribution for r in registered() if r.group == RULES for n in (r.point.name, r.distribution)}
    if name not in names:
        raise UsageError(f"no pack is called {name!r}{near(name, names) or '; installed are ' + ', '.join(names)}")
    chosen = [package for owner, package in packs(RULES, (names[name],)) if owner == names[name]]
    return tuple(rule for package in chosen for rule in rules_of(package))


def _outcomes(rule: Rule) -> Iterator[tuple[str, str, str, str]]:
    """Code, name, example and problem (empty where it behaves) of every example of a rule."""
    from mlgov.testkit import case_problems, cases

    every = list(cases(rule.doc))
    for number, case in enumerate(every, 1):
        problems = "; ".join(case_problems(rule, case, alone=rule.family == "custom"))
        yield rule.code, rule.name, f"example {number} {case.kind.lower()}", problems
    if not {"Fails", "Passes"} <= {case.kind for case in every}:
        yield rule.code, rule.name, "examples", "a rule needs one that fails and one that passes"
