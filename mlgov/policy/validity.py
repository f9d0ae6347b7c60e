"""What makes a waiver hold: one rule that may be waived, a subject, a reason, an owner and a near end."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from mlgov.catalogue import matches, unknown_rule
from mlgov.hygiene import HYGIENE
from mlgov.policy.waivers import NEEDED, Stated
from mlgov.policy.weakening import forbidden_codes
from mlgov.rule import Rule

_EVERYTHING = "*?./! "


class Laws(NamedTuple):
    """Every rule that a waiver may name. names: by code. fixed: codes of those that nobody can waive."""

    rules: tuple[Rule, ...]
    names: Mapping[str, str]
    fixed: frozenset[str]

    def code(self, word: str) -> str:
        """The code of `EVA301`, `improvement-within-noise` or both; "" for anything else."""
        first, _, name = word.partition(" ")
        by_name = (known for known, said in self.names.items() if said == first.lower())
        code = first.upper() if first.upper() in self.names else next(by_name, "")
        return code if not name or self.names.get(code) == name.strip("[] ").lower() else ""


def laws_of(rules: Iterable[Rule], forbidden: Iterable[str] = ()) -> Laws:
    """The laws of rules and of hygiene. forbidden: selectors of those that the settings let nobody waive."""
    every = tuple(rules)
    names = {r.code: r.name for r in every} | {h.code: h.name for h in HYGIENE.values()}
    fixed = {r.code for r in every if r.fixed} | {h.code for h in HYGIENE.values() if h.fixed}
    return Laws(every, names, forbidden_codes(forbidden, every) | fixed)


def problem(stated: Stated, laws: Laws, today: str, max_days: int) -> str:
    """Why a waiver does not hold, whatever is found; "" if it does. today: the day on which it must still hold."""
    if stated.flaw:
        return stated.flaw
    lacking = [field for field in NEEDED if not getattr(stated, field).strip("@ -.")]
    if stated.subject and "subject" in lacking:
        lacking.remove("subject")  # said, and judged below
    if lacking:
        return f"lacks {', '.join(lacking)}"
    return _rule_problem(stated.rule, laws) or _subject_problem(stated) or _end_problem(stated, today, max_days)


def _rule_problem(word: str, laws: Laws) -> str:
    if code := laws.code(word):
        return f"{code} {laws.names[code]} cannot be waived" if code in laws.fixed else ""
    if _names_many(word, laws):
        return f"{word!r} names more than one rule; a waiver accepts one"
    first, _, name = word.partition(" ")
    if name and (code := laws.code(first)):
        return f"{code} is called {laws.names[code]}, not {name.strip('[] ')!r}"
    return unknown_rule(word, laws.rules)


def _names_many(word: str, laws: Laws) -> bool:
    families = {r.code: r.family for r in laws.rules}
    known = ((code, name, families.get(code, "hygiene")) for code, name in laws.names.items())
    return bool(set(word) & set("*?,")) or any(matches(*law, word) for law in known)


def _subject_problem(stated: Stated) -> str:
    if stated.reach is None and is_wildcard(stated.subject):
        return f"subject {stated.subject!r} means everything; name a project, a path or a record"
    return ""


def is_wildcard(subject: str) -> bool:
    """True if nothing is left of a subject without its wildcards."""
    kept, depth = "", 0
    for sign in subject:
        depth += (sign == "[") - (sign == "]")
        kept += sign if not depth and sign not in "]" + _EVERYTHING else ""
    return not kept or subject.upper() == "ALL"


def _end_problem(stated: Stated, today: str, max_days: int) -> str:
    try:
        end = date.fromisoformat(stated.expires)
        now = date.fromisoformat(today)
    except ValueError:
        return f"expires {stated.expires!r} is no date such as 2027-01-31"
    if stated.expires != end.isoformat():
        return f"expires {stated.expires!r} is no date such as 2027-01-31"
    if end < now:
        return f"expired on {stated.expires}"
    last = now + timedelta(days=max_days)
    if end > last:
        return f"holds until {stated.expires}, longer than waivers.max_days = {max_days} from today ({last})"
    return ""
