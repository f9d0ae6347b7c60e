"""`mlgov settings`: every setting with the place it comes from; a wrong one ends with exit code 2."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from mlgov.cli.answers import output_option, say, say_json
from mlgov.cli.options import paths_argument, request, scope_option, selection_options
from mlgov.errors import MlgovError

if TYPE_CHECKING:
    from mlgov.policy.settings import Settings


@click.command("settings")
@paths_argument
@scope_option
@selection_options
@output_option("text", "json")
@click.option("--check", is_flag=True, help="Print only what is wrong, for each of PATHS.")
@click.pass_context
def command(
    ctx: click.Context, /, paths: tuple[str, ...], scope: str, output: str, check: bool, **options: Any
) -> None:
    """Show every setting that holds for PATHS, and the file, option or default that it comes from.

    A setting that is unknown or impossible, or that names an unknown rule, ends with exit code 2.

    \b
    mlgov settings                    every value and where it comes from
    mlgov settings models/fraud       what holds for one folder
    """
    if check:
        problems = {problem for path in paths or (".",) if (problem := _problem(path, scope, options))}
        for problem in sorted(problems):
            say(problem)
        ctx.exit(2 if problems else 0)
    settings = _settings(paths, scope, options)
    rows = [row for key in settings.values for row in _rows(settings, key)]
    if output == "json":
        found = {row.name: row.data() for row in rows}
        say_json({"version": 1, "settings": found} | ({"locked": settings.floor.locked} if settings.floor else {}))
    else:
        say("\n".join(_lines(rows, settings)))


def _settings(paths: tuple[str, ...], scope: str, options: Mapping[str, Any]) -> "Settings":
    """The settings that hold for paths, if a run could follow them."""
    from mlgov.policy.demand import demand
    from mlgov.run import load_settings, open_tree

    asked = request(paths, scope, **options)
    settings = load_settings(asked, open_tree(asked))
    demand(settings)
    return settings


def _problem(path: str, scope: str, options: Mapping[str, Any]) -> str:
    """What is wrong with the settings that hold for a path; "" if nothing is."""
    from mlgov.renderers.escaping import terminal

    try:
        _settings((path,), scope, options)
    except MlgovError as error:
        return terminal(str(error))
    return ""


class _Row(NamedTuple):
    """One value. name: of the setting, or `table.part` where the parts of a table come from several places."""

    name: str
    value: Any
    origin: str
    is_locked: bool = False

    def data(self) -> dict[str, Any]:
        return {"value": self.value, "origin": self.origin} | ({"locked": True} if self.is_locked else {})


def _rows(settings: "Settings", key: str) -> Iterator[_Row]:
    """A setting; where it extends a packaged policy, a table part by part."""
    value, floor = settings[key], settings.floor
    if floor is None or not isinstance(value, dict):
        yield _Row(key, value, settings.origins[key], _is_locked(settings, key))
        return
    for part in value:
        origin = settings.origins.get(f"{key}.{part}", "default")
        yield _Row(f"{key}.{part}", value[part], origin, _is_locked(settings, key, part))


def _is_locked(settings: "Settings", key: str, part: str = "") -> bool:
    """True if the policy locks a setting, or the rules that a part of `severity` or `rules` speaks of."""
    from mlgov.policy.locks import is_locked, locked_codes
    from mlgov.policy.own_rules import every_rule
    from mlgov.policy.weakening import forbidden_codes

    if settings.floor is None:
        return False
    rules = every_rule(settings.floor, settings)
    meant = forbidden_codes([part.upper(), part], rules) if key in ("severity", "rules") else frozenset()
    return is_locked(settings.floor, key, part) or bool(meant) and meant <= locked_codes(settings.floor, rules, key)


def _lines(rows: list[_Row], settings: "Settings") -> Iterator[str]:
    from mlgov.renderers.escaping import terminal

    wide = max(len(row.name) for row in rows)
    said = [f"{row.name:<{wide}} = {terminal(_toml(row.value))}" for row in rows]
    column = max(map(len, said))
    for text, row in zip(said, rows, strict=True):
        yield f"{text:<{column}}  # {terminal(row.origin)}{', locked' if row.is_locked else ''}"
    if settings.floor and settings.floor.locked:
        yield f"# {terminal(settings['extends'])} locks {terminal(', '.join(settings.floor.locked))}"


def _toml(value: Any) -> str:
    """A value as it would be written in `.mlgov.toml`."""
    import json

    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False, default=str)
