"""What the files of a project say about the model, file by file, and where they contradict each other."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from mlgov.rulekit import MetricResult, Project, same_version


class Conflict(NamedTuple):
    """What contradicts a statement; or, with `against` empty, why that cannot be said ("" = it does not)."""

    against: list[MetricResult]
    reason: str = ""


def file_of(said: MetricResult) -> str:
    """The file in which the value stands."""
    return said.at("value").file


def label(said: MetricResult) -> str:
    """The metric as the file calls it, with its slice: `recall of slice under_35`."""
    return f"{said.metric} of slice {said.slice}" if said.slice else str(said.metric)


_GENERIC = set("model models card cards readme metrics metric results result scores evaluation eval report reports test "
               "val train final latest summary performance mlgov index main".split())  # fmt: skip


def same_model(one: str, other: str, project: Project) -> bool:
    """False where the project holds cards of several models, and nothing tells that two files are about one of them.

    What a file is about is told by its name: `model_cards/churn.md` and `metrics/churn.json` belong together.
    """
    if one == other:
        return True
    if _cards(project) < 2:
        return True
    own = project.identity.card if project.identity.is_own else None
    named = {project.at("project").file, project.path(own.file)} if own and own.file else set()
    return {one, other} <= named or _about(one) == _about(other)


@lru_cache(maxsize=8)
def _cards(project: Project) -> int:
    """How many models the cards of a project are about."""
    cards = {claim.text.lstrip("/") for claim in project.claims("project.card.file") if "://" not in claim.text}
    return len({_about(card) for card in cards})


def _about(file: str) -> frozenset[str]:
    """The words of a file's name that say more than that it is a card or a metrics file."""
    stem = file.rpartition("/")[2].partition(".")[0].lower()
    said = {word for word in re.split(r"[^0-9a-z가-힣]+", stem) if len(word) > 1 and not word.isdigit()}
    return frozenset(said - _GENERIC - {"modelcard"})


def by_file(statements: Iterable[MetricResult]) -> dict[str, list[MetricResult]]:
    """The statements of each file, in order."""
    found: dict[str, list[MetricResult]] = {}
    for said in statements:
        found.setdefault(file_of(said), []).append(said)
    return found


def is_first(result: MetricResult, project: Project, *fields: str) -> bool:
    """True for a result of the model of which no result before says the same: one measurement is judged once.

    fields: what the judgement needs; a result before that lacks one of them, while this one has it, does not count.
    """
    comparer = project.comparer
    for other in comparer.alike(result):
        if other is result:
            return True
        if comparer.agree(other, result) and comparer.compare(other, result).answer == "same":
            poorer = any(getattr(other, f) is None and getattr(result, f) is not None for f in fields)
            if not poorer:
                return False
    return result.owner != "evaluation"


def echoes(result: MetricResult, project: Project) -> list[MetricResult]:
    """Other results that say the same of the same: the card's row of a number in a metrics file."""
    comparer = project.comparer
    others = [o for o in comparer.alike(result) if o is not result]
    return [o for o in others if comparer.agree(o, result) and comparer.compare(o, result).answer == "same"]


def is_superseded(result: MetricResult, project: Project) -> bool:
    """True for a result of another version than the governed one, which has results of its own."""
    governed = project.identity.version
    if not governed or not result.model_version or same_version(result.model_version, governed):
        return False
    return any(same_version(o.model_version, governed) for o in project.comparer.alike(result))


def is_one_of_several(result: MetricResult, project: Project) -> bool:
    """True for a named model or variant among others with the same metric: nobody says that it is the one that ships."""
    served = project.serving.compression.variant if project.serving.compression else None
    if not result.variant or result.variant == served:
        return False
    same_metric = project.comparer.same_metric
    return any(o.variant != result.variant and same_metric(o, result) for o in project.results)


def contradictions(
    document: list[MetricResult], evidence: list[MetricResult], project: Project
) -> Iterator[tuple[MetricResult, Conflict]]:
    """Each statement of a document that the evidence contradicts, or of which that cannot be said."""
    comparer = project.comparer
    measured = comparer.grouped(evidence)
    for group, statements in comparer.grouped(document).items():
        for said in statements if group in measured else ():
            alike = [s for s in statements if comparer.compare(s, said).answer != "different"]
            if alike[0] is not said and comparer.agree(alike[0], said):
                continue  # the same number again
            found = _weighed(conflict(said, measured[group], project), said, alike, project)
            if found.against or found.reason:
                yield said, found


def _weighed(found: Conflict, said: MetricResult, alike: list[MetricResult], project: Project) -> Conflict:
    """A conflict in the light of what else the document says of the same."""
    others = [s for s in alike if not project.comparer.agree(s, said)]
    if not found.against or not others:
        return found
    right = [s for s in others if any(project.comparer.agree(s, o) for o in found.against)]
    keys = [project.comparer.key(s) for s in right if project.comparer.compare(s, said).answer == "same"]
    if any(key.split and key.split == project.comparer.key(said).split for key in keys):
        return found  # the document contradicts itself as well
    if right:
        return Conflict([])  # the document holds the right number too; this one is about something else
    return Conflict([], f"{file_of(said)} states several values of {label(said)}")


def conflict(said: MetricResult, evidence: list[MetricResult], project: Project) -> Conflict:
    """The evidence about its metric that contradicts a statement; none where anything that may be meant agrees."""
    comparer = project.comparer
    about = [o for o in evidence if same_model(file_of(said), file_of(o), project)]
    if evidence and not about:
        return Conflict([], f"{label(said)}: the project has cards of several models")
    answers = [(o, comparer.compare(said, o)) for o in about if o is not said]
    possible = [(o, answer) for o, answer in answers if answer.answer != "different"]
    same = [o for o, answer in possible if answer.answer == "same"]
    if not possible or any(comparer.agree(said, o) for o, _ in possible):
        return Conflict([])
    if not same:
        return Conflict([], f"{label(said)}: unknown {possible[0][1].part}")
    if any(not comparer.agree(same[0], o) for o in same):
        return Conflict([], f"{label(said)}: the results differ among themselves")
    if comparer.off_by_hundred(said, same[0]):
        return Conflict([], f"{label(said)}: unknown unit, one value is a hundred times the other")
    return Conflict(same)
