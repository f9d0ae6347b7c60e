"""What a packaged policy locks: settings that lower it are wrong settings, wherever in the repository they stand."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from mlgov.catalogue import matches, unknown_rule
from mlgov.engine import Plan
from mlgov.errors import SettingsError
from mlgov.finding import Severity
from mlgov.hygiene import HYGIENE
from mlgov.lifecycle.policy_change import Weakening
from mlgov.policy.own_rules import every_rule
from mlgov.policy.packaged import FILE, LOCKABLE, is_setting
from mlgov.policy.selection import plan
from mlgov.policy.settings import TABLES, Settings
from mlgov.policy.weakening import weakenings
from mlgov.rule import Rule


def refuse_lowered(settings: Settings) -> None:
    """`SettingsError` where settings demand less than what the policy locks that they extend; it names every attempt."""
    floor = settings.floor
    if floor is None or not floor.locked:
        return
    rules = every_rule(floor, settings)
    name = settings["extends"]
    codes = locked_codes(floor, rules, name)
    locked, ours = plan(floor, every_rule(floor)), plan(settings, every_rule(settings))
    held = replace(settings, values=_held(settings.values, floor), origins=settings.origins)
    some = [rule for rule in rules if rule.code in codes]
    found = list(weakenings(held, settings, _limited(locked, ours, codes, some), ours, some))
    if found:
        first, *others = [_told(one) for one in found]
        raise SettingsError(
            "; ".join([f"{name} locks what is lowered here: {first[1]}", *map(" ".join, others)]), first[0]
        )


def locked_codes(floor: Settings, rules: Iterable[Rule], name: str) -> frozenset[str]:
    """The codes of the rules that a policy locks, hygiene included; a word that names nothing is refused."""
    every = tuple(rules)
    known = [(r.code, r.name, r.family) for r in every] + [(h.code, h.name, "hygiene") for h in HYGIENE.values()]
    found: set[str] = set()
    for word in floor.locked:
        hits = {code for code, name, family in known if matches(code, name, family, word)}
        if not hits and not is_setting(word):
            hint = f"; settings that can be locked: {', '.join(LOCKABLE)}"
            raise SettingsError(f"locked: {unknown_rule(word, every)}{hint}", f"{name}:{FILE}")
        found |= hits
    return frozenset(found)


def is_locked(floor: Settings | None, key: str, part: str = "") -> bool:
    """True if a policy locks a setting, or that part of a table."""
    return floor is not None and any(word in floor.locked for word in (key, f"{key}.{part}"))


def _held(values: dict[str, Any], floor: Settings) -> dict[str, Any]:
    """The values with the policy's own where these are locked; which rules run is compared plan by plan."""
    held = values | {key: floor[key] for key in ("select", "ignore", "severity")}
    for key in LOCKABLE:
        if key in TABLES:
            parts = values[key]
            held[key] = {p: floor[key][p] if is_locked(floor, key, p) else parts[p] for p in parts}
        elif is_locked(floor, key):
            held[key] = floor[key]
    return held


def _limited(locked: Plan, ours: Plan, codes: frozenset[str], some: Iterable[Rule]) -> Plan:
    """The plan of the policy for what it locks, and that of the settings for all else."""
    usual = {rule.code: rule.severity(locked.profile) for rule in some}

    def severity(code: str, default: Severity) -> Severity:
        return locked.severity(code, usual.get(code, default)) if code in codes else ours.severity(code, default)

    rules = [r for r in locked.rules if r.code in codes] + [r for r in ours.rules if r.code not in codes]
    options = {
        code: (locked if code in codes else ours).options.get(code, {}) for code in {*locked.options, *ours.options}
    }
    return Plan(tuple(rules), ours.profile, severity, options)


def _told(one: Weakening) -> tuple[str, str]:
    """Where it stands, and what it is."""
    line, _, column = one.origin.pointer.removeprefix("@").partition(":")
    values = " to ".join(filter(None, (one.before, one.after)))
    place = f"{one.origin.file}:{line}:{column}" if one.origin.file else ""
    return place, f"{one.what}: {one.subject}" + (f" ({values})" if values and values != one.subject else "")
