"""In which ways the settings of the head demand less than those of the base."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mlgov.catalogue import matches
from mlgov.distributions import plain
from mlgov.engine import Plan
from mlgov.finding import Origin, Severity
from mlgov.hygiene import HYGIENE
from mlgov.lifecycle.policy_change import Weakening
from mlgov.policy.settings import LEVELS, Settings
from mlgov.rule import PROFILES, Rule, section

MANY = 5
_PLACE = r"(.+?):(\d+):(\d+)"


def weakenings(base: Settings, head: Settings, theirs: Plan, ours: Plan, rules: Iterable[Rule]) -> Iterator[Weakening]:
    """Every weakening, in a fixed order. theirs, ours: the plans of base and head."""
    yield from _files(base, head)
    if PROFILES.index(head["profile"]) < PROFILES.index(base["profile"]):
        yield _weakening("profile lowered", "profile", base, head)
    order = (*LEVELS[1:], "never")
    if order.index(head["fail_on"]) > order.index(base["fail_on"]):
        yield _weakening("fail_on raised", "fail_on", base, head)
    if head["allow_empty"] and not base["allow_empty"]:
        yield _weakening("empty runs allowed", "allow_empty", base, head)
    if head["new_only"] and not base["new_only"]:
        yield _weakening("old findings left out", "new_only", base, head)
    if base["data"]["verify"] and not head["data"]["verify"]:
        yield Weakening("data not verified", "data.verify", "", "", place(head, base, "data", "verify"))
    every = tuple(rules)
    yield from _extensions(base, head)
    yield from _waivers(base, head, every)
    yield from _patterns(base, head)
    yield from _rules(base, head, theirs, ours, every)
    yield from _custom(base, head)
    yield from _options(base, head, theirs, ours, every)


def _files(base: Settings, head: Settings) -> Iterator[Weakening]:
    """Settings that went away, or to another place, where those who own the old one do not look."""
    before, after = file_of(base), file_of(head)
    if before and not after:
        yield Weakening("settings deleted", before, "", "", Origin(before, before=True))
    elif before != after and before:
        yield Weakening("settings moved", "the settings file", before, after, Origin(after))


def _extensions(base: Settings, head: Settings) -> Iterator[Weakening]:
    """Another policy beneath the settings, and other plug-ins: each may decide what is read and what is asked."""
    before, after = base["extends"], head["extends"]
    if before and plain(before) != plain(after):
        yield Weakening("policy no longer extended", before, before, after, place(head, base, "extends"))
    old, new = ({plain(name): name for name in side.plugins} for side in (base, head))
    for what, names, others in (("plug-in added", new, old), ("plug-in removed", old, new)):
        for name in (names[key] for key in names if key not in others):
            yield Weakening(what, name, "", "", place(head, base, "plugins"))


def file_of(settings: Settings) -> str:
    """The file that settings come from; "" where all are defaults or options of the command line."""
    found = (re.fullmatch(_PLACE, origin) for origin in settings.origins.values())
    return next((place[1] for place in found if place), "")


def _waivers(base: Settings, head: Settings, rules: tuple[Rule, ...]) -> Iterator[Weakening]:
    """What the head asks of waivers, and another ratchet than before."""
    old, new = base["waivers"], head["waivers"]

    def here(part: str) -> Origin:
        return place(head, base, "waivers", part)

    if new["max_days"] > old["max_days"]:
        yield Weakening(
            "waivers live longer", "waivers.max_days", str(old["max_days"]), str(new["max_days"]), here("max_days")
        )
    if old["require_owner_approval"] and not new["require_owner_approval"]:
        yield Weakening(
            "waivers need no approval", "waivers.require_owner_approval", "", "", here("require_owner_approval")
        )
    forbidden, still = (forbidden_codes(side["waivers"]["forbidden"], rules) for side in (base, head))
    if freed := sorted(forbidden - still):
        more = f" and {len(freed) - MANY} more" if len(freed) > MANY else ""
        yield Weakening("waivers allowed", ", ".join(freed[:MANY]) + more, "", "", here("forbidden"))
    before, after = base["ratchet"]["file"], head["ratchet"]["file"]
    if before != after:
        yield Weakening("ratchet moved", "ratchet.file", before, after, place(head, base, "ratchet"))


def _patterns(base: Settings, head: Settings) -> Iterator[Weakening]:
    for pattern in head["exclude"]:
        if pattern not in base["exclude"]:
            yield Weakening("exclude widened", pattern, "", pattern, place(head, base, "exclude"))
    for pattern in base["include"]:
        if pattern not in head["include"]:
            yield Weakening("include narrowed", pattern, pattern, "", place(head, base, "include"))


def _rules(base: Settings, head: Settings, theirs: Plan, ours: Plan, rules: Iterable[Rule]) -> Iterator[Weakening]:
    """Rules that the head runs more mildly, each by itself; where one setting hits many, all of them at once."""
    by_setting: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for name, old, new, left_out in _milder(theirs, ours, rules):
        what = "rule off" if new is Severity.OFF else "severity lowered"
        key = _key(head, base, left_out)
        by_setting.setdefault((what, key), []).append((name, old.word, new.word))
    for (what, key), hit in by_setting.items():
        if len(hit) > MANY:
            names = ", ".join(name.partition(" ")[0] for name, _, _ in hit[:MANY])
            yield Weakening(what, f"{names} and {len(hit) - MANY} more", "", "", place(head, base, key))
        else:
            yield from (Weakening(what, *words, place(head, base, key, words[0].partition(" ")[0])) for words in hit)


def _custom(base: Settings, head: Settings) -> Iterator[Weakening]:
    """Rules of the settings that state another severity or another condition; nobody knows which one asks for less."""
    after = {rule.code: rule for rule in head.own}
    for old, new in ((rule, after[rule.code]) for rule in base.own if rule.code in after):
        name, here = f"{old.code} {old.name}", place(head, base, "custom")
        if new.severities < old.severities:
            yield Weakening("severity lowered", name, old.severities[0].word, new.severities[0].word, here)
        if _asks(old) != _asks(new):
            yield Weakening("custom rule changed", name, "", "", here)


def _asks(rule: Rule) -> tuple[object, ...]:
    """What a custom rule is about and asks for: its documentation says both, beside the words for people."""
    return section(rule.doc, "Why"), rule.stage, sorted(rule.options.items())


def _milder(theirs: Plan, ours: Plan, rules: Iterable[Rule]) -> Iterator[tuple[str, Severity, Severity, bool]]:
    """Name, both severities and whether it is left out, under one profile, so that a lowered profile counts once."""
    before, after = ({r.code for r in side.rules} | HYGIENE.keys() for side in (theirs, ours))
    usual = {r.code: (r.name, r.severity(theirs.profile)) for r in rules}
    usual |= {h.code: (h.name, h.severities[PROFILES.index(theirs.profile)]) for h in HYGIENE.values() if not h.fixed}
    for code, (name, level) in usual.items():
        old = theirs.severity(code, level) if code in before else Severity.OFF
        new = ours.severity(code, level) if code in after else Severity.OFF
        if new < old:
            yield f"{code} {name}", old, new, code not in after


def _key(head: Settings, base: Settings, left_out: bool) -> str:
    """The setting that explains why a rule is milder."""
    if not left_out:
        return "severity" if head["severity"] != base["severity"] else "profile"
    if {rule.code for rule in base.own} - {rule.code for rule in head.own}:
        return "custom"
    return "ignore" if head["ignore"] != base["ignore"] else "select"


def _options(base: Settings, head: Settings, theirs: Plan, ours: Plan, rules: Iterable[Rule]) -> Iterator[Weakening]:
    """Options with which the head asks for less, or with which nobody knows whether it does."""
    for rule in rules:
        old, new = ({**rule.options, **side.options.get(rule.code, {})} for side in (theirs, ours))
        for key in (k for k in rule.options if old[k] != new[k]):
            laxer = rule.is_laxer(key, old[key], new[key])
            if laxer is not False:
                what = "threshold option loosened" if laxer else "threshold option changed"
                words = (_shown(theirs, rule, key), _shown(ours, rule, key))
                yield Weakening(what, f"{rule.code}.{key}", *words, place(head, base, "rules", rule.code))


def _shown(plan: Plan, rule: Rule, key: str) -> str:
    stated: Any = plan.options.get(rule.code, {}).get(key)
    return f"default {rule.options[key]}" if stated is None else str(stated)


def forbidden_codes(words: Iterable[str], rules: Iterable[Rule]) -> frozenset[str]:
    """The codes that selectors name, hygiene included; a word that names nothing forbids nothing."""
    known = [(r.code, r.name, r.family) for r in rules] + [(h.code, h.name, "hygiene") for h in HYGIENE.values()]
    return frozenset(code for word in words for code, name, family in known if matches(code, name, family, word))


def _weakening(what: str, key: str, base: Settings, head: Settings) -> Weakening:
    return Weakening(what, key, str(base[key]), str(head[key]), place(head, base, key))


def place(head: Settings, base: Settings, key: str, part: str = "") -> Origin:
    """Where the head says it; where the head says nothing any more, where the base said it."""
    for settings, before in ((head, False), (base, True)):
        for origin in (settings.origins.get(f"{key}.{part}", ""), settings.origins[key]):
            if found := re.fullmatch(_PLACE, origin):
                return Origin(found[1], f"@{found[2]}:{found[3]}", before=before)
    return Origin("")
