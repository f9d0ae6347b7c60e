"""Which rules run, and with which severity and options: the settings applied to the installed rules."""

from collections.abc import Iterable
from typing import Any

from mlgov.catalogue import matches, selected, unknown_rule
from mlgov.engine import Plan
from mlgov.errors import SettingsError
from mlgov.finding import Severity
from mlgov.hygiene import HYGIENE
from mlgov.policy.settings import Settings
from mlgov.rule import Rule


def plan(settings: Settings, rules: Iterable[Rule]) -> Plan:
    """The plan of a run; `SettingsError` or `UsageError` where the settings name what does not exist."""
    known = {rule.code: rule for rule in (*rules, *settings.own)}
    every = tuple(known[code] for code in sorted(known))
    chosen = {r.code for r in selected(every, [*settings["select"], *settings["extend_select"]])}
    chosen -= {r.code for r in selected(every, settings["ignore"])}
    levels = _levels(settings, every)
    ignored = tuple(w for w in settings["ignore"] if w.upper().startswith("INT"))

    def severity(code: str, default: Severity) -> Severity:
        if code in HYGIENE:
            silent = any(matches(code, HYGIENE[code].name, "hygiene", w) for w in ignored)
            return Severity.OFF if silent else levels.get(code, default)
        # a rule that its profile switches off runs where it is named
        return levels.get(code, default)

    return Plan(
        rules=tuple(r for r in every if r.code in chosen),
        profile=settings["profile"],
        severity=severity,
        options=_options(settings, every),
    )


def hold(plan: Plan, rules: Iterable[Rule]) -> Plan:
    """The plan with every fixed rule in it, at no less than its default severity: no settings can take one out."""
    fixed = {r.code: r for r in rules if r.fixed}

    def severity(code: str, default: Severity) -> Severity:
        found = plan.severity(code, default)
        return max(found, default) if code in fixed else found

    every = {r.code: r for r in plan.rules} | fixed
    return plan._replace(rules=tuple(every[code] for code in sorted(every)), severity=severity)


def _levels(settings: Settings, rules: tuple[Rule, ...]) -> dict[str, Severity]:
    """Severity by code; later and longer selectors win over earlier, shorter ones."""
    levels: dict[str, Severity] = {}
    known = [(r.code, r.name, r.family) for r in rules]
    known += [(row.code, row.name, "hygiene") for row in HYGIENE.values()]
    for word, level in sorted(settings["severity"].items(), key=lambda item: (item[0] != "ALL", len(item[0]))):
        hits = [code for code, name, family in known if matches(code, name, family, word)]
        if not hits:
            place = settings.origins.get(f"severity.{word}", settings.origins["severity"])
            raise SettingsError(unknown_rule(word, rules), place)
        levels.update(dict.fromkeys(hits, Severity.of(level)))
    return levels


def _options(settings: Settings, rules: tuple[Rule, ...]) -> dict[str, dict[str, Any]]:
    """Options by code, each of the type of the default it replaces."""
    by_code = {r.code: r for r in rules}
    options: dict[str, dict[str, Any]] = {}
    for word, table in settings["rules"].items():
        place = settings.origins.get(f"rules.{word}", settings.origins["rules"])
        rule = by_code.get(word.upper())
        if rule is None:
            raise SettingsError(unknown_rule(word, rules), place)
        options[rule.code] = {key: _option(rule, key, value, place) for key, value in table.items()}
    return options


def _option(rule: Rule, key: str, value: Any, place: str) -> Any:
    if key not in rule.options:
        known = ", ".join(rule.options) or "none"
        raise SettingsError(f"rule {rule.code} has no option {key!r}; its options: {known}", place)
    default = rule.options[key]
    if isinstance(default, float) and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(default, tuple) and isinstance(value, list):
        return tuple(value)
    if type(value) is not type(default):
        raise SettingsError(f"rules.{rule.code}.{key} must be like its default {default!r}", place)
    return value
