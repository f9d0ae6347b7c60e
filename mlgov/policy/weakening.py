"""In which ways the settings of the head demand less than those of the base."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mlgov.engine import Plan
from mlgov.finding import Origin, Severity
from mlgov.hygiene import HYGIENE
from mlgov.lifecycle.policy_change import Weakening
from mlgov.policy.settings import LEVELS, Settings
from mlgov.rule import PROFILES, Rule

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
        yield Weakening("data not verified", "data.verify", "", "", place(head, base, "data"))
    yield from _waivers(base, head)
    yield from _patterns(base, head)
    yield from _rules(base, head, theirs, ours, rules)
    yield from _options(base, head, theirs, ours)


def _files(base: Settings, head: Settings) -> Iterator[Weakening]:
    """Settings that went away, or to another place, where those who own the old one do not look."""
    before, after = file_of(base), file_of(head)
    if before and not after:
        yield Weakening("settings deleted", before, "", "", Origin(before, before=True))
    elif before != after and before:
        yield Weakening("settings moved", "the settings file", before, after, Origin(after))


def file_of(settings: Settings) -> str:
    """The file that settings come from; "" where all are defaults or options of the command line."""
    found = (re.fullmatch(_PLACE, origin) for origin in settings.origins.values())
    return next((place[1] for place in found if place), "")


def _waivers(base: Settings, head: Settings) -> Iterator[Weakening]:
    """What the head asks of waivers, and another ratchet than before."""
    old, new = base["waivers"], head["waivers"]
    here = place(head, base, "waivers")
    if new["max_days"] > old["max_days"]:
        yield Weakening("waivers live longer", "waivers.max_days", str(old["max_days"]), str(new["max_days"]), here)
    if old["require_owner_approval"] and not new["require_owner_approval"]:
        yield Weakening("waivers need no approval", "waivers.require_owner_approval", "", "", here)
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
            yield from (Weakening(what, *words, place(head, base, key)) for words in hit)


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
        return "severity"
    if {rule.code for rule in base.own} - {rule.code for rule in head.own}:
        return "custom"
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
        found = re.fullmatch(_PLACE, settings.origins[key])
        if found:
            return Origin(found[1], f"@{found[2]}:{found[3]}", before=before)
    return Origin("")
