"""Rules and hygiene codes as one list of plain data, for the commands that show them."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import click

from mlgov.catalogue import installed_rules, matches
from mlgov.cli.answers import near
from mlgov.cli.options import split
from mlgov.finding import Severity
from mlgov.hygiene import HYGIENE, Hygiene
from mlgov.rule import PROFILES, Rule, sections, title


def every_law() -> list[dict[str, Any]]:
    """Everything that can be reported, by code, here; the hygiene codes come last."""
    return [*map(_of_rule, rules_here()), *map(_of_hygiene, HYGIENE.values())]


def rules_here(path: str = ".") -> tuple[Rule, ...]:
    """Our rules, and those that the settings which hold for a folder state, or that their plug-ins bring."""
    folder = os.path.abspath(path)
    while not _states_rules(folder):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return installed_rules()
    from mlgov.cli.options import request
    from mlgov.policy.own_rules import every_rule
    from mlgov.run import load_settings, open_tree

    asked = request((path,), "worktree")
    return every_rule(load_settings(asked, open_tree(asked)))


def _states_rules(folder: str) -> bool:
    """True if a settings file of a folder may state rules; reading it in earnest comes later."""
    for name in (".mlgov.toml", "pyproject.toml"):
        with suppress(OSError), open(os.path.join(folder, name), "rb") as file:
            text = file.read(1_000_000)
            if any(key in text for key in (b"custom", b"plugins", b"extends")):
                return True
    return False


def chosen(words: Iterable[str]) -> list[dict[str, Any]]:
    """What the words name: codes, prefixes of codes, names, families; a word that names nothing is a usage error."""
    laws = every_law()
    wanted: set[str] = set()
    for word in split(tuple(words)):
        hits = {law["code"] for law in laws if matches(law["code"], law["name"], law["family"], word)}
        if not hits:
            known = (law[key] for law in laws for key in ("code", "name", "family"))
            raise click.UsageError(f"no rule is called {word!r}{near(word, known) or '; mlgov rules lists them'}")
        wanted |= hits
    return [law for law in laws if law["code"] in wanted]


def _of_rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "title": title(rule.doc),
        "scope": rule.scope,
        "severity": _by_profile(rule.severities),
        "stage": rule.stage,
        "since": rule.since,
        "sources": list(rule.sources),
        "silences": list(rule.implies),
        "fixed": rule.fixed,
        "options": dict(_options(rule.options)),
        "sections": dict(sections(rule.doc)),
    }


def _of_hygiene(row: Hygiene) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "family": "hygiene",
        "title": row.title,
        "scope": "artifact",
        "severity": _by_profile(row.severities),
        "stage": "any",
        "since": "0.1",
        "sources": [],
        "silences": [],
        "fixed": row.fixed,
        "options": {},
        "sections": {"Remedy": row.remedy},
    }


def _by_profile(severities: tuple[Severity, Severity, Severity]) -> dict[str, str]:
    return {profile: severity.word for profile, severity in zip(PROFILES, severities, strict=True)}


def _options(defaults: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Options with what JSON has no word for written out."""
    for name, value in defaults.items():
        yield name, list(value) if isinstance(value, (tuple, set, frozenset)) else value
