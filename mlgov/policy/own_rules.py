"""The rules that the settings themselves state, or that the files they name state: an organisation's own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from mlgov.catalogue import installed_rules
from mlgov.errors import SettingsError
from mlgov.policy.settings import Settings
from mlgov.rule import Rule
from mlgov.snapshot import Unreadable

if TYPE_CHECKING:
    from mlgov.custom import Table

Read = Callable[[str], bytes]


def with_own_rules(settings: Settings, read: Read) -> Settings:
    """The settings with their own rules; settings without any come back as they are, and nothing is imported."""
    if not settings["custom"]:
        return settings
    from mlgov.custom import rules_of_tables

    taken = {rule.code: rule.name for rule in installed_rules(settings.plugins)}
    return replace(settings, own=rules_of_tables(_tables(settings, read), taken))


def every_rule(*sides: Settings) -> tuple[Rule, ...]:
    """Our rules, those of plug-ins, and those of settings, by code; of two with one code the first settings count."""
    found = {rule.code: rule for settings in reversed(sides) for rule in settings.own}
    plugins = tuple(dict.fromkeys(name for settings in sides for name in settings.plugins))
    found |= {rule.code: rule for rule in installed_rules(plugins)}
    return tuple(found[code] for code in sorted(found))


def _tables(settings: Settings, read: Read) -> "Iterator[Table]":
    from mlgov.custom import tables, tables_of

    file = settings.origins["custom"].rsplit(":", 2)[0]
    said = settings["custom"]
    if not all(isinstance(item, str) for item in said):
        pointer = "/tool/mlgov/custom" if file.endswith("pyproject.toml") else "/custom"
        yield from tables(file, read(file), pointer, said)
        return
    for name in said:
        path = normpath(join(dirname(file), name))
        try:
            raw = read(path)
        except Unreadable as error:
            raise SettingsError(
                f"custom names {name}, which cannot be read: {error}", settings.origins["custom"]
            ) from None
        yield from tables_of(path, raw)
