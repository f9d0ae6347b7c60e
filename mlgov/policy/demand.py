"""What a run demands in the end: of the policies of base and head the stricter wins, rule by rule.

A gate that the gated change can switch off is no gate; every weakening is kept for the rules that report it.
"""

from typing import Any, NamedTuple

from mlgov.engine import Plan
from mlgov.finding import Severity
from mlgov.lifecycle.policy_change import PolicyChange
from mlgov.policy.own_rules import every_rule
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


def demand(head: Settings, base: Settings | None = None) -> Demand:
    """The demand of the head's settings, or of the stricter of base and head."""
    ours = plan(head, every_rule(head))
    if base is None:
        return Demand(ours, head)
    rules = every_rule(base, head)
    theirs = plan(base, every_rule(base))
    kept = {r.code for r in (*every_rule(head), *base.own)}  # a plug-in that is gone is told once, not rule by rule
    told = weakenings(base, head, theirs, ours, [r for r in rules if r.code in kept])
    policy = PolicyChange(tuple(told), (), True)
    return Demand(hold(stricter_plan(theirs, ours), rules), _stricter_settings(base, head), policy, base)


def stricter_plan(base: Plan, head: Plan) -> Plan:
    """Every rule that either side runs, at the higher of both severities and with the options that ask for more."""
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

    options = {code: _stricter_options(rule, base, head) for code, rule in rules.items()}
    profile = max(base.profile, head.profile, key=PROFILES.index)
    return Plan(tuple(rules[code] for code in sorted(rules)), profile, severity, options)


def _stricter_options(rule: Rule, base: Plan, head: Plan) -> dict[str, Any]:
    """The base's values, but for those of the head that ask for more."""
    old, new = ({**rule.options, **side.options.get(rule.code, {})} for side in (base, head))
    return {key: new[key] if rule.is_laxer(key, old[key], new[key]) is False else old[key] for key in rule.options}


def _stricter_settings(base: Settings, head: Settings) -> Settings:
    values, origins = dict(head.values), dict(head.origins)
    order = (*LEVELS[1:], "never")
    if order.index(base["fail_on"]) < order.index(head["fail_on"]):
        values["fail_on"], origins["fail_on"] = base["fail_on"], f"{base.origins['fail_on']} (base)"
    values["profile"] = max(base["profile"], head["profile"], key=PROFILES.index)
    values["allow_empty"] = base["allow_empty"] and head["allow_empty"]
    values["new_only"] = base["new_only"] and head["new_only"]
    values["plugins"] = list(dict.fromkeys((*base.plugins, *head.plugins)))
    values["waivers"] = {
        "max_days": min(base["waivers"]["max_days"], head["waivers"]["max_days"]),
        "require_owner_approval": any(side["waivers"]["require_owner_approval"] for side in (base, head)),
        "forbidden": list(dict.fromkeys((*base["waivers"]["forbidden"], *head["waivers"]["forbidden"]))),
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
