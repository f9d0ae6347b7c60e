"""What a run demands in the end: of the policies of base and head the stricter wins, rule by rule.

A gate that the gated change can switch off is no gate; every weakening is kept for the rules that report it.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from mlgov.engine import Plan
from mlgov.finding import Severity
from mlgov.lifecycle.policy_change import PolicyChange
from mlgov.policy.selection import hold, plan
from mlgov.policy.settings import LEVELS, Settings
from mlgov.policy.weakening import weakenings
from mlgov.rule import PROFILES, Rule
from mlgov.units import size


class Demand(NamedTuple):
    """The plan of a run, the settings it follows from, and what the change did to them (None without a base).

    before: the settings of the base as they were.
    """

    plan: Plan
    settings: Settings
    policy: PolicyChange | None = None
    before: Settings | None = None


def demand(head: Settings, base: Settings | None, rules: Iterable[Rule]) -> Demand:
    """The demand of the head's settings, or of the stricter of base and head."""
    every = tuple(rules)
    ours = plan(head, every)
    if base is None:
        return Demand(ours, head)
    theirs = plan(base, every)
    policy = PolicyChange(tuple(weakenings(base, head, theirs, ours, (*every, *_own(base, head)))), (), True)
    return Demand(hold(_stricter_plan(theirs, ours), every), _stricter_settings(base, head), policy, base)


def _stricter_plan(base: Plan, head: Plan) -> Plan:
    """Every rule that either side runs, at the higher of both severities; the base's options win."""
    rules = {r.code: r for r in (*head.rules, *base.rules)}  # a custom rule counts as the base states it
    asked = [(side, {r.code for r in side.rules}) for side in (base, head)]

    def severity(code: str, usual: Severity) -> Severity:
        rule = rules.get(code)
        levels = [
            side.severity(code, rule.severity(side.profile) if rule else usual)
            for side, codes in asked
            if rule is None or code in codes
        ]
        return max(levels, default=Severity.OFF)

    options = {code: base.options.get(code, head.options.get(code, {})) for code in rules}
    profile = max(base.profile, head.profile, key=PROFILES.index)
    return Plan(tuple(rules[code] for code in sorted(rules)), profile, severity, options)


def _stricter_settings(base: Settings, head: Settings) -> Settings:
    values, origins = dict(head.values), dict(head.origins)
    order = (*LEVELS[1:], "never")
    if order.index(base["fail_on"]) < order.index(head["fail_on"]):
        values["fail_on"], origins["fail_on"] = base["fail_on"], f"{base.origins['fail_on']} (base)"
    values["profile"] = max(base["profile"], head["profile"], key=PROFILES.index)
    values["allow_empty"] = base["allow_empty"] and head["allow_empty"]
    values["new_only"] = base["new_only"] and head["new_only"]
    values["waivers"] = {
        "max_days": min(base["waivers"]["max_days"], head["waivers"]["max_days"]),
        "require_owner_approval": any(side["waivers"]["require_owner_approval"] for side in (base, head)),
    }
    values["data"] = _data(base["data"], head["data"])
    return Settings(values, origins, _own(base, head))


def _data(base: dict[str, Any], head: dict[str, Any]) -> dict[str, Any]:
    """Data are verified where either side asks for it, as far as the more generous one allows."""
    limits = {key: max(base[key], head[key], key=size) for key in head if key != "verify"}
    return {"verify": base["verify"] or head["verify"], **limits}


def _own(base: Settings, head: Settings) -> tuple[Rule, ...]:
    """The custom rules of both sides; where both state one, that of the base."""
    found = {rule.code: rule for side in (head, base) for rule in side.own}
    return tuple(found[code] for code in sorted(found))
