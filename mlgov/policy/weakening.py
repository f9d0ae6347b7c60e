"""In which ways the settings of the head demand less than those of the base."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mlgov.engine import Plan
from mlgov.finding import Origin, Severity
from mlgov.lifecycle.policy_change import Weakening
from mlgov.policy.settings import LEVELS, Settings
from mlgov.rule import PROFILES, Rule


def weakenings(base: Settings, head: Settings, theirs: Plan, ours: Plan, rules: Iterable[Rule]) -> Iterator[Weakening]:
    """Every weakening, in a fixed order. theirs, ours: the plans of base and head."""
    if PROFILES.index(head["profile"]) < PROFILES.index(base["profile"]):
        yield _weakening("profile lowered", "profile", base, head)
    order = (*LEVELS[1:], "never")
    if order.index(head["fail_on"]) > order.index(base["fail_on"]):
        yield _weakening("fail_on raised", "fail_on", base, head)
    if head["allow_empty"] and not base["allow_empty"]:
        yield _weakening("empty runs allowed", "allow_empty", base, head)
    yield from _patterns(base, head)
    yield from _rules(base, head, theirs, ours, rules)
    yield from _options(base, head, theirs, ours)


def _patterns(base: Settings, head: Settings) -> Iterator[Weakening]:
    for pattern in head["exclude"]:
        if pattern not in base["exclude"]:
            yield Weakening("exclude widened", pattern, "", pattern, place(head, base, "exclude"))
    for pattern in base["include"]:
        if pattern not in head["include"]:
            yield Weakening("include narrowed", pattern, pattern, "", place(head, base, "include"))


def _rules(base: Settings, head: Settings, theirs: Plan, ours: Plan, rules: Iterable[Rule]) -> Iterator[Weakening]:
    """Rules that the head runs more mildly under one and the same profile, so that a lowered profile counts once."""
    before, after = {r.code for r in theirs.rules}, {r.code for r in ours.rules}
    for rule in rules:
        usual = rule.severity(theirs.profile)
        old = theirs.severity(rule.code, usual) if rule.code in before else Severity.OFF
        new = ours.severity(rule.code, usual) if rule.code in after else Severity.OFF
        if new < old:
            what = "rule off" if new is Severity.OFF else "severity lowered"
            key = _key(head, base, rule.code not in after)
            yield Weakening(what, f"{rule.code} {rule.name}", old.word, new.word, place(head, base, key))


def _key(head: Settings, base: Settings, left_out: bool) -> str:
    """The setting that explains why a rule is milder."""
    if not left_out:
        return "severity"
    return "ignore" if head["ignore"] != base["ignore"] else "select"


def _options(base: Settings, head: Settings, theirs: Plan, ours: Plan) -> Iterator[Weakening]:
    for code in sorted({*theirs.options, *ours.options}):
        old, new = theirs.options.get(code, {}), ours.options.get(code, {})
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                words = (_shown(old.get(key)), _shown(new.get(key)))
                yield Weakening("threshold option changed", f"{code}.{key}", *words, place(head, base, "rules"))


def _shown(value: Any) -> str:
    return "default" if value is None else str(value)


def _weakening(what: str, key: str, base: Settings, head: Settings) -> Weakening:
    return Weakening(what, key, str(base[key]), str(head[key]), place(head, base, key))


def place(head: Settings, base: Settings, key: str) -> Origin:
    """Where the head says it; where the head says nothing any more, where the base said it."""
    for settings, before in ((head, False), (base, True)):
        found = re.fullmatch(r"(.+?):(\d+):(\d+)", settings.origins[key])
        if found:
            return Origin(found[1], f"@{found[2]}:{found[3]}", before=before)
    return Origin("")
