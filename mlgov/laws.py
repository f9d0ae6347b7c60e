"""What the rules behind findings ask for, as a report carries it: outputs need no rule, only the report."""

from collections.abc import Iterable, Iterator

from mlgov.finding import Finding
from mlgov.hygiene import HYGIENE, PAGES, Hygiene
from mlgov.report import Law
from mlgov.rule import Rule, page, section, title


def laws_behind(findings: Iterable[Finding], rules: Iterable[Rule]) -> tuple[Law, ...]:
    """The laws of the rules that found something, by code."""
    found = {finding.code for finding in findings}
    return tuple(sorted(_of(found, rules)))


def answered(codes: Iterable[str], rules: Iterable[Rule]) -> tuple[str, ...]:
    """`code name` of rules, by code."""
    names = {rule.code: rule.name for rule in rules}
    return tuple(f"{code} {names[code]}" for code in sorted(codes) if code in names)


def _of(codes: set[str], rules: Iterable[Rule]) -> Iterator[Law]:
    known = {rule.code: rule for rule in rules}
    for code in codes:
        if code in HYGIENE:
            yield _of_hygiene(HYGIENE[code])
        elif code in known:
            yield _of_rule(known[code])


def _of_rule(rule: Rule) -> Law:
    why, remedy, references = (section(rule.doc, heading) for heading in ("Why", "Remedy", "References"))
    return Law(rule.code, rule.name, rule.family, title(rule.doc), why, remedy, references, page(rule))


def _of_hygiene(row: Hygiene) -> Law:
    return Law(row.code, row.name, "hygiene", row.title, "", row.remedy, "", PAGES.replace("{code}", row.code))
