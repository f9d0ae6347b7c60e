"""For each requirement id of a framework: evidence found or missing, with rules and places; nothing is certified."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mlgov.crosswalk import Framework, Requirement
from mlgov.engine import Verdict
from mlgov.finding import Origin
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.stated import sections_of, stated
from mlgov.rule import Rule, section
from mlgov.standing import APPLIED, Standing

FOUND, WITH_FINDINGS, MISSING, NOT_ASKED, EXCUSED, OUTSIDE = STATES = (
    "found",
    "found, with findings",
    "missing",
    "not asked yet",
    "declared not applicable",
    "outside of what is checked",
)


class Row(NamedTuple):
    """One requirement id and one project. gaps: what rules report about it; rules: those that apply and hold it."""

    id: str
    group: str
    text: str
    state: str
    reason: str
    rules: tuple[str, ...]
    evidence: tuple[Origin, ...]
    gaps: tuple[Verdict, ...]


def citations(rules: Iterable[Rule]) -> dict[str, set[str]]:
    """The requirement ids that each rule cites: its sources, and the frameworks in its references."""
    return {rule.code: {*rule.sources, *_cited(section(rule.doc, "References"))} for rule in rules}


def _cited(references: str) -> Iterator[str]:
    """`NIST AI RMF MEASURE 2.6, 2.7` names MEASURE 2.6 and MEASURE 2.7; `Annex IV 2(g)`, `Article 14` likewise."""
    text = " ".join(references.split())
    for function, numbers in re.findall(r"\b(GOVERN|MAP|MEASURE|MANAGE) ?(\d[\d.]*(?:, \d[\d.]*)*)", text):
        yield from (f"{function} {number.rstrip('.')}" for number in numbers.split(", "))
    for point, letters in re.findall(r"Annex IV (\d)(?:\(([a-h](?:-[a-h])?)\))?", text):
        first, last = (letters[:1], letters[-1:]) if letters else ("", "")
        span = [chr(c) for c in range(ord(first), ord(last) + 1)] if letters else []
        yield from ([f"Annex IV {point}({letter})" for letter in span] or [f"Annex IV {point}"])
    yield from (f"Article {number}" for number in re.findall(r"Article (\d+)\b(?!\()", text))


def coverage(
    project: Project,
    standings: Mapping[str, Standing],
    verdicts: Iterable[Verdict],
    framework: Framework,
    cited: Mapping[str, Iterable[str]],
) -> tuple[Row, ...]:
    """One row for each requirement of the framework, in its order."""
    found = list(verdicts)
    return tuple(_row(r, project, standings, found, r.held_by(cited)) for r in framework.requirements)


def _row(
    requirement: Requirement,
    project: Project,
    standings: Mapping[str, Standing],
    verdicts: list[Verdict],
    codes: list[str],
) -> Row:
    applied = tuple(code for code in codes if code in standings and standings[code].state == APPLIED)
    evidence = [at for field in requirement.fields for at in stated(field, project)]
    gaps = tuple(v for v in verdicts if v.code in applied)
    state, reason = _state(requirement, project, applied, evidence, gaps, codes)
    places = tuple(dict.fromkeys(evidence))
    return Row(requirement.id, requirement.group, requirement.text, state, reason, applied, places, gaps)


def _state(
    requirement: Requirement,
    project: Project,
    applied: tuple[str, ...],
    evidence: list[Origin],
    gaps: tuple[Verdict, ...],
    codes: list[str],
) -> tuple[str, str]:
    if requirement.not_checkable:
        return OUTSIDE, requirement.not_checkable
    if not codes and not requirement.fields:
        return OUTSIDE, "no field or rule of mlgov speaks about it"
    if gaps:
        return WITH_FINDINGS if evidence else MISSING, f"{gaps[0].code}: {gaps[0].message}"
    if evidence:
        return FOUND, ""
    sections = {s for field in requirement.fields for s in sections_of(field)}
    if sections and all(project.is_excused(s) for s in sections):
        return EXCUSED, f"{', '.join(sorted(sections))}: not_applicable"
    wanted = f"nothing is stated: {', '.join(requirement.fields)}"
    if applied:
        return MISSING, f"{wanted}; no rule objects"
    return NOT_ASKED, f"{wanted}; no rule about it applies to this project"
