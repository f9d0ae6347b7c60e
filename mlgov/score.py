"""The 28 tests of the ML Test Score, answered from what a project states and what the rules say about it."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from mlgov.engine import Verdict
from mlgov.finding import Origin, Severity
from mlgov.lifecycle.project import Project
from mlgov.lifecycle.stated import sections_of, stated
from mlgov.standing import APPLIED, Standing

RUBRICS = ("ml-test-score",)


class Answer(NamedTuple):
    """One test. points: 0, 0.5 or 1, None where it does not apply; rules: those that apply and hold it."""

    id: str
    group: str
    text: str
    points: float | None
    reason: str
    origins: tuple[Origin, ...]
    rules: tuple[str, ...]


class Score(NamedTuple):
    """The answers of one project. sums: by group; total: the smallest sum."""

    answers: tuple[Answer, ...]
    sums: dict[str, float]
    total: float


@cache
def rubric(name: str) -> dict[str, Any]:
    """The tests of a rubric with their evidence: data with source and date."""
    data: dict[str, Any] = json.loads((files("mlgov.crosswalk") / f"{name}.json").read_text(encoding="utf-8"))
    return data


def score(project: Project, standings: Mapping[str, Standing], verdicts: Iterable[Verdict], name: str) -> Score:
    """Every test of the rubric for one project."""
    found = list(verdicts)
    answers = tuple(
        _answer(test, group["name"], project, standings, found)
        for group in rubric(name)["groups"]
        for test in group["items"]
    )
    sums: dict[str, float] = {}
    for answer in answers:
        if answer.points is not None:
            sums[answer.group] = sums.get(answer.group, 0.0) + answer.points
    return Score(answers, sums, min(sums.values(), default=0.0))


def _answer(
    test: dict[str, Any], group: str, project: Project, standings: Mapping[str, Standing], verdicts: list[Verdict]
) -> Answer:
    """Automated evidence gives 1, documented 0.5; a contradiction takes all of it, a gap leaves at most 0.5."""
    rules = tuple(c for c in test["rules"] if c in standings and standings[c].state == APPLIED)

    def told(points: float | None, reason: str, origins: Iterable[Origin]) -> Answer:
        return Answer(test["id"], group, test["text"], points, reason, tuple(origins), rules)

    if _is_excused(test, project):
        return told(None, "declared not applicable", ())
    spoken = [v for v in verdicts if v.code in rules and v.severity >= Severity.WARNING]
    contradicted = next((v for v in spoken if v.code[3] != "0"), None)
    if contradicted:
        return told(0.0, f"{contradicted.code}: {contradicted.message}", contradicted.origins)
    incomplete = next(iter(spoken), None)
    for key, points, word in (("automated", 1.0, "automated"), ("documented", 0.5, "documented")):
        hit = next(((e, at) for e in test[key] if (at := stated(e, project))), None)
        if hit and incomplete:
            return told(0.5, f"{word} ({hit[0]}), but {incomplete.code}: {incomplete.message}", hit[1])
        if hit:
            return told(points, f"{word}: {hit[0]}", hit[1])
    wanted = " or ".join(test["documented"])
    return told(0.0, f"nothing is stated: {wanted}", ())


def _is_excused(test: dict[str, Any], project: Project) -> bool:
    """True if every section that could hold evidence is declared not applicable."""
    sections = {s for evidence in test["documented"] for s in sections_of(evidence)}
    return bool(sections) and all(project.is_excused(s) for s in sections)
